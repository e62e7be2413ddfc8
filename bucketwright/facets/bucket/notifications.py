"""Notifications: who is told when objects change?"""

from collections import defaultdict
from dataclasses import dataclass
from typing import Final, Literal

from bucketwright.contract.buckets import Notification
from bucketwright.contract.keys.patterns import notification_text
from bucketwright.contract.names import bound_path
from bucketwright.facets.declaring import given
from bucketwright.facets.facet import Args, BucketScope, Declared, Planned, Resolve
from bucketwright.facets.references import resolved
from bucketwright.facets.said import Said
from bucketwright.posture import UNSET, Unset

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


@dataclass(frozen=True, slots=True)
class Notifications:
    """All who are told."""

    eventbridge: bool = False
    targets: tuple[Target, ...] = ()
    """In one order."""


KIND: Final = "aws:s3/bucketNotification:BucketNotification"
FRESH: Final = Notifications()
_SERVICES: Final[dict[str, Service]] = {"sqs": "queue", "sns": "topic", "lambda": "function"}
_LISTS: Final[dict[Service, tuple[str, str]]] = {
    "queue": ("queues", "queueArn"),
    "topic": ("topics", "topicArn"),
    "function": ("lambdaFunctions", "lambdaFunctionArn"),
}
_ARGS: Final[dict[Service, tuple[str, str]]] = {
    "queue": ("queues", "queue_arn"),
    "topic": ("topics", "topic_arn"),
    "function": ("lambda_functions", "lambda_function_arn"),
}


def wanted(scope: BucketScope) -> Notifications:
    """What the contract names; a quarantine hears of its uploads through EventBridge."""
    stated = scope.bucket.notifications
    quarantine = any(prefix.quarantine is not None for prefix in scope.bucket.prefixes.values())
    targets = sorted(_target(scope, one) for one in stated.targets)
    return Notifications(stated.eventbridge or quarantine, tuple(targets))


def to_args(value: Notifications, resolve: Resolve) -> tuple[Declared, ...]:
    if value == FRESH:
        return ()
    lists: dict[str, list[Args]] = defaultdict(list)
    for number, one in enumerate(value.targets, start=1):
        several, arn = _ARGS[one.service]
        args = given(
            id=f"{one.service}-{number}",
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


def _target(scope: BucketScope, stated: Notification) -> Target:
    service, prefix = _SERVICES[stated.arn.split(":")[2]], ""
    if stated.prefix is not None:
        prefix = bound_path(scope.environment, scope.bucket_id, stated.prefix).notification_filter().prefix
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
