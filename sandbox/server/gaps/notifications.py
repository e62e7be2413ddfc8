"""Event notifications."""

from collections.abc import Iterator
from dataclasses import replace
from secrets import token_urlsafe
from typing import Final

from moto.s3.models import FakeBucket

from sandbox.server.bucket_calls import mends_setting
from sandbox.server.calls import Answer, Call
from sandbox.server.documents import KeptSetting, read_xml, shown
from sandbox.server.elements import Element, document, element
from sandbox.server.mending import Forward, Gap
from sandbox.server.permissions import Asked, allows
from sandbox.server.refusals import invalid
from sandbox.server.targets import policy_of_target

GAPS: Final = (
    Gap(
        "notifications-eventbridge",
        "drops EventBridgeConfiguration, though it sends the events",
        "returns it",
    ),
    Gap(
        "notifications-filters",
        "returns the names of filter rules as they were put, and breaks on capitals",
        "takes either and returns Prefix and Suffix, as S3 does",
    ),
    Gap(
        "notifications-targets",
        "takes queues, topics and functions that do not exist or do not let S3 in",
        "refuses them, unless x-amz-skip-destination-validation says not to look",
    ),
)
_TARGETS: Final = {
    "QueueConfiguration": ("Queue", "sqs:SendMessage"),
    "TopicConfiguration": ("Topic", "sns:Publish"),
    "CloudFunctionConfiguration": ("CloudFunction", "lambda:InvokeFunction"),
}


def _absent(_call: Call, _bucket: FakeBucket) -> Answer:
    return shown(element("NotificationConfiguration"))


def _judge(call: Call, bucket: FakeBucket, sent: Element) -> Answer | None:
    if (call.header("x-amz-skip-destination-validation") or "").lower() == "true":
        return None
    for arn, action in _targets(sent):
        if not _takes_events(bucket, arn, action):
            message = "Unable to validate the following destination configurations"
            return invalid(call, "InvalidArgument", message, ArgumentName=arn, ArgumentValue="not reachable")
    return None


def _targets(sent: Element) -> Iterator[tuple[str, str]]:
    for part in sent.children:
        if part.name in _TARGETS:
            name, action = _TARGETS[part.name]
            yield part.text_at(name) or "", action


def _takes_events(bucket: FakeBucket, arn: str, action: str) -> bool:
    """Whether the target is there and its policy lets S3 in, for this bucket."""
    policy = policy_of_target(arn)
    known = {
        "aws:sourcearn": (str(bucket.arn),),
        "aws:sourceaccount": (str(bucket.account_id),),
        "aws:sourceowner": (),
    }
    return policy is not None and allows(policy, Asked(action, arn, "s3.amazonaws.com", known))


def _normal(sent: Element) -> Element:
    return replace(sent, children=tuple(map(_with_id, sent.children)))


def _with_id(part: Element) -> Element:
    if part.name not in _TARGETS:
        return part
    given = part.text_at("Id") or token_urlsafe(36)
    return replace(part, children=(element("Id", given), *map(_capital, part.without("Id").children)))


def _capital(part: Element) -> Element:
    """Filter rules with their names as S3 spells them."""
    if part.name == "Name":
        return element("Name", part.text.capitalize())
    return replace(part, children=tuple(map(_capital, part.children)))


def _small(part: Element) -> Element:
    """The same as moto spells them."""
    if part.name == "Name":
        return element("Name", part.text.lower())
    return replace(part, children=tuple(map(_small, part.children)))


def _tell(call: Call, moto: Forward, _bucket: FakeBucket, sent: Element) -> Answer:
    return moto(call.with_body(document(_small(_normal(sent)))))


def put_notifications(call: Call, forward: Forward, bucket: FakeBucket) -> Answer:
    """Keeps what was put; the names of filter rules may be written either way."""
    sent = read_xml(call)
    if isinstance(sent, Answer):
        return sent
    return _NOTIFICATIONS.put(call.with_body(document(_small(sent))), forward, bucket)


_NOTIFICATIONS: Final = KeptSetting(
    "notification", "PutBucketNotificationConfiguration", _absent, _judge, _normal, _tell
)
MENDINGS: Final = mends_setting("notification", GET=_NOTIFICATIONS.get, PUT=put_notifications)
