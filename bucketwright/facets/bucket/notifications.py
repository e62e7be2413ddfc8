"""Notifications: who is told when objects change?"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import count
from typing import TYPE_CHECKING, Final, Literal

from bucketwright.contract.keys.patterns import notification_text
from bucketwright.facets.declaring import given
from bucketwright.facets.facet import (
    Args,
    Declared,
    Planned,
    Resolve,
)
from bucketwright.facets.handles import BUCKET
from bucketwright.facets.reading import Asked, Read
from bucketwright.facets.references import resolved
from bucketwright.facets.said import Said
from bucketwright.facets.writing import Site, Write
from bucketwright.posture import UNSET, Undetermined, Unknown, Unset

if TYPE_CHECKING:
    from bucketwright.contract.buckets import Notification
    from bucketwright.facets.bucket_scope import BucketScope

Service = Literal["queue", "topic", "function"]


@dataclass(frozen=True, slots=True, order=True)
class Target:
    """One queue, topic or function, and what it is told of."""

    service: Service
    target: str
    """An address, or an ARN."""
    events: tuple[str, ...]
    prefix: str = ""
    suffix: str = ""
    id: str = field(default="", compare=False)
    """What S3 calls this."""


@dataclass(frozen=True, slots=True)
class Notifications:
    """All who are told."""

    eventbridge: bool = False
    targets: tuple[Target, ...] = ()
    """In one order."""


KIND: Final = "aws:s3/bucketNotification:BucketNotification"
FRESH: Final = Notifications()
_CONFIGURATION: Final = Read("s3", "GetBucketNotificationConfiguration", "s3:GetBucketNotification", BUCKET)
READS: Final = (_CONFIGURATION,)
_FILTERS: Final = ("prefix", "suffix")
_SERVICES: Final[dict[str, Service]] = {"sqs": "queue", "sns": "topic", "lambda": "function"}
_LISTS: Final[dict[Service, tuple[str, str]]] = {
    "queue": ("queues", "queueArn"),
    "topic": ("topics", "topicArn"),
    "function": ("lambdaFunctions", "lambdaFunctionArn"),
}
_ANSWERS: Final[dict[Service, tuple[str, str]]] = {
    "queue": ("QueueConfigurations", "QueueArn"),
    "topic": ("TopicConfigurations", "TopicArn"),
    "function": ("LambdaFunctionConfigurations", "LambdaFunctionArn"),
}
_ARGS: Final[dict[Service, tuple[str, str]]] = {
    "queue": ("queues", "queue_arn"),
    "topic": ("topics", "topic_arn"),
    "function": ("lambda_functions", "lambda_function_arn"),
}


def wanted(scope: "BucketScope") -> Notifications:
    """What the contract names; a quarantine hears of its uploads through EventBridge."""
    stated = scope.bucket.notifications
    quarantine = any(prefix.quarantine is not None for prefix in scope.bucket.prefixes.values())
    targets = sorted(_target(scope, one) for one in stated.targets)
    return Notifications(stated.eventbridge or quarantine, tuple(map(_called, count(1), targets)))


def to_args(value: Notifications, resolve: Resolve) -> tuple[Declared, ...]:
    if value == FRESH:
        return ()
    lists: dict[str, list[Args]] = defaultdict(list)
    for one in map(_called, count(1), value.targets):
        several, arn = _ARGS[one.service]
        args = given(
            id=one.id,
            events=list(one.events),
            filter_prefix=one.prefix or None,
            filter_suffix=one.suffix or None,
        )
        lists[several].append({**args, arn: resolved(one.target, "arn", resolve)})
    return (Declared(KIND, given(eventbridge=value.eventbridge or None, **lists)),)


def from_plan(planned: Planned) -> Notifications | Unset:
    said = planned.one(KIND)
    if said is None:
        return UNSET
    targets = (
        _planned(one, service, arn)
        for service, (several, arn) in _LISTS.items()
        for one in said.parts(several)
    )
    return Notifications(bool(said.flag("eventbridge")), tuple(sorted(targets)))


def _called(number: int, one: Target) -> Target:
    return one if one.id else replace(one, id=f"{one.service}-{number}")


def _target(scope: "BucketScope", stated: "Notification") -> Target:
    service, prefix = _SERVICES[stated.arn.split(":")[2]], ""
    if stated.prefix is not None:
        prefix = scope.path(stated.prefix).notification_filter().prefix
    suffix = notification_text(stated.suffix or "")
    return Target(service, stated.arn, tuple(sorted(set(stated.events))), prefix, suffix)


def _planned(said: Said, service: Service, arn: str) -> Target:
    return Target(
        service=service,
        target=said.needed(arn, said.reference(service, arn)),
        events=tuple(sorted(set(said.texts("events")))),
        prefix=said.text("filterPrefix") or "",
        suffix=said.text("filterSuffix") or "",
    )


def from_api(asked: Asked) -> Notifications:
    """Nobody is told where nothing is answered."""
    said = asked.answered(_CONFIGURATION)
    targets = (
        _answered(one, service, arn)
        for service, (several, arn) in _ANSWERS.items()
        for one in said.parts(several)
    )
    eventbridge = said.part("EventBridgeConfiguration") is not None
    return Notifications(eventbridge, tuple(sorted(targets)))


def keeping(before: Notifications, after: Notifications) -> Notifications:
    """Each is known by its id, or by saying the same."""
    ids = {one.id for one in after.targets if one.id}
    theirs = (one for one in before.targets if one not in after.targets and one.id not in ids)
    return Notifications(after.eventbridge or before.eventbridge, tuple(sorted((*after.targets, *theirs))))


def to_api(before: Notifications, after: Notifications, site: Site) -> tuple[Write, ...]:
    """All at once, as S3 takes them."""
    if before == after:
        return ()
    lists: dict[str, list[Args]] = defaultdict(list)
    for one in after.targets:
        several, arn = _ANSWERS[one.service]
        named = given(Id=one.id or None, Filter=_filter(one))
        lists[several].append(
            {**named, arn: resolved(one.target, "arn", site.resolve), "Events": list(one.events)}
        )
    told: Args = {"EventBridgeConfiguration": {}} if after.eventbridge else {}
    params = {"NotificationConfiguration": {**lists, **told}}
    return (site.write("PutBucketNotificationConfiguration", "s3:PutBucketNotification", params),)


def _filter(one: Target) -> Args | None:
    asked = (("prefix", one.prefix), ("suffix", one.suffix))
    rules = [{"Name": name, "Value": value} for name, value in asked if value]
    return {"Key": {"FilterRules": rules}} if rules else None


def _answered(said: Said, service: Service, arn: str) -> Target:
    asked = dict(_filter_rules(said.inside("Filter").inside("Key")))
    return Target(
        service=service,
        target=said.needed(arn, said.reference(service, arn)),
        events=tuple(sorted(set(said.texts("Events")))),
        prefix=asked.get("prefix", ""),
        suffix=asked.get("suffix", ""),
        id=said.text("Id") or "",
    )


def _filter_rules(said: Said) -> Iterator[tuple[str, str]]:
    """S3 answers names in capitals, whatever it was sent."""
    for one in said.parts("FilterRules"):
        name = one.needed("Name", one.text("Name")).lower()
        if name not in _FILTERS:
            raise Undetermined("notifications", Unknown("a filter asks for what is not known here"))
        yield name, one.text("Value") or ""
