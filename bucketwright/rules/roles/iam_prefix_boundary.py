from collections.abc import Iterator

from bucketwright.estate import RolePosture
from bucketwright.iam.documents import Statement
from bucketwright.plain_text import shown
from bucketwright.posture import Estate
from bucketwright.rules.example_roles import grant, policies, refuse
from bucketwright.rules.examples import bad, declares, good
from bucketwright.rules.open_ended import open_ended
from bucketwright.rules.role_statements import faults_of_own
from bucketwright.rules.rule import BASELINE, rule
from bucketwright.verdicts import MEDIUM, Verdict, fails_if

_FILES = "arn:aws:s3:::shop-prod-files"
_DECLARED = declares(
    buckets={"files": {"prefixes": {"a": {"path": "a/", "objects": "report-{name}"}}}},
    access={"example": {"trusts": "lambda.amazonaws.com", "read": "files/a"}},
)


def _lists(*prefixes: str, operator: str = "StringLike") -> object:
    return policies(grant("s3:ListBucket", _FILES, Condition={operator: {"s3:prefix": prefixes}}))


@rule(
    "iam-prefix-boundary",
    severity=MEDIUM,
    tier=BASELINE,
    reads=["policies"],
    examples=lambda: [
        good(
            policies=policies(
                grant("s3:*", [_FILES, f"{_FILES}/*", f"{_FILES}/team-a/*", "arn:aws:s3:::*", "*"])
            )
        ),
        good(policies=policies(grant("s3:GetObject", [f"{_FILES}/team-a/?*", f"{_FILES}/*/page_*.png"]))),
        good(
            policies=policies(grant("s3:GetObject", [f"{_FILES}/team-a", f"{_FILES}/${{*}}", f"{_FILES}/a?"]))
        ),
        good(policies=policies(grant("s3:GetBucketLocation", "arn:aws:s3:::team-a*"))),
        good(policies=policies(grant("sqs:*", "arn:aws:sqs:eu-west-1:111122223333:team-a*"))),
        good(policies=policies(refuse("s3:*", f"{_FILES}/team-a*"))),
        good(policies=policies(grant("s3:*", None, NotResource=f"{_FILES}/team-a*"))),
        good(policies=_lists("", "*", "team-a/", "team-a/*")),
        good(policies=_lists("team-a", operator="StringNotEquals")),
        good(
            policies=policies(grant("s3:*", _FILES, Condition={"StringEquals": {"aws:SourceVpc": "vpc-1"}}))
        ),
        good(policies=policies(grant("s3:GetObject", f"{_FILES}/a/report-*")), around=_DECLARED),
        bad(policies=policies(grant("s3:GetObject", f"{_FILES}/team-a*"))),
        bad(
            policies=policies(grant("s3:PutObject", [f"{_FILES}/a/*", f"{_FILES}/home/${{aws:username}}**"]))
        ),
        bad(policies=policies(grant(["s3:List*"], f"{_FILES}*"))),
        bad(policies=policies(grant("s3:GetObject", f"{_FILES}/a/report-*")), around=declares()),
        bad(policies=policies(grant("s3:GetObject", f"{_FILES}/b/report-*")), around=_DECLARED),
        bad(policies=_lists("team-a/*", "team-a*")),
        bad(policies=_lists("team-a")),
        bad(policies=_lists("team-a/", "team-a", operator="StringEquals")),
        bad(policies=_lists("Team-A", operator="StringEqualsIgnoreCase")),
    ],
)
def iam_prefix_boundary(role: RolePosture, estate: Estate) -> Verdict:
    """Every prefix that the role is granted ends with its slash.

    **Why.** `team-a*` is also `team-ab/` and `team-a-old/`: whoever chooses the next prefix decides, without
    knowing it, who reads it. A list below `team-a` shows the same.

    **Fix.** Grant the prefix under `access`: a `path` ends in `/`, always. In documents of your own, write
    `team-a/*`, and of a bucket both its ARN and that with `/*`.

    **Exempt it when** the star follows the beginning of a file's name on purpose, and no path begins so.
    """
    found = faults_of_own(role, _openings)
    wanted = estate.intended(role) if found else None
    declared = faults_of_own(wanted, _openings) if wanted else ()
    return fails_if(
        *(one for one in dict.fromkeys(found) if one not in declared), expected="prefixes that end with /"
    )


def _openings(allow: Statement) -> Iterator[str]:
    return (f"{shown(pattern, 200)} also takes in what begins like it" for pattern in open_ended(allow))
