"""What is known of a bucket from earlier runs, page by page, and what this run learns of it.

A page is held against what was known of its range. What is as it was, and of which the same rules found
nothing for as long as it stays so, needs no second look. Of the rest is known what an unchanged row proves.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, TypeAlias

import pyarrow as pa
import pyarrow.compute as pc

from audits.ledger.columns import LISTED
from audits.ledger.identity import BucketIdentity
from audits.ledger.ledger import Ledger
from audits.ledger.manifest import UploadsSeen
from audits.ledger.spans import Span
from audits.ledger.writing import Writer
from audits.object_facts import Home
from audits.objects.known import KnownObject, Thing
from audits.objects.lasting import KEPT, moment, still
from audits.objects.row_columns import ASKED, VERDICT, Alike, Values, answered, facts_of, listed
from audits.objects.visits import AnyPage
from bucketwright.objects.keeping import UNCHANGED, Terms
from bucketwright.objects.space import Uploads
from bucketwright.s3.wire.rows import Marker, Row

_SINCE: Final = "restoring_since"
_MORE: Final = (*ASKED, *VERDICT, _SINCE)
_SAME: Final = tuple(name for name in UNCHANGED if name not in {"key", "version_id"})
Identity: TypeAlias = tuple[str, str]
"""A key and a version."""


@dataclass(frozen=True, slots=True)
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

    def visit(self, page: AnyPage) -> "Revisit":
        """What is to be done of a page."""
        if self.asks_all and not any(_is_restoring(row) for row in page.rows):
            return Revisit(self, page, tuple(page.rows))
        rows: list[tuple[object, ...]] = [row if type(row) is Row else _tuple(row) for row in page.rows]
        found = self.ledger.compared(self.bucket, (page.low, page.high), rows, _MORE)
        known = found.known
        if self.asks_all:
            return Revisit(self, page, tuple(page.rows), {}, (), _waits(known))
        settled = self._settled(known)
        gone = tuple(_identity(known, number) for number in found.gone)
        keys = {page.rows[number].key for number in found.fresh} | {key for key, _ in gone}
        if len(settled) != sum(settled):
            where = zip(page.rows, found.places, strict=True)
            keys |= {row.key for row, place in where if place is not None and not settled[place]}
        if not keys:
            return Revisit(self, page, (), {}, gone)
        again = [(row, place) for row, place in zip(page.rows, found.places, strict=True) if row.key in keys]
        places = pa.array([place for _, place in again if place is not None], pa.int64())
        before = {_of(values): values for values in known.take(places).to_pylist()}
        return Revisit(self, page, tuple(row for row, _ in again), before, gone, before)

    def uploads(self, told: Uploads) -> None:
        """Kept once the run is finished."""
        self.writer.uploads = UploadsSeen(self.terms.now, told.count, told.size, told.unsized)

    def _settled(self, known: pa.Table) -> list[bool]:
        """Of which rows nothing is to be said, whatever can have changed that no list shows."""
        same = pc.equal(known["judged_by"], self.judged_by)
        lasting = pc.greater(known["clean_until"], pa.scalar(self.terms.now, pa.timestamp("us", tz="UTC")))
        found: list[bool] = pc.fill_null(pc.and_(same, lasting), fill_value=False).to_pylist()
        return found


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
        read_at, terms = before["head_read_at"], self.memory.terms
        if isinstance(read_at, datetime) and terms.trusts(moment(one.row.modified), read_at):
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
        fresh = answered(one, self.memory.home, self.memory.alike) if isinstance(one, KnownObject) else {}
        asked: Values = {**{name: before[name] for name in ASKED if name in before}, **fresh}
        until = None if _is_unproved(one, fresh) else self._clean_until(one, asked.get("head_read_at"))
        was = self.before.get((one.row.key, one.row.version))
        if was is not None and not fresh and until is None and self._is_as_kept(one, was):
            return None
        judged_by = None if until is None else self.memory.judged_by
        since = {_SINCE: one[_SINCE]} if _is_restoring(one.row) else {}
        return {**listed(one), **asked, **since, "judged_by": judged_by, "clean_until": until}

    def _clean_until(self, one: Thing, read_at: object) -> datetime | None:
        """Until when there will be nothing to say of it."""
        terms = self.memory.terms
        if not one.lasts:
            return None
        if not isinstance(read_at, datetime):
            return terms.now + terms.longest
        proves = replace(terms, now=read_at).trusts(moment(one.row.modified), read_at)
        return read_at + terms.longest if proves else None

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


def _waits(known: pa.Table) -> dict[Identity, Values]:
    """Those that were being restored: seldom any."""
    waiting = known.filter(pc.is_valid(known[_SINCE]))
    return {_of(values): values for values in waiting.to_pylist()}


def _tuple(row: Row | Marker) -> tuple[object, ...]:
    """As LISTED has it."""
    if isinstance(row, Row):
        return row
    return (row.key, None, row.modified, None, None, row.owner, None, None, row.version, row.is_latest)


def _identity(known: pa.Table, number: int) -> Identity:
    return known["key"][number].as_py(), known["version_id"][number].as_py()


def _of(values: Values) -> Identity:
    return str(values["key"]), str(values["version_id"])
