"""Server access logs."""

from typing import Final

from moto.s3.models import FakeBucket

from sandbox.server.bucket_calls import mends_setting
from sandbox.server.calls import Answer, Call
from sandbox.server.documents import KeptSetting, shown
from sandbox.server.elements import Element, element
from sandbox.server.gaps.policies import policy_on
from sandbox.server.held import bucket_named
from sandbox.server.mending import Gap
from sandbox.server.permissions import Asked, allows
from sandbox.server.refusals import invalid

GAPS: Final = (
    Gap(
        "logs-partitioned-keys",
        "drops TargetObjectKeyFormat",
        "returns the setting as it was put",
    ),
    Gap(
        "logs-at-once",
        "writes a log object during every request, so that no log bucket can be emptied",
        "writes none; S3 delivers logs hours later, if at all",
    ),
    Gap(
        "logs-target-policy",
        "wants one spelling of the policy that lets the logging service in",
        "asks whether the policy or the ACL of the target lets it in, however it is written",
    ),
)
_SERVICE: Final = "logging.s3.amazonaws.com"
_LOG_DELIVERY: Final = "http://acs.amazonaws.com/groups/s3/LogDelivery"
_WRITE: Final = frozenset({"WRITE", "FULL_CONTROL"})
_NOT_LET_IN: Final = (
    "You must either provide the necessary permissions to the logging service using a bucket policy "
    "or give the log-delivery group WRITE and READ_ACP permissions to the target bucket"
)


def _absent(_call: Call, _bucket: FakeBucket) -> Answer:
    return shown(element("BucketLoggingStatus"))


def _judge(call: Call, bucket: FakeBucket, sent: Element) -> Answer | None:
    name = sent.text_at("LoggingEnabled/TargetBucket")
    if name is None:
        return None
    target = bucket_named(name)
    if target is None:
        return _refused(call, "The target bucket for logging does not exist", name)
    if target.account_id != bucket.account_id:
        message = "The owner for the bucket to be logged and the target bucket must be the same."
        return _refused(call, message, name)
    if target.region_name != bucket.region_name:
        message = "Cross S3 location logging not allowed."
        return invalid(call, "CrossLocationLoggingProhibited", message, TargetBucket=name)
    prefix = sent.text_at("LoggingEnabled/TargetPrefix") or ""
    return None if _let_in(bucket, target, prefix) else _refused(call, _NOT_LET_IN, name)


def _refused(call: Call, message: str, target: str) -> Answer:
    return invalid(call, "InvalidTargetBucketForLogging", message, TargetBucket=target)


def _let_in(bucket: FakeBucket, target: FakeBucket, prefix: str) -> bool:
    known = {"aws:sourcearn": (str(bucket.arn),), "aws:sourceaccount": (str(bucket.account_id),)}
    policy = policy_on(target)
    if policy and allows(policy, Asked("s3:PutObject", f"{target.arn}/{prefix}log", _SERVICE, known)):
        return True
    grants = target.acl.grants if target.acl else []
    return any(
        grantee.uri == _LOG_DELIVERY and _WRITE & set(grant.permissions)
        for grant in grants
        for grantee in grant.grantees
    )


_LOGGING: Final = KeptSetting("logging", "PutBucketLogging", _absent, _judge)
MENDINGS: Final = mends_setting("logging", GET=_LOGGING.get, PUT=_LOGGING.put)
