"""Can S3 tell the objects of a prefix that replication, tiering or a notification names from those of others?

Its filters know the literal beginning of keys and, but for notifications, tags that uploads set.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bucketwright.contract.access.crossings import declared_shared
from bucketwright.contract.contradictions.notifications import MOST_TARGETS
from bucketwright.contract.contradictions.paths import MOST_PREFIXES
from bucketwright.contract.contradictions.scope import Scope
from bucketwright.contract.heads import others_below
from bucketwright.contract.keys.errors import TemplateError
from bucketwright.contract.placement import Place, places
from bucketwright.contract.problems import Fault
from bucketwright.iam.languages import Work
from bucketwright.plain_text import shown

if TYPE_CHECKING:
    from bucketwright.contract.buckets import Bucket

_WORK: Final = 2_000_000
"""Steps for all of an environment; what is left open after so many counts as shared."""


@dataclass(frozen=True, slots=True)
class _Named:
    """The prefixes of a bucket that could be named, by id."""

    own: dict[str, Place]
    work: Work

    def mixed_up(self, prefix_id: str, ending: str = "", *, by_tag: bool = False) -> str:
        """Why the beginning of a path does not select its objects alone; empty where it does.

        Keys that two prefixes share on purpose are as much the one's as the other's; but a filter that asks
        for a tag, too, would take none of them.
        """
        place = self.own.get(prefix_id)
        if place is None:
            return ""
        below = others_below(place, tuple(self.own.values()), ending, self.work)
        other = next((one for one in below if by_tag or not declared_shared(place, one)), None)
        return mixed_up(place, other) if other is not None else ""


def mixed_up(place: Place, other: Place) -> str:
    """In words: the beginning of a path is no way to tell its objects from those of another prefix."""
    head = place.path.literal_head
    beginning = f"by the beginning {shown(head)}" if head else "without text before the first variable"
    return f"{beginning} S3 cannot tell these objects from those of {other.prefix_id}"


def selections(scope: Scope) -> Iterator[Fault]:
    """Prefixes that are named where S3 would take the objects of others for theirs."""
    work = Work(_WORK)
    for bucket_id, bucket in scope.environment.buckets.items():
        if len(bucket.prefixes) > MOST_PREFIXES:
            continue
        try:
            own = {place.prefix_id: place for place in places(scope.environment, bucket_id)}
        except TemplateError:
            continue
        named = _Named(own, work)
        for fault in (*_copies(bucket, named), *_tiers(bucket, named), *_told(bucket, named)):
            yield fault.under("buckets", bucket_id)


def _copies(bucket: "Bucket", named: _Named) -> Iterator[Fault]:
    for index, rule in enumerate(bucket.replication):
        if not rule.delete_markers and _tagged(bucket):
            continue
        for place, prefix_id in enumerate(rule.prefixes):
            if message := named.mixed_up(prefix_id, by_tag=not rule.delete_markers):
                remedy = "a path with a beginning of its own, or no delete_markers, so that a tag tells them"
                if not _tagged(bucket):
                    remedy = "a path with a beginning of its own, or all prefixes"
                yield Fault(("replication", index, "prefixes", place), message, (), remedy)


def _tiers(bucket: "Bucket", named: _Named) -> Iterator[Fault]:
    tiers = bucket.intelligent_tiering
    if tiers is None or _tagged(bucket):
        return
    for place, prefix_id in enumerate(tiers.prefixes):
        if message := named.mixed_up(prefix_id, by_tag=True):
            remedy = "a path with a beginning of its own, or all prefixes"
            yield Fault(("intelligent_tiering", "prefixes", place), message, (), remedy)


def _told(bucket: "Bucket", named: _Named) -> Iterator[Fault]:
    for index, target in enumerate(bucket.notifications.targets[:MOST_TARGETS]):
        if target.prefix is None:
            continue
        if message := named.mixed_up(target.prefix, target.suffix or ""):
            remedy = "a path with a beginning of its own, or eventbridge: true and a rule with a wildcard"
            yield Fault(("notifications", "targets", index, "prefix"), message, (), remedy)


def _tagged(bucket: "Bucket") -> bool:
    """Whether a tag can tell objects: what AWS itself writes has none."""
    return bucket.purpose == "data"
