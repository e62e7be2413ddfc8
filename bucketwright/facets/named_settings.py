"""Of settings that a bucket has several of, each under a name: which are to be set, which go, which stay?"""

from collections.abc import Iterable
from typing import Protocol, TypeVar


class _Named(Protocol):
    @property
    def name(self) -> str: ...


One = TypeVar("One", bound=_Named)


def changed(before: Iterable[One], after: Iterable[One]) -> tuple[One, ...]:
    """Those that are to be, and are not there or are others."""
    there = {one.name: one for one in before}
    return tuple(one for one in after if there.get(one.name) != one)


def gone(before: Iterable[One], after: Iterable[One]) -> tuple[One, ...]:
    """Those that are there, and are to be no more."""
    names = {one.name for one in after}
    return tuple(one for one in before if one.name not in names)


def kept(before: Iterable[One], after: Iterable[One]) -> tuple[One, ...]:
    """Those of others: of none of our names."""
    return gone(before, after)
