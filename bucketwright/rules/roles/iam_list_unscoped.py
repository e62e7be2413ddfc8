from collections.abc import Mapping

from bucketwright.estate import RolePosture
from bucketwright.plain_text import shown
from bucketwright.posture import Estate
from bucketwright.rules.example_roles import grant, policies, refuse
from bucketwright.rules.examples import bad, declares, good
from bucketwright.rules.role_statements import own_statements
from bucketwright.rules.rule import BASELINE, rule
from bucketwright.rules.unscoped_lists import unscoped_lists
from bucketwright.verdicts import MEDIUM, Verdict, fails_if

_BUCKET = "arn:aws:s3:::shop-prod-files"
_READS = grant("s3:GetObject", f"{_BUCKET}/a/*")
_QUEUE = "arn:aws:sqs:eu-west-1:111122223333:uploads"
_LISTS = grant("s3:ListBucket", _BUCKET)
_DECLARED = declares(
    buckets={"files": {"prefixes": {"a": {"path": "a/"}, "b": {"path": "b/"}}}},
    access={"example": {"trusts": "lambda.amazonaws.com", "read": "files/a", "list": "files/*"}},
)


def _listing(operator: str, key: str, *values: str) -> Mapping[str, object]:
    return grant(["s3:ListBucket", "s3:GetBucketLocation"], _BUCKET, Condition={operator: {key: values}})


@rule(
    "iam-list-unscoped",
    severity=MEDIUM,
    tier=BASELINE,
    reads=["policies"],
    examples=lambda: [
        good(policies=policies(_READS)),
        good(policies=policies(_READS, grant("s3:GetBucketLocation", _BUCKET))),
        good(policies=policies(_READS, _listing("StringLike", "s3:prefix", "a/*", "a/b"))),
        good(policies=policies(_READS, _listing("StringEquals", "s3:delimiter", "/"))),
        good(policies=policies(grant("s3:GetObject", f"{_BUCKET}/*"), _READS, _LISTS)),
        good(policies=policies(grant("s3:GetObject", None, NotResource=f"{_BUCKET}/b/*"), _READS, _LISTS)),
        good(policies=policies(_LISTS)),
        good(policies=policies(grant(["s3:GetObject", "s3:ListBucket"], _BUCKET))),
        good(policies=policies(_READS, grant("s3:ListBucket", "arn:aws:s3:::other"))),
        good(
            policies=policies(
                _READS,
                _LISTS,
                refuse("s3:ListBucket", "*", Condition={"Null": {"s3:prefix": "true"}}),
                refuse("s3:ListBucket", "*", Condition={"StringNotLike": {"s3:prefix": "a/*"}}),
            )
        ),
        good(policies=policies(_READS, _LISTS), around=_DECLARED),
        bad(policies=policies(_READS, _LISTS)),
        bad(policies=policies(grant("s3:GetObject", f"{_BUCKET}/${{aws:username}}*"), _LISTS)),
        bad(policies=policies(grant(["s3:GetObject", "sqs:*"], [_QUEUE, f"{_BUCKET}/a/*"]), _LISTS)),
        bad(
            policies=policies(
                grant("s3:Put*", f"{_BUCKET}/${{aws:username}}/*"), grant("s3:List*", "*"), _LISTS
            )
        ),
        bad(policies=policies(_READS, grant("s3:ListBucketVersions", _BUCKET))),
        bad(policies=policies(_READS, _listing("StringEquals", "s3:prefix", "", "a/"))),
        bad(policies=policies(_READS, _listing("StringLike", "s3:prefix", "a/*", "*"))),
        bad(policies=policies(_READS, _listing("StringLikeIfExists", "s3:prefix", "a/*"))),
        bad(policies=policies(_READS, _listing("ForAllValues:StringLike", "s3:prefix", "a/*"))),
        bad(policies=policies(_READS, _listing("StringNotEquals", "s3:prefix", "b/"))),
        bad(policies=policies(_READS, _listing("StringEquals", "aws:SourceVpc", "vpc-1"))),
        bad(policies=policies(_READS, _LISTS, refuse("s3:ListBucket", "arn:aws:s3:::other"))),
        bad(
            policies=policies(
                _READS,
                _LISTS,
                grant("s3:GetObject", "arn:aws:s3:::more/a/*"),
                grant("s3:ListBucket", "arn:aws:s3:::more"),
            ),
            around=_DECLARED,
        ),
    ],
)
def iam_list_unscoped(role: RolePosture, estate: Estate) -> Verdict:
    """Whoever reaches some prefixes of a bucket lists the keys of these alone.

    **Why.** Names of keys tell of customers, cases and people. A grant that is narrow for objects and wide
    for lists hands them all out; some deployment tools write just that.

    **Fix.** Grant the prefixes under `access`: their lists come with `read`, or with `list` alone. In
    documents of your own, tie `s3:ListBucket` to the same prefixes by `StringLike` on `s3:prefix`, each with
    `/*` at its end.

    **Exempt it when** the names of keys tell nothing, and programs ask for lists of the whole bucket.
    """
    found = {*unscoped_lists(own_statements(role))}
    wanted = estate.intended(role) if found else None
    left = sorted(found.difference(unscoped_lists(own_statements(wanted)) if wanted else ()))
    faults = (f"lists every key of {shown(arn, 120)}, and reaches some of its prefixes alone" for arn in left)
    return fails_if(*faults, expected="lists of the prefixes that are granted")
