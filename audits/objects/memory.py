"""What is known of a bucket from earlier runs, page by page, and what this run learns of it.

A page is held against what was known of its range. What is as it was, and of which the same rules found
nothing for as long as it stays so, needs no second look. Of the rest is known what an unchanged row proves.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, TypeAlias

import pyarrow as pa
import pyarrow.compute as pc

from audits.ledger.columns import LISTED
from audits.ledger.comparing import Compared
from audits.ledger.identity import BucketIdentity
from audits.ledger.known import Known
from audits.ledger.ledger import Ledger
from audits.ledger.manifest import UploadsSeen
from audits.ledger.spans import Span
from audits.ledger.writing import Writer
from audits.object_facts import Home
from audits.objects.known import KnownObject, Thing
from audits.objects.lasting import KEPT, moment, still
from audits.objects.row_columns import ASKED, VERDICT, Alike, Values, answered, facts_of, listed
from audits.objects.visits import AnyPage
from bucketwright.objects.keeping import UNCHANGED, Terms, is_in_parts
from bucketwright.objects.unfinished import Uploads
from bucketwright.s3.wire.rows import Marker, Row, Rows

_SINCE: Final = "restoring_since"
_MOMENT: Final = pa.timestamp("us", tz="UTC")
_ALL: Final = (*LISTED, *ASKED, *VERDICT, _SINCE)
_SAME: Final = tuple(name for name in UNCHANGED if name not in {"key", "version_id"})
Identity: TypeAlias = tuple[str, str]
"""A key and a version."""


@dataclass(slots=True)
class Memory:
    """A ledger, as far as it is about one bucket in one run."""

    ledger: Ledger
    bucket: BucketIdentity
    writer: Writer
    home: Home
    terms: Terms
    judged_by: str
    asks_all: bool
    """Whether everything is asked again, whatever is known."""
    alike: Alike = field(default_factory=dict)
    shows_tags: bool = False
    """Whether headers that count no tags say that there are none."""

    @property
    def needs_tags_shown(self) -> bool:
        """Whether that can become so."""
        return self.terms.counts_tags and not self.shows_tags

    def show_tags(self) -> None:
        """Whoever asks may read tags."""
        self.shows_tags = self.terms.counts_tags

    def visit(self, page: AnyPage) -> "Revisit":
        """What is to be done of a page."""
        if self.asks_all:
            waits = self._waits(page) if any(map(_is_restoring, page.rows)) else {}
            return Revisit(self, page, tuple(page.rows), {}, (), waits)
        found = self.ledger.compared(self.bucket, (page.low, page.high), _columns(page.rows), VERDICT)
        gone = _ids(found.known.table, found.gone)
        numbers = self._again(page, found, {key for key, _ in gone})
        before = self._before(page, found, numbers)
        return Revisit(self, page, [page.rows[number] for number in numbers], before, gone, before)

    def uploads(self, told: Uploads) -> None:
        """Kept once the run is finished."""
        self.writer.uploads = UploadsSeen(self.terms.now, told.count, told.size, told.unsized)

    def _again(self, page: AnyPage, found: Compared, gone: set[str]) -> Sequence[int]:
        """Which rows have to be judged: all of a key of which anything is otherwise, or not settled."""
        numbers = found.fresh
        unsettled = self._unsettled(found.known)
        if unsettled:
            places = enumerate(found.places)
            numbers = sorted({*numbers, *(number for number, place in places if place in unsettled)})
        rows = page.rows
        if not rows or not rows[0].version:
            return numbers
        keys = gone | {rows[number].key for number in numbers}
        return [number for number, row in enumerate(rows) if row.key in keys] if keys else ()

    def _unsettled(self, known: Known) -> set[int]:
        """Of which rows something may have to be said, as far as nothing changed that a list shows."""
        is_ours = known.same.get("judged_by") == self.judged_by
        if not known.table.num_rows or (is_ours and self._lasts(known)):
            return set()
        table = known.whole(VERDICT)
        lasting = pc.and_(pc.equal(table["judged_by"], self.judged_by), self._last(table["clean_until"]))
        settled: list[bool] = pc.fill_null(lasting, fill_value=False).to_pylist()
        return {place for place, is_settled in enumerate(settled) if not is_settled}

    def _lasts(self, known: Known) -> bool:
        """Whether what is said of these rows lasts, of each of them."""
        if "clean_until" in known.same:
            until = known.same["clean_until"]
            return isinstance(until, datetime) and self.terms.lasts(until)
        lasting = self._last(known.table["clean_until"].chunk(0))
        return bool(lasting.true_count == len(lasting))

    def _last(self, until: pa.Array | pa.ChunkedArray) -> pa.BooleanArray:
        """Of each time whether what is said until then is said now."""
        now, latest = (pa.scalar(one, _MOMENT) for one in (self.terms.now, self.terms.latest))
        return pc.and_(pc.greater(until, now), pc.less_equal(until, latest))

    def _before(self, page: AnyPage, found: Compared, numbers: Iterable[int]) -> dict[Identity, Values]:
        """All that is kept of some rows, as far as they have the content that was known."""
        places = [found.places[number] for number in numbers if number not in found.rewritten]
        there = [place for place in places if place is not None]
        if not there:
            return {}
        known = self._known(page)
        return {_of(values): values for values in known.take(pa.array(there, pa.int64())).to_pylist()}

    def _waits(self, page: AnyPage) -> dict[Identity, Values]:
        """Those that were being restored: seldom any."""
        known = self._known(page)
        return {_of(values): values for values in known.filter(pc.is_valid(known[_SINCE])).to_pylist()}

    def _known(self, page: AnyPage) -> pa.Table:
        """All that is kept of what lies in the range of a page."""
        return self.ledger.known(self.bucket, page.low, page.high, _ALL)


@dataclass(slots=True)
class Revisit:
    """One page of a list, until all of it is judged."""

    memory: Memory
    page: AnyPage
    rows: Sequence[Row | Marker]
    """Those that have to be judged."""
    before: dict[Identity, Values] = field(default_factory=dict)
    gone: tuple[Identity, ...] = ()
    waits: dict[Identity, Values] = field(default_factory=dict)
    """What was known of those that were being restored."""
    judged: list[Thing] = field(default_factory=list)
    open: int = 1
    """How much of it is still to be done."""

    def recall(self, one: Thing) -> None:
        """Let it be known of an object what its row proves."""
        self.judged.append(one)
        if _is_restoring(one.row):
            one[_SINCE] = self._since(one)
        before = self._before(one)
        if before is None or not isinstance(one, KnownObject):
            return
        read_at, terms, row = before["head_read_at"], self.memory.terms, one.row
        in_parts = is_in_parts(row.etag, row.version)
        if isinstance(read_at, datetime) and terms.trusts(moment(row.modified), read_at, in_parts=in_parts):
            told = facts_of(before, self.memory.home)
            stays = terms.keeps_encryption(told)
            one.update({fact: still(fact, told[fact], stays=stays) for fact in KEPT if fact in one})

    def begun(self) -> None:
        """One more thing is to be done of it."""
        self.open += 1

    def done(self) -> None:
        """One thing is done; with the last all of it is written down."""
        self.open -= 1
        if self.open:
            return
        memory, page = self.memory, self.page
        span = Span(page.low, page.high, memory.terms.now)
        told = [values for one in self.judged if (values := self._learned(one)) is not None]
        names = {name for values in told for name in values}
        columns = {name: [values.get(name) for values in told] for name in names}
        if memory.asks_all:
            memory.writer.replace(span, columns)
        else:
            memory.writer.add(span, columns, self.gone)

    def _before(self, one: Thing) -> Values | None:
        """What was known of the very same content."""
        return _of_same(self.before, one)

    def _since(self, one: Thing) -> datetime:
        """When it was first seen being restored; S3 does not say since when it is."""
        before = _of_same(self.waits, one)
        since = None if before is None else before[_SINCE]
        return since if isinstance(since, datetime) else self.memory.terms.now

    def _learned(self, one: Thing) -> Values | None:
        """The row as it is to be kept; None where what is kept of it is as good."""
        if isinstance(one, KnownObject) and one.is_gone:
            return None
        before = self._before(one) or {}
        fresh = self._answered(one) if isinstance(one, KnownObject) else {}
        asked: Values = {**{name: before[name] for name in ASKED if name in before}, **fresh}
        until = None if _is_unproved(one, fresh) else self._clean_until(one, asked.get("head_read_at"))
        was = self.before.get((one.row.key, one.row.version))
        if was is not None and not fresh and until is None and self._is_as_kept(one, was):
            return None
        judged_by = None if until is None else self.memory.judged_by
        since = {_SINCE: one[_SINCE]} if _is_restoring(one.row) else {}
        return {**listed(one), **asked, **since, "judged_by": judged_by, "clean_until": until}

    def _answered(self, one: KnownObject) -> Values:
        memory = self.memory
        return answered(one, memory.home, memory.alike, shows_tags=memory.shows_tags)

    def _clean_until(self, one: Thing, read_at: object) -> datetime | None:
        """Until when there will be nothing to say of it."""
        terms = self.memory.terms
        if not one.lasts:
            return None
        if isinstance(one.row, Marker) or not isinstance(read_at, datetime):
            return terms.latest
        in_parts = is_in_parts(one.row.etag, one.row.version)
        is_settled = terms.settles(moment(one.row.modified), read_at, in_parts=in_parts)
        return read_at + terms.longest if is_settled else None

    @staticmethod
    def _is_as_kept(one: Thing, was: Values) -> bool:
        is_told = not _is_restoring(one.row) or was[_SINCE] is not None
        same = (was[name] == value for name, value in zip(LISTED, _tuple(one.row), strict=True))
        return is_told and was["clean_until"] is None and all(same)


def _of_same(several: Mapping[Identity, Values], one: Thing) -> Values | None:
    """The row of the very same content."""
    before = several.get((one.row.key, one.row.version))
    if before is None or isinstance(one.row, Marker):
        return None
    return before if all(before[name] == getattr(one.row, name) for name in _SAME) else None


def _is_unproved(one: Thing, fresh: Values) -> bool:
    """Whether it was judged by headers that cannot be kept: then no unchanged row stands for them."""
    return isinstance(one, KnownObject) and "head" in one.answers and "head_read_at" not in fresh


def _is_restoring(row: Row | Marker) -> bool:
    return isinstance(row, Row) and row.restoring


def _columns(rows: Sequence[Row | Marker]) -> Sequence[Sequence[object]]:
    """As LISTED has them."""
    if isinstance(rows, Rows):
        return rows.columns
    return tuple(zip(*map(_tuple, rows), strict=True)) or ((),) * len(LISTED)


def _tuple(row: Row | Marker) -> tuple[object, ...]:
    """As LISTED has it."""
    if isinstance(row, Row):
        return row
    return (row.key, None, row.modified, None, None, row.owner, None, None, row.version, row.is_latest)


def _ids(table: pa.Table, numbers: Iterable[int]) -> tuple[Identity, ...]:
    keys, versions = table["key"], table["version_id"]
    return tuple((keys[number].as_py(), versions[number].as_py()) for number in numbers)


def _of(values: Values) -> Identity:
    return str(values["key"]), str(values["version_id"])
