"""Which rows of a page are as they were, which are new or changed, and what is gone?

Both sides are sorted by key, and most rows are alike: whole columns are compared first, and only what differs
is looked at row by row.
"""

from collections.abc import Mapping, Sequence
from itertools import compress, count, islice
from operator import ne
from typing import Final, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from audits.ledger.columns import IDENTITY, LISTED

_MOST_STEPS: Final = 64
"""So many new and vanished keys of a page are found one by one; with more, all its rows are looked up."""
_KEY, _VERSION = LISTED.index("key"), LISTED.index("version_id")
Places = Sequence[int | None]


class Known(NamedTuple):
    """The rows of a range."""

    table: pa.Table
    same: Mapping[str, object]
    """Columns that hold one value in all rows."""


class Compared(NamedTuple):
    """A page of a list, held against what was known of its range."""

    fresh: list[int]
    """Which rows of the page are new, or otherwise in anything that a list says."""
    gone: list[int]
    """Which rows of the table are no longer there."""
    places: Places
    """Where each row of the page stands in the table, changed or not; None where it is new."""
    known: pa.Table
    """The table: what was known."""


def compared(known: Known, rows: Sequence[tuple[object, ...]]) -> Compared:
    """The rows of a page, as `LISTED` has them, against what was known of the same range."""
    if not rows or not known.table.num_rows:
        new: Places = [None] * len(rows)
        return Compared(list(range(len(rows))), list(range(known.table.num_rows)), new, known.table)
    listed = tuple(zip(*rows, strict=True))
    places = _places(known, listed)
    return Compared(_fresh(known, listed, places), _gone(known, places), places, known.table)


def same_values(table: pa.Table, names: Sequence[str]) -> dict[str, object]:
    """The columns that hold one value in all rows."""
    found: dict[str, object] = {}
    for name in names if table.num_rows else ():
        column = table[name]
        empty = column.null_count
        if empty == len(column) or (not empty and pc.all(pc.equal(column, column[0])).as_py()):
            found[name] = column[0].as_py()
    return found


def _places(known: Known, listed: Sequence[tuple[object, ...]]) -> Places:
    there: list[str] = known.table["key"].to_pylist()
    if listed[_VERSION].count("") == len(listed[_VERSION]) and known.same.get("version_id") == "":
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


def _fresh(known: Known, listed: Sequence[tuple[object, ...]], places: Places) -> list[int]:
    """Which rows are new, or differ from those in their places."""
    found = set() if isinstance(places, range) else {n for n, place in enumerate(places) if place is None}
    for column, name in zip(listed, LISTED, strict=True):
        if name in IDENTITY:
            continue
        if name in known.same:
            same = known.same[name]
            if column.count(same) < len(column):
                found.update(number for number, value in enumerate(column) if value != same)
            continue
        before: list[object] = known.table[name].to_pylist()
        if not isinstance(places, range):
            before = [None if place is None else before[place] for place in places]
        if before != list(column):
            found.update(compress(count(), map(ne, before, column)))
    return sorted(found)
