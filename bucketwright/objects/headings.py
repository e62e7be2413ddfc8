"""Under which heading does a key count: the declared prefix that owns it, else the beginning of its path?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bucketwright.plain_text import shown

if TYPE_CHECKING:
    from bucketwright.contract.placement import Place


@dataclass(frozen=True, slots=True)
class Heading:
    """A declared prefix, a path that many keys begin with, or all that has no heading of its own."""

    name: str
    """The address of a declared prefix, else the path with its last slash; empty for keys without one."""
    declared: bool = False
    rest: bool = False
    """Whether it is all that has no heading of its own."""

    def __str__(self) -> str:
        if self.rest:
            return "elsewhere"
        if self.declared:
            return self.name
        return f"keys under {shown(self.name)}" if self.name else "keys under no prefix"


ELSEWHERE: Final = Heading("", rest=True)


def headings(places: Sequence["Place"], depth: int = 1) -> Callable[[str], Heading]:
    """From a key to its heading: of several prefixes that own it the contract's first, else so many segments
    of its path as there are, at most."""
    own = tuple(
        (place.keys.literal_head, place.keys, Heading(place.address, declared=True)) for place in places
    )

    def of(key: str) -> Heading:
        for head, keys, heading in own:
            if key.startswith(head) and keys.owns(key):
                return heading
        *folders, _ = key.split("/", depth)
        return Heading("".join(f"{folder}/" for folder in folders))

    return of
