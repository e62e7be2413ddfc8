"""In which words is it told who comes to reach what?"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from bucketwright.plain_text import printable, shown

if TYPE_CHECKING:
    from bucketwright.changes.access import AccessChange

_MOST_PATTERNS: Final = 3


def reached(change: "AccessChange") -> Iterator[str]:
    """What somebody gains and loses, a line each."""
    who = f"{printable(change.who)} {change.verb} on {printable(change.bucket)}"
    for word, patterns, example in (
        ("gains", change.gained, change.gained_example),
        ("loses", change.lost, change.lost_example),
    ):
        if patterns:
            such = f", such as {shown(example)}" if example else ""
            yield f"{who} {word} {_several(patterns)}{such}"
    if change.unsure:
        yield f"{who}: not decided, {printable(change.unsure)}"


def _several(patterns: tuple[str, ...]) -> str:
    several = ", ".join(map(shown, patterns[:_MOST_PATTERNS]))
    more = len(patterns) - _MOST_PATTERNS
    return f"{several} and {more} more" if more > 0 else several
