"""What holds of a row that several parts have? What was listed last; a row that is gone then is left out."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from audits.ledger.columns import GONE, IDENTITY

_FEW: Final = 8
"""So many times fewer rows are laid over others one by one; more are sorted with them."""


def merged(tables: Sequence[pa.Table]) -> pa.Table:
    """The rows of several sorted tables, `gone` ones too: one for each key and version, sorted."""
    largest, *others = sorted(tables, key=lambda one: one.num_rows, reverse=True)
    if not others:
        return largest
    rest = others[0] if len(others) == 1 else ordered(pa.concat_tables(others))
    if rest.num_rows * _FEW > largest.num_rows:
        return ordered(pa.concat_tables([largest, rest]))
    return _laid_over(largest, rest)


def standing(table: pa.Table) -> pa.Table:
    """Without those that are gone."""
    gone = table[GONE]
    return table.filter(pc.invert(gone)) if pc.any(gone).as_py() else table


def ordered(table: pa.Table) -> pa.Table:
    """Sorted, and of the rows with one key and version only what was listed last."""
    by = [*((name, "ascending") for name in IDENTITY), ("list_read_at", "descending")]
    table = table.combine_chunks()
    if not _is_ordered(table):
        table = table.take(pc.sort_indices(table, sort_keys=by))
    repeated = _same_as_before(table)
    return table.filter(pc.invert(repeated)) if pc.any(repeated).as_py() else table


def _is_ordered(table: pa.Table) -> bool:
    """Whether each key is greater than the one before: so are all pages of a list without versions."""
    if table.num_rows < 2:
        return True
    keys = table["key"]
    return bool(pc.all(pc.less(keys.slice(0, len(keys) - 1), keys.slice(1))).as_py())


def _same_as_before(table: pa.Table) -> pa.ChunkedArray | pa.Array:
    if table.num_rows < 2:
        return pa.array([False] * table.num_rows, pa.bool_())
    before, after = table.slice(0, table.num_rows - 1), table.slice(1)
    same = pc.and_(*(pc.equal(before[name], after[name]) for name in IDENTITY))
    return pa.chunked_array([pa.array([False]), *same.chunks])


def _laid_over(below: pa.Table, above: pa.Table) -> pa.Table:
    """A few rows put among many. Both are sorted; where both have a row, what was listed last stays."""
    taken = list(range(below.num_rows))
    places = zip(*(_places(below, above, side) for side in ("left", "right")), strict=True)
    versions: list[str] = above["version_id"].to_pylist()
    before, later = (table["list_read_at"].cast(pa.int64()).combine_chunks() for table in (below, above))
    for number, (start, end) in reversed(tuple(enumerate(places))):
        at, is_there = _version(below, (start, end), versions[number])
        if not is_there:
            taken.insert(at, below.num_rows + number)
        elif later[number].as_py() >= before[at].as_py():
            taken[at] = below.num_rows + number
    both = pa.concat_tables([below, above]).combine_chunks()
    return both.take(pa.array(taken, pa.int64()))


def _places(below: pa.Table, above: pa.Table, side: str) -> list[int]:
    """Before or behind which rows the keys belong."""
    found: list[int] = pc.search_sorted(
        below["key"].combine_chunks(), above["key"].combine_chunks(), side=side
    ).to_pylist()
    return found


def _version(table: pa.Table, among: tuple[int, int], version: str) -> tuple[int, bool]:
    """Where a version of a key stands among those that are there, or belongs."""
    start, end = among
    there: list[str] = table["version_id"].slice(start, end - start).to_pylist() if end > start else []
    at = bisect_left(there, version)
    return start + at, at < len(there) and there[at] == version
