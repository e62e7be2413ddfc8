"""Can two templates own the same key? Decided over all keys, with an example."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import product

from bucketwright.contract.keys.automata import cheapest_path, machine, shared
from bucketwright.contract.keys.key_text import size_fault
from bucketwright.contract.keys.segments import Segment
from bucketwright.contract.keys.templates import Template

_PAST_DOTS = 3
Both = tuple[int, int, int]


def templates_overlap(a: Template, b: Template) -> str | None:
    """Return a shortest key that both own, or None where there is none.

    Exact, but for a literal that holds combining marks: there the answer may be a key that neither may make.
    A reserved variable without its value may be anything of its type, each time anew.
    """
    if not (a.literal_head.startswith(b.literal_head) or b.literal_head.startswith(a.literal_head)):
        return None
    short, long = (a, b) if len(a.segments) <= len(b.segments) else (b, a)
    same_depth = len(short.segments) == len(long.segments)
    if short.ending != long.ending if same_depth else not short.ending:
        return None
    pairs = tuple(zip(short.segments, long.segments, strict=False))
    if any(x.literal is not None and y.literal is not None and x.literal != y.literal for x, y in pairs):
        return None
    words: list[str] = []
    for x, y in (*pairs, *((segment, segment) for segment in long.segments[len(pairs) :])):
        word = segments_overlap(x, y)
        if word is None:
            return None
        words.append(word)
    key = "/".join(words) + long.ending
    return None if size_fault(key) else key


@lru_cache(maxsize=65_536)
def segments_overlap(a: Segment, b: Segment) -> str | None:
    """Return a text of fewest bytes that both segments can become, or None.

    Two machines read it side by side; a third counts dots, for `.` and `..` are no segments.
    """
    left, right = machine(a), machine(b)

    def pairs(
        from_left: tuple[int, ...], from_right: tuple[int, ...], dots: int
    ) -> Iterator[tuple[str, Both]]:
        for p, q in product(from_left, from_right):
            char = shared(left.spots[p].chars, right.spots[q].chars)
            if char is not None:
                yield char, (p, q, dots + 1 if char == "." and dots < _PAST_DOTS else _PAST_DOTS)

    path = cheapest_path(
        pairs(left.first, right.first, 0),
        lambda at: pairs(left.spots[at[0]].following, right.spots[at[1]].following, at[2]),
        lambda at: left.spots[at[0]].last and right.spots[at[1]].last and at[2] == _PAST_DOTS,
    )
    return None if path is None else "".join(char for char, _ in path)
