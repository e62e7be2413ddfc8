from bucketwright.estate import RolePosture
from bucketwright.posture import Estate
from bucketwright.rules.example_roles import grant, policies, refuse
from bucketwright.rules.examples import AS_DECLARED, EXAMPLE, Declares, bad, declares, good
from bucketwright.rules.overlaps import Grantee
from bucketwright.rules.role_statements import own_statements
from bucketwright.rules.rule import BASELINE, rule
from bucketwright.verdicts import HIGH, Verdict, fails_if, not_applicable

_FILES = "arn:aws:s3:::shop-prod-files"
_PATHS = {
    "a": "a/",
    "ab": "ab/",
    "days": "in/{day}/",
    "deep": "docs/x/{n:int}/exports/",
    "flat": "docs/{n:int}/",
}
_PREFIXES = {name: {"path": path} for name, path in _PATHS.items()} | {
    "today": {"path": "in/today/", "overlaps": "days"}
}


def _granted(example: str, other: str) -> Declares:
    """A contract that grants two roles a prefix each."""
    return declares(
        buckets={"files": {"prefixes": _PREFIXES}, "more": {"prefixes": {"a": {"path": "a/"}}}},
        access={
            name: {"trusts": "lambda.amazonaws.com", "read": prefix}
            for name, prefix in ((EXAMPLE, example), ("other", other))
        },
    )


_APART = _granted("files/a", "files/ab")
_TOGETHER = _granted("files/flat", "files/deep")
_BESIDE = _granted("files/flat", "files/a")


@rule(
    "iam-prefix-overlap",
    severity=HIGH,
    tier=BASELINE,
    reads=["policies"],
    examples=lambda: [
        good(policies=policies(grant("s3:*", "*"))),
        good(
            policies=policies(grant("s3:*", "*")),
            around=declares(buckets={"example": {}}),
        ),
        good(policies=AS_DECLARED, around=_APART),
        good(policies=AS_DECLARED, around=_BESIDE),
        good(policies=policies(grant("s3:GetObject", f"{_FILES}/a/*")), around=_APART),
        good(
            policies=policies(grant("s3:GetObject", f"{_FILES}/a*")), around=_granted("files/a", "files/days")
        ),
        good(
            policies=policies(grant("s3:GetObject", f"{_FILES}/a*"), refuse("s3:*", f"{_FILES}/ab/*")),
            around=_APART,
        ),
        good(
            policies=policies(grant("s3:GetObject", f"{_FILES}/in/*")),
            around=_granted("files/days", "files/today"),
        ),
        good(
            policies=policies(grant("s3:GetObject", f"{_FILES}/a*")), around=_granted("files/*", "files/ab")
        ),
        good(policies=policies(grant("s3:ListBucket", "*")), around=_APART),
        bad(policies=AS_DECLARED, around=_TOGETHER),
        bad(policies=policies(grant("s3:GetObject", f"{_FILES}/a*")), around=_APART),
        bad(policies=policies(grant("s3:PutObject", "*")), around=_APART),
        bad(policies=policies(grant("s3:GetObject", f"{_FILES}/a*")), around=_granted("more/a", "files/*")),
        bad(
            policies=policies(grant("s3:GetObject", "arn:aws:s3:::shop-prod-more/*")),
            around=_granted("files/a", "more/a"),
        ),
    ],
)
def iam_prefix_overlap(role: RolePosture, estate: Estate) -> Verdict:
    """The role reaches no prefix that is for others, unless the contract says they share it.

    **Why.** A star in a policy crosses slashes and stops at no name, so two prefixes that look apart may
    meet: then one program reads, or writes over, the files of another.

    **Fix.** Deploy again, where somebody widened the role's documents. Else change a `path`, so that the two
    begin differently; grant both prefixes; or say with `overlaps` that they may hold the same keys.

    **Exempt it when** the prefixes are about to move apart, until the last key has moved.
    """
    wanted, environment, access_id = estate.intended(role), estate.environment, role.address.partition(":")[2]
    if wanted is None or environment is None or access_id not in environment.access:
        return not_applicable("no contract grants it prefixes")
    grantee = Grantee(environment, access_id)
    as_declared = role.policies == wanted.policies
    found = grantee.as_declared() if as_declared else grantee.with_documents(own_statements(role))
    return fails_if(*found, expected="the prefixes that are granted")
