"""Which rows of a page are as they were, which are new or changed, and what is gone?

Both sides are sorted by key, and most rows are alike: whole columns are compared first, and only what differs
is looked at row by row.
"""

from collections.abc import Iterable, Sequence
from itertools import compress, count, islice, repeat
from operator import ne
from typing import Final, NamedTuple

from audits.ledger.columns import IDENTITY, LISTED
from audits.ledger.known import Known
from bucketwright.objects.keeping import UNCHANGED

_MOST_STEPS: Final = 64
"""So many new and vanished keys of a page are found one by one; with more, all its rows are looked up."""
_KEY, _VERSION = LISTED.index("key"), LISTED.index("version_id")
_CONTENT: Final = frozenset(UNCHANGED).difference(IDENTITY)
_TOLD: Final = tuple((place, name) for place, name in enumerate(LISTED) if name not in IDENTITY)
Places = Sequence[int | None]
Listed = Sequence[Sequence[object]]


class Compared(NamedTuple):
    """A page of a list, held against what was known of its range."""

    fresh: list[int]
    """Which rows of the page are new, or otherwise in anything that a list says."""
    rewritten: frozenset[int]
    """Which of these have another content than was known."""
    gone: list[int]
    """Which rows of the table are no longer there."""
    places: Places
    """Where each row of the page stands in the table, changed or not; None where it is new."""
    known: Known
    """What was known."""


def compared(known: Known, listed: Listed) -> Compared:
    """The columns of a page, as `LISTED` has them, against what was known of the same range."""
    count, there = len(listed[_KEY]), known.table.num_rows
    if not count or not there:
        return Compared(list(range(count)), frozenset(), list(range(there)), [None] * count, known)
    places = _places(known, listed)
    fresh, rewritten = _fresh(known, listed, places)
    return Compared(fresh, rewritten, _gone(known, places), places, known)


def _are(column: Sequence[object], value: object) -> bool:
    return tuple(column) == (value,) * len(column)


def _places(known: Known, listed: Listed) -> Places:
    there: list[str] = known.table["key"].to_pylist()
    if known.same.get("version_id") == "" and _are(listed[_VERSION], ""):
        places = _walked(list(listed[_KEY]), there)
        if places is not None:
            return places
    ids = zip(there, known.table["version_id"].to_pylist(), strict=True)
    where: dict[object, int] = {one: number for number, one in enumerate(ids)}
    return [where.get(one) for one in zip(listed[_KEY], listed[_VERSION], strict=True)]


def _walked(keys: list[object], there: list[str]) -> Places | None:
    """Where each key stands among those that were there, both being sorted; None where too much differs."""
    if keys == there:
        return range(len(keys))
    was: list[object] = list(there)
    places: list[int | None] = list(range(len(was)))
    at = 0
    for _ in range(_MOST_STEPS):
        pairs = map(ne, islice(keys, at, None), islice(was, at, None))
        at = next(compress(count(at), pairs), min(len(keys), len(was)))
        if at == len(keys):
            return places[:at]
        if at == len(was):
            return places + [None] * (len(keys) - at)
        if str(keys[at]) < str(was[at]):
            was.insert(at, keys[at])
            places.insert(at, None)
        else:
            del was[at], places[at]
    return None


def _gone(known: Known, places: Places) -> list[int]:
    if isinstance(places, range):
        return []
    standing = set(places)
    return [number for number in range(known.table.num_rows) if number not in standing]


def _fresh(known: Known, listed: Listed, places: Places) -> tuple[list[int], frozenset[int]]:
    """Which rows are new, or differ from those in their places; and which of these in their content."""
    found = set() if isinstance(places, range) else {n for n, place in enumerate(places) if place is None}
    new, rewritten = frozenset(found), set[int]()
    for number, name in _TOLD:
        differ = set(_differing(known, name, listed[number], places))
        found |= differ
        if name in _CONTENT:
            rewritten |= differ
    return sorted(found), frozenset(rewritten - new)


def _differing(known: Known, name: str, column: Sequence[object], places: Places) -> Iterable[int]:
    if name in known.same:
        same = known.same[name]
        return () if _are(column, same) else compress(count(), map(ne, column, repeat(same)))
    before: list[object] = known.table[name].to_pylist()
    if not isinstance(places, range):
        before = [None if place is None else before[place] for place in places]
    return compress(count(), map(ne, column, before))
