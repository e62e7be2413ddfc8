"""Event notifications."""

from collections.abc import Iterator
from dataclasses import replace
from secrets import token_urlsafe
from typing import Final

from moto.s3.models import FakeBucket

from sandbox.server.calls import Answer, Call
from sandbox.server.documents import Document, shown
from sandbox.server.elements import Element, NotXmlError, document, element, parsed
from sandbox.server.mending import Forward, Gap, Mending
from sandbox.server.permissions import Asked, allows
from sandbox.server.refusals import invalid, malformed_xml
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


def _absent(_call: Call) -> Answer:
    return shown(element("NotificationConfiguration"))


def _judge(call: Call, bucket: FakeBucket, sent: Element) -> Answer | None:
    if (call.header("x-amz-skip-destination-validation") or "").lower() == "true":
        return None
    for arn, action in _targets(sent):
        if not _takes_events(bucket, arn, action):
            said = "Unable to validate the following destination configurations"
            return invalid(call, "InvalidArgument", said, ArgumentName=arn, ArgumentValue="not reachable")
    return None


def _targets(sent: Element) -> Iterator[tuple[str, str]]:
    for part in sent.children:
        if part.name in _TARGETS:
            name, action = _TARGETS[part.name]
            yield part.said(name) or "", action


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
    given = part.said("Id") or token_urlsafe(36)
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


def _tell(call: Call, moto: Forward, sent: Element) -> Answer:
    return moto(call.with_body(document(_small(_normal(sent)))))


def put_notifications(call: Call, forward: Forward) -> Answer:
    """Keeps what was put; the names of filter rules may be written either way."""
    try:
        sent = _small(parsed(call.body()))
    except NotXmlError as broken:
        return malformed_xml(call, str(broken))
    return _NOTIFICATIONS.put(call.with_body(document(sent)), forward)


_NOTIFICATIONS: Final = Document(
    "notification", "PutBucketNotificationConfiguration", _absent, _judge, _normal, _tell
)
MENDINGS: Final = (
    _NOTIFICATIONS.mendings[0],
    Mending(put_notifications, "bucket", "PUT", "notification"),
)
