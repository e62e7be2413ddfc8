from collections.abc import Iterator

from bucketwright.estate import BucketPosture
from bucketwright.iam.documents import Statement
from bucketwright.posture import Estate
from bucketwright.rules.accounts import own_account
from bucketwright.rules.deputies import is_tied
from bucketwright.rules.example_access import ROLE, allow, deny, policy
from bucketwright.rules.example_sharing import OWN, delivery
from bucketwright.rules.examples import bad, good
from bucketwright.rules.policy_faults import policy_faults
from bucketwright.rules.principals import guests
from bucketwright.rules.rule import BASELINE, Change, change, rule
from bucketwright.rules.statements import some_of
from bucketwright.rules.tying import tied
from bucketwright.verdicts import MEDIUM, Verdict, fails_if

_LOGS = {"Service": "logging.s3.amazonaws.com"}


@rule(
    "policy-confused-deputy",
    severity=MEDIUM,
    tier=BASELINE,
    reads=["policy"],
    examples=lambda: [
        good(policy=None),
        good(policy=policy(allow({"AWS": ROLE}), deny(_LOGS))),
        good(policy=delivery("StringEquals", "aws:SourceAccount", "111122223333", "123456789012")),
        good(policy=delivery("ArnLike", "aws:SourceArn", "arn:aws:s3:::source")),
        good(policy=delivery("ArnLike", "aws:SourceArn", "arn:aws:cloudtrail:*:111122223333:trail/*")),
        good(policy=delivery("StringEquals", "aws:SourceOrgID", "o-a1b2c3d4e5")),
        bad(OWN, policy=policy(allow(_LOGS))),
        bad(OWN, policy=policy(allow({**_LOGS, "AWS": ROLE}), allow(_LOGS))),
        bad(OWN, policy=delivery("StringEquals", "s3:x-amz-acl", "bucket-owner-full-control")),
        bad(OWN, policy=delivery("StringLike", "aws:SourceAccount", "111122223333", "*")),
        bad(OWN, policy=delivery("StringEqualsIfExists", "aws:SourceAccount", "111122223333")),
        bad(OWN, policy=delivery("ArnLike", "aws:SourceArn", "arn:aws:s3:::*")),
        bad(OWN, policy=delivery("ArnLike", "aws:SourceArn", "arn:aws:cloudtrail:*:*:trail/all")),
    ],
)
def policy_confused_deputy(bucket: BucketPosture, _: Estate) -> Verdict:
    """Services are let in only on behalf of sources that are named.

    **Why.** A service writes for whoever asks it to. Where the policy asks only which service it is, anybody
    can have CloudTrail or a delivery of logs of their own account write into your bucket, over what is there.

    **Fix.** Under `access`, a `service` is tied to this environment's account, or to its `accounts` and
    `sources`. In other policies add `aws:SourceAccount`, `aws:SourceArn` or `aws:SourceOrgID` with fixed
    values, and without `IfExists`, which lets in a call that names no source.

    **Exempt it when** the service sends none of these keys, as load balancers do for classic access logs, and
    the resource ends in `AWSLogs/` and your account, which it puts in itself.
    """
    untied = policy_faults(bucket.policy, _untied)
    return fails_if(*untied, expected="aws:SourceAccount, aws:SourceArn or aws:SourceOrgID with fixed values")


@policy_confused_deputy.fix(is_safe=False)
def tie(bucket: BucketPosture, estate: Estate) -> Change:
    """Ties such statements to this account, if they let in services alone; services stop for others."""
    if bucket.policy is None:
        return change(bucket, "policy", None)
    ours = own_account(estate)
    return change(bucket, "policy", tied(bucket.policy, _is_loose, "aws:SourceAccount", ours))


def _untied(statement: Statement) -> Iterator[str]:
    services = _services(statement)
    if services and not is_tied(statement):
        yield f"{statement.label} lets in {some_of(services)} for whoever asks"


def _is_loose(statement: Statement) -> bool:
    alone = len(_services(statement)) == len(tuple(guests(statement)))
    return statement.allows and alone and not is_tied(statement)


def _services(statement: Statement) -> tuple[str, ...]:
    return tuple(guest.name for guest in guests(statement) if guest.kind == "Service")
