"""Which facts of an account is each region asked for by itself?"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import cache
from typing import Protocol, TypeVar, runtime_checkable

from bucketwright.calls import Call
from bucketwright.facets.reading import Asked, Read
from bucketwright.posture import Undetermined

Value = TypeVar("Value")


@runtime_checkable
class RegionalFacet(Protocol[Value]):
    """A setting of which each region tells its own part."""

    def across(self, regions: Iterable[Value], /) -> Value:
        """What all regions tell together."""


def as_regional(facet: object) -> RegionalFacet[object] | None:
    """A setting where each region tells its own part of it."""
    return _as_regional(facet)


@cache
def _as_regional(facet: object) -> RegionalFacet[object] | None:
    return facet if isinstance(facet, RegionalFacet) else None


def in_regions(asked: Asked, regions: Iterable[str]) -> Iterator[Asked]:
    """The same thing, as each region tells of it."""
    return (replace(asked, target=replace(asked.target, region=one)) for one in sorted(regions))


def calls_of(asked: Asked, read: Read) -> tuple[Call, ...]:
    """The calls that a read takes; none where what it hangs on is not known."""
    with suppress(Undetermined):
        return asked.calls(read)
    return ()
