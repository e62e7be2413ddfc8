import json
from collections.abc import Mapping
from functools import lru_cache

from bucketwright.estate import BucketPosture
from bucketwright.iam.documents import Statement, parse
from bucketwright.posture import Estate
from bucketwright.rules.example_access import allow, deny, policy
from bucketwright.rules.examples import Declares, bad, declares, good
from bucketwright.rules.requests_to_bucket import bucket_arn
from bucketwright.rules.rule import BASELINE, rule
from bucketwright.rules.same_statement import says_the_same
from bucketwright.verdicts import MEDIUM, Verdict, fails_if, not_applicable

_PLAIN_HTTP = {"Bool": {"aws:SecureTransport": "false"}}
_ALL = ["arn:aws:s3:::example/*", "arn:aws:s3:::example"]


def _required(*written: Mapping[str, object]) -> Declares:
    return declares(rules={"required_statements": json.dumps({"Statement": written})})


_TLS = _required(deny("*", "s3:*", Sid="Tls", Resource="*", Condition=_PLAIN_HTTP))


@rule(
    "policy-required-statements",
    severity=MEDIUM,
    tier=BASELINE,
    reads=["policy"],
    examples=lambda: [
        good(policy=None),
        good(policy=None, around=declares()),
        good(
            policy=policy(
                allow(),
                deny(
                    {"AWS": ["*"]},
                    ["S3:*"],
                    Resource=_ALL,
                    Condition={"bool": {"AWS:securetransport": False}},
                ),
            ),
            around=_TLS,
        ),
        good(
            policy=policy(deny("*", "s3:PutObject")),
            around=_required(deny("*", "s3:PutObject", Resource="*")),
        ),
        bad(policy=None, around=_TLS),
        bad(policy=policy(deny("*", "s3:*", Sid="Tls", Condition=_PLAIN_HTTP)), around=_TLS),
        bad(policy=policy(deny("*", "s3:*", Sid="Tls", Resource="*")), around=_TLS),
        bad(
            policy=policy(deny("*", "s3:*", Resource="*", Condition=_PLAIN_HTTP)),
            around=_required(deny(), deny("*", "s3:*", Resource="*", Condition=_PLAIN_HTTP)),
        ),
    ],
)
def policy_required_statements(bucket: BucketPosture, estate: Estate) -> Verdict:
    """The bucket's policy holds every statement that the team requires.

    **Why.** What has to hold for all buckets, such as a Deny to everybody outside the organisation, is worth
    nothing where one bucket lacks it. A Sid says nothing: the same name may stand over other words.

    **Fix.** Add the statement as `rules: required_statements` has it. Order, spelling and Sid are free, and a
    resource of `*` there means the bucket and all its objects. A contract writes its policies from its
    settings alone, so require what those settings write, and the rest of the buckets of others.

    **Exempt it when** the bucket has to serve somebody whom that statement would shut out.
    """
    if estate.terms.required_statements is None:
        return not_applicable("the team has set no rules.required_statements")
    required = _read(estate.terms.required_statements)
    found = bucket.policy.document.statements if bucket.policy else ()
    arn = bucket_arn(bucket.name, (*found, *required))
    lacking = (one for one in required if not any(says_the_same(one, other, arn) for other in found))
    return fails_if(
        *(f"{one.label} of the required ones is not there" for one in lacking),
        expected="all required statements",
    )


@lru_cache(maxsize=16)
def _read(text: str) -> tuple[Statement, ...]:
    return parse(text).statements
