from collections.abc import Iterator
from string import ascii_lowercase
from typing import Final

from bucketwright.estate import RolePosture
from bucketwright.iam.actions import covers
from bucketwright.iam.documents import Statement
from bucketwright.iam.homes import CONTAINERS, KEYS
from bucketwright.iam.languages import Or
from bucketwright.posture import Estate
from bucketwright.rules.example_roles import grant, policies, refuse
from bucketwright.rules.examples import bad, good
from bucketwright.rules.requests_to_bucket import ACTIONS, is_any, named
from bucketwright.rules.role_statements import described, faults_of_all
from bucketwright.rules.rule import BASELINE, rule
from bucketwright.verdicts import HIGH, Verdict, fails_if

_AWS = "arn:aws:iam::aws:policy"
_IN_S3: Final = Or((CONTAINERS, KEYS))
_NOTHING = policies()
_NONE = frozenset[str]()


@rule(
    "iam-s3-full-access",
    severity=HIGH,
    tier=BASELINE,
    reads=["managed", "policies"],
    examples=lambda: [
        good(managed=_NONE, policies=policies(grant(["s3:Get*", "s3:List*"], "*"))),
        good(managed=_NONE, policies=policies(refuse("s3:*", "*"))),
        good(managed=_NONE, policies=policies(grant("*", "arn:aws:sqs:eu-west-1:111122223333:*"))),
        good(managed=_NONE, policies=policies(grant(["kms:*", "s3-outposts:*"], "*"))),
        good(
            managed=frozenset(
                {f"{_AWS}/AmazonS3ReadOnlyAccess", f"{_AWS}/service-role/AWSLambdaBasicExecutionRole"}
            ),
            policies=_NOTHING,
        ),
        good(managed=_NONE, policies=policies(grant(None, "*", NotAction="s3:Put*"))),
        bad(managed=_NONE, policies=policies(grant("s3:*", "*"))),
        bad(
            managed=_NONE, policies=policies(grant("s3:GetObject", "*"), grant("S3:**", "arn:aws:s3:::files"))
        ),
        bad(managed=_NONE, policies=policies(grant("*", "arn:aws:s3:::files/*"))),
        bad(managed=_NONE, policies=policies(grant([f"s3:{letter}*" for letter in ascii_lowercase], "*"))),
        bad(managed=_NONE, policies=policies(grant(None, "*", NotAction="iam:*"))),
        bad(
            managed=_NONE,
            policies=policies(grant("s3:*", None, NotResource="arn:aws:s3:::files/*")),
        ),
        bad(managed=frozenset({f"{_AWS}/AmazonS3FullAccess"}), policies=_NOTHING),
        bad(managed=frozenset({f"{_AWS}/AdministratorAccess"}), policies=_NOTHING),
        bad(managed=frozenset({f"{_AWS}/PowerUserAccess", f"{_AWS}/Unheard"}), policies=_NOTHING),
    ],
)
def iam_s3_full_access(role: RolePosture, _: Estate) -> Verdict:
    """No policy of the role allows all that S3 can do.

    **Why.** All of S3 is also deleting buckets, opening them to the public and turning versions off. A
    program that reads and writes files needs a handful of its actions.

    **Fix.** Grant the role prefixes under `access`, with `read`, `list`, `write` and `delete`, and take the
    policy off. In documents of your own, list the actions that the program calls.

    **Exempt it when** people administer the account by it, and it is only taken on with a second factor.
    """
    return fails_if(*faults_of_all(role, _everything), expected="the actions that are needed")


def _everything(allow: Statement) -> Iterator[str]:
    names = allow.resources if all(covers(allow.actions, one) for one in ACTIONS) else None
    if names and is_any("policies", _IN_S3, named(names)):
        yield f"allows {described(allow.actions)} on {described(names)}"
