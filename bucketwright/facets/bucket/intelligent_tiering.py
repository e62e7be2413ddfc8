"""Intelligent tiering: when do objects that nobody reads move to tiers from which they must be restored?"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bucketwright.contract.lifecycle.rules import Predicates
from bucketwright.facets.api_spelling import as_planned, as_sent
from bucketwright.facets.facet import (
    Args,
    Declared,
    Planned,
    Resolve,
)
from bucketwright.facets.filters import ALL, filter_args, filter_of, flat_filter_args
from bucketwright.facets.handles import BUCKET
from bucketwright.facets.named_settings import changed, gone, kept
from bucketwright.facets.reading import Asked, Read
from bucketwright.facets.said import Said
from bucketwright.facets.status import STATUS, status
from bucketwright.facets.writing import Site, Write
from bucketwright.posture import UNSET, Undetermined, Unknown, Unset

if TYPE_CHECKING:
    from bucketwright.facets.bucket_scope import BucketScope


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
_CONFIGURATIONS: Final = Read(
    "s3",
    "ListBucketIntelligentTieringConfigurations",
    "s3:GetIntelligentTieringConfiguration",
    BUCKET,
)
READS: Final = (_CONFIGURATIONS,)
_SET: Final = "s3:PutIntelligentTieringConfiguration"
_WHOLE: Final = "bucket"
_ARCHIVE: Final = "ARCHIVE_ACCESS"
_DEEP: Final = "DEEP_ARCHIVE_ACCESS"


def wanted(scope: "BucketScope") -> tuple[Tiering, ...]:
    tiers = scope.bucket.intelligent_tiering
    if tiers is None:
        return ()
    if not tiers.prefixes:
        return (Tiering(_WHOLE, ALL, tiers.archive, tiers.deep_archive),)
    return tuple(
        Tiering(prefix_id, scope.objects_of(prefix_id), tiers.archive, tiers.deep_archive)
        for prefix_id in sorted(set(tiers.prefixes))
    )


def to_args(value: tuple[Tiering, ...], _: Resolve) -> tuple[Declared, ...]:
    return tuple(map(_declared, value))


def from_plan(planned: Planned) -> tuple[Tiering, ...] | Unset:
    return _in_order(map(_planned, planned.all(KIND))) or UNSET


def from_api(asked: Asked) -> tuple[Tiering, ...]:
    """Nothing is listed where there is none."""
    several = asked.answered(_CONFIGURATIONS).parts("IntelligentTieringConfigurationList")
    return _in_order(map(_answered, several))


def keeping(before: tuple[Tiering, ...], after: tuple[Tiering, ...]) -> tuple[Tiering, ...]:
    return _in_order((*after, *kept(before, after)))


def to_api(before: tuple[Tiering, ...], after: tuple[Tiering, ...], site: Site) -> tuple[Write, ...]:
    put = (
        {"Id": one.name, "IntelligentTieringConfiguration": _params(one)} for one in changed(before, after)
    )
    return (
        *(site.write("PutBucketIntelligentTieringConfiguration", _SET, params) for params in put),
        *(
            site.write("DeleteBucketIntelligentTieringConfiguration", _SET, {"Id": one.name})
            for one in gone(before, after)
        ),
    )


def _in_order(several: Iterable[Tiering]) -> tuple[Tiering, ...]:
    found = sorted(several, key=lambda one: one.name)
    if len({one.name for one in found}) < len(found):
        raise Undetermined("intelligent_tiering", Unknown("two configurations have one name"))
    return tuple(found)


def _declared(one: Tiering) -> Declared:
    filtered = {"filter": flat_filter_args(one.filter)} if one.filter.count else {}
    return Declared(KIND, {"name": one.name, **_args(one), **filtered}, one.name)


def _params(one: Tiering) -> Args:
    filtered = {"filter": filter_args(one.filter)} if one.filter.count else {}
    return {"Id": one.name, **as_sent({**_args(one), **filtered})}


def _args(one: Tiering) -> Args:
    days = {_ARCHIVE: one.archive, _DEEP: one.deep_archive}
    return {
        "status": status(one.enabled),
        "tierings": [
            {"access_tier": tier, "days": count} for tier, count in days.items() if count is not None
        ],
    }


def _answered(said: Said) -> Tiering:
    """A name and a state are never left out."""
    said.needed("Status", said.text("Status"))
    plain = as_planned(said)
    name = said.needed("Id", said.text("Id"))
    return _planned(Said({**plain.values, "name": name}, said.refer, said.path))


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
