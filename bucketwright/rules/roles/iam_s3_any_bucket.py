from collections.abc import Iterator
from functools import partial

from bucketwright.estate import RolePosture
from bucketwright.iam.documents import Statement
from bucketwright.posture import Estate
from bucketwright.rules.any_bucket import reaches_any_bucket
from bucketwright.rules.example_roles import grant, policies, refuse
from bucketwright.rules.examples import bad, good
from bucketwright.rules.role_statements import described, faults_of_all, own_statements
from bucketwright.rules.rule import BASELINE, rule
from bucketwright.verdicts import HIGH, Verdict, fails_if

_AWS = "arn:aws:iam::aws:policy"
_NONE = frozenset[str]()
_FILES = ["arn:aws:s3:::files", "arn:aws:s3:::files/*"]
_BY_DIGIT = [f"arn:aws:s3:::{digit}*/*" for digit in range(10)]


@rule(
    "iam-s3-any-bucket",
    severity=HIGH,
    tier=BASELINE,
    reads=["managed", "policies"],
    examples=lambda: [
        good(managed=_NONE, policies=policies(grant("s3:*", _FILES))),
        good(managed=_NONE, policies=policies(grant(["s3:ListAllMyBuckets", "s3:GetBucketLocation"], "*"))),
        good(managed=_NONE, policies=policies(grant("s3:GetObject", "arn:aws:s3:::team-a-*/*"))),
        good(managed=_NONE, policies=policies(grant("s3:GetObject", "arn:aws:s3:::0*/*"))),
        good(managed=_NONE, policies=policies(grant("kms:Decrypt", "*"), grant("s3:GetObject", _FILES))),
        good(managed=_NONE, policies=policies(grant("s3:*", "*"), refuse("s3:*", None, NotResource=_FILES))),
        good(managed=_NONE, policies=policies(refuse("s3:GetObject", "*"))),
        good(managed=_NONE, policies=policies(grant("s3:GetObject", _BY_DIGIT))),
        good(managed=frozenset({f"{_AWS}/CloudWatchAgentServerPolicy"}), policies=policies()),
        bad(managed=_NONE, policies=policies(grant("s3:GetObject", "*"))),
        bad(managed=_NONE, policies=policies(grant("s3:PutObject", [*_FILES, "arn:aws:s3:::*"]))),
        bad(managed=_NONE, policies=policies(grant("s3:Delete*", "arn:aws-cn:s3:::*/logs/*"))),
        bad(managed=_NONE, policies=policies(grant("*", "*"), refuse("s3:*", _FILES))),
        bad(managed=_NONE, policies=policies(grant("s3:Get*", None, NotResource=_FILES))),
        bad(managed=_NONE, policies=policies(grant("s3:Get*", None, NotResource=_FILES[1]))),
        bad(managed=frozenset({f"{_AWS}/AmazonS3ReadOnlyAccess"}), policies=policies()),
        bad(managed=frozenset({f"{_AWS}/AWSLambdaExecute"}), policies=policies()),
    ],
)
def iam_s3_any_bucket(role: RolePosture, _: Estate) -> Verdict:
    """The role reaches objects of the buckets that are named to it, and of no others.

    **Why.** `*` is every bucket of the account, those of tomorrow too, and for writing every bucket of the
    world that lets the role in: one call is enough to carry files out.

    **Fix.** Grant the role prefixes under `access`. In documents of your own, name each bucket in `Resource`,
    or deny `s3:*` on everything else by `NotResource`.

    **Exempt it when** the role copies or scans every bucket of the account, and its network lets it reach no
    others.
    """
    judge = partial(_reaching, role)
    return fails_if(*faults_of_all(role, judge), expected="objects of buckets that are named")


def _reaching(role: RolePosture, allow: Statement) -> Iterator[str]:
    if allow.resources and reaches_any_bucket(allow, allow.resources, own_statements(role)):
        yield f"allows {described(allow.actions)} on {described(allow.resources)}"
