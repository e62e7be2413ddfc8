"""Which prefixes does a bucket have, as far as its rules, its notifications and grants in it say these?"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import Final

from bucketwright.adopting.naming import unique
from bucketwright.adopting.paths import Shape, shape_from, shape_of, word_of
from bucketwright.contract.access.verbs import WHOLE_BUCKET
from bucketwright.contract.ids import nearest_id
from bucketwright.contract.keys.errors import TemplateError
from bucketwright.contract.keys.overlap import templates_overlap
from bucketwright.contract.keys.templates import Template

_MOST: Final = 200
"""Of so many prefixes each is held against each; of more, none."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What a rule says of the prefix it is about."""

    beginning: str
    """The literal text with which its keys begin."""
    hint: str = ""
    """What the rule calls it."""
    by_tag: bool = False
    """Whether a tag tells its objects from others that begin so, too."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that speaks of the prefixes of one bucket."""

    keys: Mapping[str, str] = field(default_factory=dict)
    """Patterns of keys, each with the id that a tag gives it, where one does."""
    listings: tuple[str, ...] = ()
    """Patterns below which is listed."""
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Laid:
    """One prefix that was found."""

    prefix_id: str
    shape: Shape
    paths: str
    """IAM's pattern of all below its paths."""
    keys: str
    """IAM's pattern of its keys."""
    beginning: str
    template: Template
    overlaps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """The prefixes of one bucket."""

    prefixes: tuple[Laid, ...] = ()
    marked: Mapping[Mark, str] = field(default_factory=dict)
    """Which prefix each mark is about; those are missing that fit none."""

    def ids_of(self, pattern: str) -> tuple[str, ...]:
        """The prefixes whose keys have a pattern; `*` for the whole bucket."""
        if pattern == WHOLE_BUCKET:
            return (WHOLE_BUCKET,)
        return tuple(one.prefix_id for one in self.prefixes if one.keys == pattern)

    def listed_by(self, pattern: str) -> tuple[str, ...]:
        """The prefixes below whose paths a pattern lists."""
        if pattern == WHOLE_BUCKET:
            return (WHOLE_BUCKET,)
        return tuple(one.prefix_id for one in self.prefixes if one.paths == pattern)


def layout(evidence: Evidence, environment: str) -> Layout:
    """Every prefix that something speaks of, under an id of its own."""
    found = list(_from_patterns(evidence, environment))
    marked: dict[Mark, int] = {}
    for mark in sorted(evidence.marks, key=lambda one: not one.hint):
        place = _place(mark, found)
        if place is None and not mark.by_tag:
            laid = _laid("", shape_from(mark.beginning, environment), environment)
            found += [laid] if laid else []
            place = len(found) - 1 if laid else None
        if place is not None:
            marked[mark] = place
            known = found[place]
            taken = {one.prefix_id for one in found}
            if not known.prefix_id and mark.hint:
                found[place] = replace(known, prefix_id=unique(mark.hint, taken))
    named = _overlapping(_all_named(found))
    return Layout(named, {mark: named[place].prefix_id for mark, place in marked.items()})


def _from_patterns(evidence: Evidence, environment: str) -> Iterator[Laid]:
    known: dict[str, Laid] = {}
    for pattern, prefix_id in evidence.keys.items():
        laid = _laid(prefix_id, shape_of(pattern, environment), environment)
        if laid is not None and laid.keys not in known:
            known[laid.keys] = laid
    paths = {one.paths for one in known.values()}
    for pattern in evidence.listings:
        laid = _laid("", shape_of(pattern, environment), environment)
        if laid is not None and laid.paths == pattern and pattern not in paths:
            known.setdefault(laid.keys, laid)
    return iter(known.values())


def _laid(prefix_id: str, shape: Shape | None, environment: str) -> Laid | None:
    if shape is None:
        return None
    try:
        path, keys = shape.bound(environment)
    except TemplateError:
        return None
    return Laid(prefix_id, shape, path.key_pattern(), keys.key_pattern(), path.literal_head, keys)


def _place(mark: Mark, found: list[Laid]) -> int | None:
    """The prefix a mark is about: of its id, else of its word, else the only one that begins so."""
    alike = [place for place, one in enumerate(found) if one.beginning == mark.beginning]
    called = [place for place in alike if mark.hint and found[place].prefix_id == mark.hint]
    if called:
        return called[0]
    free = [place for place in alike if not (mark.hint and found[place].prefix_id)]
    worded = [place for place in free if mark.hint and nearest_id(word_of(found[place].shape)) == mark.hint]
    if worded:
        return worded[0]
    if not mark.hint:
        return free[0] if free else None
    return free[0] if len(free) == 1 else None


def _all_named(found: Iterable[Laid]) -> tuple[Laid, ...]:
    """Those without an id are called as their paths end."""
    several = list(found)
    taken = {one.prefix_id for one in several} - {""}
    for place, one in enumerate(several):
        if not one.prefix_id:
            wanted = unique(nearest_id(word_of(one.shape)) or "files", taken)
            taken.add(wanted)
            several[place] = replace(one, prefix_id=wanted)
    return tuple(several)


def _overlapping(several: tuple[Laid, ...]) -> tuple[Laid, ...]:
    """Those that may hold the same keys say so: nothing that was found tells which has them."""
    if len(several) > _MOST:
        return several
    shared: dict[str, list[str]] = {}
    for one, other in combinations(several, 2):
        if templates_overlap(one.template, other.template) is not None:
            shared.setdefault(other.prefix_id, []).append(one.prefix_id)
    return tuple(replace(one, overlaps=tuple(shared.get(one.prefix_id, ()))) for one in several)
