"""Which keys of one template does the pattern of another reach, and which listings of one show another's?

`*` in IAM crosses slashes, so patterns meet where templates do not. Most questions are settled by the
literal segments, the rest by comparing letter for letter; what cannot be settled counts as reached.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Final

from bucketwright.contract.access.spelling import beginnings, keys_of, unfinished
from bucketwright.contract.keys.overlap import segments_overlap
from bucketwright.contract.keys.segments import Literal, Segment
from bucketwright.contract.keys.templates import PathTemplate, Template
from bucketwright.iam.languages import And, Formula, Not, Or, Undecided, member, pattern

_PAIR_BUDGET: Final = 20_000


def reaches(granted: Template, other: Template) -> bool:
    """Whether the pattern of one template matches a key of the other."""
    if not begin_alike(granted, other):
        return False
    starred = granted.ending or granted.variables
    if other.ending and starred and other.literal_head.startswith(granted.literal_head):
        return True
    aligned = _end_alike(granted, other) and _aligned(granted, other.segments, below=bool(other.ending))
    return aligned and common_key(granted.key_pattern(), other) is not None


def shows(granted: PathTemplate, other: Template) -> bool:
    """Whether a listing below the paths of one template can show keys of the other.

    What the pattern matches has as many slashes as the path, so keys of the other need as many.
    """
    if other.ending:
        return reaches(granted, other)
    deep_enough = len(other.segments) > len(granted.segments) and begin_alike(granted, other)
    return (
        deep_enough
        and _aligned(granted, other.segments[:-1], below=False)
        and _begun(granted.key_pattern(), other)
    )


def breaks_off(granted: PathTemplate, other: PathTemplate) -> bool:
    """Whether a listing below the paths of one template can end in the middle of a path of the other."""
    deeper = len(other.segments) > len(granted.segments) and begin_alike(granted, other)
    return (
        deeper
        and _aligned(granted, other.segments[:-1], below=False)
        and _broken_off(granted.key_pattern(), other)
    )


def leftover(allowed: Iterable[str], wanted: Formula, denied: Iterable[str]) -> str | None:
    """Return a wanted text that these patterns allow and none of those denies; raise Undecided."""
    allows, denies = (Or(tuple(map(pattern, patterns))) for patterns in (allowed, denied))
    return member(And((allows, wanted, Not(denies))))


def _met(key_pattern: str, wanted: Formula) -> str | None:
    """Return a text of both, of which there are very many pairs to ask about; raise Undecided."""
    return member(And((pattern(key_pattern), wanted)), _PAIR_BUDGET)


def begin_alike(a: Template, b: Template) -> bool:
    """Whether the literal beginning of one is a beginning of the other's."""
    return a.literal_head.startswith(b.literal_head) or b.literal_head.startswith(a.literal_head)


@lru_cache(maxsize=65_536)
def common_key(key_pattern: str, keys: Template) -> str | None:
    """A key of the template that the pattern matches, or None; the pattern where that is not settled."""
    try:
        return _met(key_pattern, keys_of(keys))
    except Undecided:
        return key_pattern


@lru_cache(maxsize=65_536)
def _begun(key_pattern: str, keys: Template) -> bool:
    return _settled(lambda: _met(key_pattern, beginnings(keys)))


@lru_cache(maxsize=65_536)
def _broken_off(key_pattern: str, path: PathTemplate) -> bool:
    return _settled(lambda: _met(key_pattern, unfinished(path)))


def _settled(found: Callable[[], str | None]) -> bool:
    try:
        return found() is not None
    except Undecided:
        return True


def _aligned(granted: Template, segments: Sequence[Segment], *, below: bool) -> bool:
    """Whether the segments of a template, stars in them, can stand among these in their order.

    Each takes one of these or more, and begins where one begins; `below` says that anything may follow.
    """
    left = iter(segments)
    return all(any(_begins_alike(segment, other) for other in left) or below for segment in granted.segments)


def _begins_alike(segment: Segment, other: Segment) -> bool:
    if segment.literal is not None:
        same = segment.literal == other.literal
        return same if other.literal is not None else segments_overlap(segment, other) is not None
    ours, theirs = segment.items[0], other.items[0]
    if not isinstance(ours, Literal):
        return True
    if not isinstance(theirs, Literal):
        return theirs.type.hull[0].chars.contains(ours.text[0])
    return ours.text.startswith(theirs.text) or theirs.text.startswith(ours.text)


def _end_alike(a: Template, b: Template) -> bool:
    """Whether the literal end of one is an end of the other's; anything may end a key below a path."""
    if a.ending or b.ending:
        return True
    return a.literal_tail.endswith(b.literal_tail) or b.literal_tail.endswith(a.literal_tail)
