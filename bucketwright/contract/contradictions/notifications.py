"""Would S3 take a bucket's notifications: known targets in its region, no two filters that overlap?"""

from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING, Final, NamedTuple

from bucketwright.contract.contradictions.arns import parts
from bucketwright.contract.contradictions.scope import Scope
from bucketwright.contract.keys.errors import TemplateError
from bucketwright.contract.names import bound_path, bucket_region
from bucketwright.contract.problems import Fault
from bucketwright.plain_text import clipped

if TYPE_CHECKING:
    from bucketwright.contract.buckets import Bucket, Notification

_SERVICES: Final = ("sqs", "sns", "lambda")
MOST_TARGETS: Final = 100


class _Filter(NamedTuple):
    """What one target is told of: S3 compares the spelled prefixes, and the ends of keys."""

    place: int
    events: frozenset[str]
    prefix: str
    suffix: str


def notifications(scope: Scope) -> Iterator[Fault]:
    """Targets that S3 would refuse."""
    for bucket_id, bucket in scope.environment.buckets.items():
        targets = bucket.notifications.targets
        above = ("buckets", bucket_id, "notifications", "targets")
        if len(targets) > MOST_TARGETS:
            yield Fault(above, f"a bucket has at most {MOST_TARGETS} targets, found {len(targets)}")
            continue
        for place, target in enumerate(targets):
            for fault in _target(scope, bucket_id, bucket, target):
                yield fault.under(*above, place)
        for earlier, later in combinations(_filters(scope, bucket_id, targets), 2):
            if event := _shared_event(earlier, later):
                other = f"target {earlier.place + 1}"
                message = f"S3 refuses two targets for {event} whose filters overlap; the other is {other}"
                remedy = (
                    "prefixes or suffixes that exclude each other, or one SNS topic or EventBridge for both"
                )
                yield Fault((*above, later.place), message, (), remedy)


def _target(scope: Scope, bucket_id: str, bucket: "Bucket", target: "Notification") -> Iterator[Fault]:
    if target.prefix is not None:
        yield from scope.unknown_prefix(("prefix",), bucket_id, target.prefix)
    found = parts(target.arn)
    region = bucket_region(scope.environment, bucket)
    if found.service not in _SERVICES:
        yield Fault(
            ("arn",), f"S3 tells queues, topics and functions, not {clipped(found.service)}", _SERVICES
        )
    elif found.region != region:
        yield Fault(
            ("arn",),
            f"the target is in {clipped(found.region)}, the bucket in {region}; S3 tells its own region only",
        )
    elif not found.account:
        yield Fault(("arn",), "the ARN of a target names its account", (), "such as 111122223333")
    elif found.resource.endswith(".fifo"):
        yield Fault(("arn",), "S3 tells no FIFO queues and topics", (), "a standard one, or EventBridge")


def _filters(scope: Scope, bucket_id: str, targets: tuple["Notification", ...]) -> Iterator[_Filter]:
    prefixes = scope.environment.buckets[bucket_id].prefixes
    for place, target in enumerate(targets):
        if target.prefix is None:
            yield _Filter(place, frozenset(target.events), "", target.suffix or "")
        elif target.prefix in prefixes:
            try:
                filtered = bound_path(scope.environment, bucket_id, target.prefix).notification_filter()
            except TemplateError:
                continue
            yield _Filter(place, frozenset(target.events), filtered.prefix, target.suffix or "")


def _shared_event(a: _Filter, b: _Filter) -> str:
    """An event that both are told of, for keys that both filters let through; empty where there is none."""
    if not (a.prefix.startswith(b.prefix) or b.prefix.startswith(a.prefix)):
        return ""
    if not (a.suffix.endswith(b.suffix) or b.suffix.endswith(a.suffix)):
        return ""
    for x in sorted(a.events):
        for y in sorted(b.events):
            if x == y or _family(x) == y or _family(y) == x:
                return y if _family(x) == x else x
    return ""


def _family(event: str) -> str:
    return event.rpartition(":")[0] + ":*"
