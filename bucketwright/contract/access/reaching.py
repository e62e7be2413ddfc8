"""Which keys of one template does the pattern of another reach, and which listings of one show another's?

`*` in IAM crosses slashes, so patterns meet where templates do not. Most questions are settled by the
literal segments, the rest by comparing letter for letter; what cannot be settled counts as reached.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from bucketwright.contract.keys import PathTemplate, Template
from bucketwright.contract.keys.overlap import segments_overlap
from bucketwright.contract.keys.segments import Segment
from bucketwright.iam.charset import Repeat
from bucketwright.iam.languages import And, Formula, Leaf, Not, Or, Undecided, member, pattern


def reaches(granted: Template, other: Template) -> bool:
    """Whether the pattern of one template matches a key of the other."""
    if not begin_alike(granted, other):
        return False
    starred = granted.ending or granted.variables
    if other.ending and starred and other.literal_head.startswith(granted.literal_head):
        return True
    aligned = _aligned(granted, other.segments, below=bool(other.ending))
    return aligned and common_key(granted.key_pattern(), other) is not None


def shows(granted: PathTemplate, other: Template) -> bool:
    """Whether a listing below the paths of one template can show keys of the other.

    What the pattern matches has as many slashes as the path, so keys of the other need as many.
    """
    if other.ending:
        return reaches(granted, other)
    deep_enough = len(other.segments) > len(granted.segments)
    return deep_enough and begin_alike(granted, other) and _begun(granted.key_pattern(), other)


def breaks_off(granted: PathTemplate, other: PathTemplate) -> bool:
    """Whether a listing below the paths of one template can end in the middle of a path of the other."""
    deeper = len(other.segments) > len(granted.segments)
    return deeper and begin_alike(granted, other) and _broken_off(granted, other)


def beginnings(tokens: Sequence[Repeat]) -> Or:
    """All texts with which texts of these tokens begin."""

    def up_to(at: int) -> Leaf:
        return Leaf((*tokens[:at], Repeat(tokens[at].chars, 0, tokens[at].high)))

    return Or(tuple(map(up_to, range(len(tokens)))))


def unfinished(path: PathTemplate) -> Or:
    """All texts with which paths of the template begin, the whole paths left out."""
    return beginnings(path.tokens()[:-2])


def leftover(allowed: Iterable[str], wanted: Formula, denied: Iterable[str]) -> str | None:
    """Return a wanted text that these patterns allow and none of those denies; raise Undecided."""
    allows, denies = (Or(tuple(map(pattern, patterns))) for patterns in (allowed, denied))
    return member(And((allows, wanted, Not(denies))))


def begin_alike(a: Template, b: Template) -> bool:
    """Whether the literal beginning of one is a beginning of the other's."""
    return a.literal_head.startswith(b.literal_head) or b.literal_head.startswith(a.literal_head)


@lru_cache(maxsize=65_536)
def common_key(key_pattern: str, keys: Template) -> str | None:
    """A key of the template that the pattern matches, or None; the pattern where that is not settled."""
    try:
        return leftover([key_pattern], Leaf(keys.tokens()), ())
    except Undecided:
        return key_pattern


@lru_cache(maxsize=65_536)
def _begun(key_pattern: str, keys: Template) -> bool:
    return _settled(lambda: leftover([key_pattern], beginnings(keys.tokens()), ()))


@lru_cache(maxsize=65_536)
def _broken_off(granted: PathTemplate, other: PathTemplate) -> bool:
    if not _aligned(granted, other.segments[:-1], below=False):
        return False
    return _settled(lambda: leftover([granted.key_pattern()], unfinished(other), ()))


def _settled(found: Callable[[], str | None]) -> bool:
    try:
        return found() is not None
    except Undecided:
        return True


def _aligned(granted: Template, segments: Sequence[Segment], *, below: bool) -> bool:
    """Whether the literal segments of a template can stand among these, in their order.

    They stand between slashes in whatever the pattern matches; `below` says that anything may follow.
    """
    left = iter(segments)
    for segment in granted.segments:
        if segment.literal is not None and not any(_alike(segment, other) for other in left):
            return below
    return True


def _alike(literal: Segment, other: Segment) -> bool:
    if other.literal is not None:
        return literal.literal == other.literal
    return segments_overlap(literal, other) is not None
