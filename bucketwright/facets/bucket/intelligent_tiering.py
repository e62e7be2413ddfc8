"""Intelligent tiering: when do objects that nobody reads move to tiers from which they must be restored?"""

from dataclasses import dataclass
from typing import Final

from bucketwright.contract.lifecycle.rules import Predicates
from bucketwright.facets.facet import BucketScope, Declared, Planned, Resolve
from bucketwright.facets.filters import ALL, filter_of, flat_filter_args, prefix_filter
from bucketwright.facets.said import Said
from bucketwright.facets.status import STATUS, status
from bucketwright.posture import UNSET, Undetermined, Unknown, Unset


@dataclass(frozen=True, slots=True)
class Tiering:
    """One configuration: days without access, for some objects of the class."""

    name: str
    filter: Predicates = ALL
    archive: int | None = None
    deep_archive: int | None = None
    enabled: bool = True


KIND: Final = "aws:s3/bucketIntelligentTieringConfiguration:BucketIntelligentTieringConfiguration"
FRESH: Final[tuple[Tiering, ...]] = ()
_WHOLE: Final = "bucket"
_ARCHIVE: Final = "ARCHIVE_ACCESS"
_DEEP: Final = "DEEP_ARCHIVE_ACCESS"


def wanted(scope: BucketScope) -> tuple[Tiering, ...]:
    tiers = scope.bucket.intelligent_tiering
    if tiers is None:
        return ()
    if not tiers.prefixes:
        return (Tiering(_WHOLE, ALL, tiers.archive, tiers.deep_archive),)
    return tuple(
        Tiering(prefix_id, prefix_filter(scope, prefix_id), tiers.archive, tiers.deep_archive)
        for prefix_id in sorted(set(tiers.prefixes))
    )


def to_args(value: tuple[Tiering, ...], _: Resolve) -> tuple[Declared, ...]:
    return tuple(map(_declared, value))


def from_plan(planned: Planned) -> tuple[Tiering, ...] | Unset:
    found = sorted(map(_planned, planned.all(KIND)), key=lambda one: one.name)
    if len({one.name for one in found}) < len(found):
        raise Undetermined("intelligent_tiering", Unknown("two configurations have one name"))
    return tuple(found) or UNSET


def _declared(one: Tiering) -> Declared:
    days = {_ARCHIVE: one.archive, _DEEP: one.deep_archive}
    args = {
        "name": one.name,
        "status": status(one.enabled),
        "tierings": [
            {"access_tier": tier, "days": count} for tier, count in days.items() if count is not None
        ],
    }
    filtered = {"filter": flat_filter_args(one.filter)} if one.filter.count else {}
    return Declared(KIND, {**args, **filtered}, one.name)


def _planned(said: Said) -> Tiering:
    days = {
        tier.needed("accessTier", tier.word("accessTier", (_ARCHIVE, _DEEP))): tier.needed(
            "days", tier.number("days")
        )
        for tier in said.parts("tierings")
    }
    return Tiering(
        name=said.needed("name", said.text("name")),
        filter=filter_of(said.part("filter")),
        archive=days.get(_ARCHIVE),
        deep_archive=days.get(_DEEP),
        enabled=said.choice("status", STATUS) is not False,
    )
