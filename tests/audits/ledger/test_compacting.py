"""Parts are put together when they are many, and nothing is lost by it, whenever it breaks off."""

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from unittest.mock import patch

import pytest

from audits.ledger import LedgerError, Span, compacting, parts, writing
from audits.ledger.compacting import MOST_CHANGES, compact, worth_merging
from audits.ledger.known import APART
from audits.ledger.manifest import Manifest, Part
from audits.ledger.parts import PartReader
from audits.ledger.reading import Reading
from audits.ledger.shelf import SETTLED, Shelf, utc_now
from audits.ledger.spans import EVERYTHING
from audits.ledger.stores import Folder
from audits.ledger.verifying import verified
from audits.ledger.view import View
from tests.audits.ledger.rows import BUCKET, columns_of, day, keep, opened, row, scanned

KEYS = [f"k{number:03}" for number in range(200)]
LATER = utc_now() + 3 * SETTLED


def one_changed(folder: Path, number: int) -> None:
    """A run that finds one key otherwise, one gone and one new."""
    with opened(folder) as ledger, ledger.writing(BUCKET, f"run{number}") as writer:
        changed = [row(KEYS[number], etag="2"), row(f"new{number}")]
        writer.add(Span("", None, day(number)), columns_of(changed), [(KEYS[-number], "")])


def parts_of(folder: Path) -> tuple[Part, ...]:
    """Those that count."""
    return Shelf(Folder(folder), BUCKET).manifest().parts


def expected(runs: int) -> list[tuple[object, ...]]:
    """What there is after so many runs."""
    state = dict.fromkeys(KEYS, "1")
    for number in range(1, runs):
        state |= {KEYS[number]: "2", f"new{number}": "1"}
        state.pop(KEYS[-number])
    return sorted((key, "", etag) for key, etag in state.items())


def test_changes_are_put_together_when_they_are_many(tmp_path: Path) -> None:
    """There are never more than a few, and all rows are as they were told."""
    runs = 2 * MOST_CHANGES + 3
    with opened(tmp_path) as ledger:
        keep(ledger, "first", map(row, KEYS))
    for number in range(1, runs):
        one_changed(tmp_path, number)
        assert len(parts_of(tmp_path)) <= MOST_CHANGES + 2

    with opened(tmp_path) as ledger:
        assert scanned(ledger) == expected(runs)
        assert ledger.manifest(BUCKET).is_complete
    assert [one for one in verified(Folder(tmp_path)) if one.trouble] == []


def test_many_changes_are_put_in_their_place(tmp_path: Path) -> None:
    """One part is left, which holds all there is, and nothing of what is gone."""
    with opened(tmp_path) as ledger:
        keep(ledger, "first", map(row, KEYS[:4]))
    one_changed(tmp_path, 1)

    [part] = parts_of(tmp_path)

    assert part.whole == (EVERYTHING,)
    assert (part.rows, part.gone) == (5, 0)


def test_a_first_run_may_tell_only_changes(tmp_path: Path) -> None:
    """What is new to an empty ledger is all there is."""
    with opened(tmp_path) as ledger:
        with ledger.writing(BUCKET, "first") as writer:
            writer.add(Span("", "k1", day(0)), columns_of([row("a")]))
            writer.flush()
            writer.add(Span("k1", None, day(0)), columns_of([row("z")]))

        assert ledger.manifest(BUCKET).is_complete
        assert [part.whole for part in ledger.manifest(BUCKET).parts] == [(EVERYTHING,)]


def test_few_rows_are_held_at_once(tmp_path: Path) -> None:
    """No more than one group of each part, also where the largest has few of the keys of the others."""
    several = (KEYS[:100:10] + KEYS[110:], KEYS[1:100:2], KEYS[2:100:2])
    with (
        patch.object(parts, "GROUP_ROWS", 10),
        patch.object(compacting, "worth_merging", lambda _: ()),
        opened(tmp_path) as ledger,
    ):
        for number, keys in enumerate(several):
            with ledger.writing(BUCKET, f"run{number}") as writer:
                writer.add(Span("", None, day(number)), columns_of(map(row, keys)))
    reading = Reading(PartReader(Folder(tmp_path)), BUCKET.folder, View(parts_of(tmp_path)))

    held = [reading.rows(step, APART)["key"].to_pylist() for step in reading.steps()]

    assert [key for keys in held for key in keys] == sorted({key for keys in several for key in keys})
    assert max(map(len, held)) <= 10 * len(several)


@pytest.mark.parametrize("at", [0, 1, 2, 3], ids="write {}".format)
def test_a_compaction_that_breaks_off_loses_nothing(tmp_path: Path, at: int) -> None:
    """Whichever of its writes fails; the next one ends it."""
    with opened(tmp_path) as ledger:
        keep(ledger, "first", map(row, KEYS[:6]))
    with patch.object(compacting, "worth_merging", lambda _: ()):
        one_changed(tmp_path, 1)
    before = parts_of(tmp_path)
    shelf = Shelf(_Failing(tmp_path, [None] * at), BUCKET)

    with pytest.raises(LedgerError, match="no space"):
        compact(shelf, PartReader(shelf.store))

    assert [one for one in verified(Folder(tmp_path)) if one.trouble] == []
    with opened(tmp_path) as ledger:
        kept = scanned(ledger)
        assert parts_of(tmp_path) == before or len(parts_of(tmp_path)) == 1
        compact(Shelf(Folder(tmp_path), BUCKET), PartReader(Folder(tmp_path)))
        assert scanned(ledger) == kept
        assert len(parts_of(tmp_path)) == 1


@dataclass(frozen=True)
class _Failing(Folder):
    """A folder that cannot be written to after so many writes."""

    left: list[None]

    def _count(self) -> None:
        if not self.left:
            raise LedgerError("no space")
        self.left.pop()

    def draft(self) -> Path:
        self._count()
        return super().draft()

    def publish(self, draft: Path, name: str) -> None:
        self._count()
        super().publish(draft, name)

    def replace(self, name: str, content: bytes, before: str | None) -> str | None:
        self._count()
        return super().replace(name, content, before)


def test_nothing_is_put_together_while_another_run_goes_on(tmp_path: Path) -> None:
    """It goes by what is there."""
    with opened(tmp_path) as ledger, opened(tmp_path) as other:
        keep(ledger, "first", map(row, KEYS[:6]))
        going_on = other.writing(BUCKET, "other")
        one_changed(tmp_path, 1)

        assert len(parts_of(tmp_path)) == 2
        going_on.close()
        assert len(parts_of(tmp_path)) == 1


def test_a_long_run_keeps_its_journal_short(tmp_path: Path) -> None:
    """What it wrote is put together while it goes on, and known as before."""
    longest = 0
    with (
        patch.object(writing, "MOST_SMALL", 4),
        patch.object(writing, "PART_ROWS", 2),
        opened(tmp_path) as ledger,
        ledger.writing(BUCKET, "long") as writer,
    ):
        for low, high in pairwise(["", *KEYS]):
            writer.replace(Span(low, high, day(0)), columns_of([row(high)]))
            [journal] = [one.journal for one in Shelf(ledger.store, BUCKET).unfinished()]
            longest = max(longest, len(journal.parts))

        assert ledger.known(BUCKET, columns=["key"])["key"].to_pylist() == KEYS[: len(KEYS) // 2 * 2]
    with opened(tmp_path) as ledger:
        assert scanned(ledger, ("key",)) == [(key,) for key in KEYS]
    assert longest < 40


def test_a_run_that_ended_is_over(tmp_path: Path) -> None:
    """Also where its journal is left, because it was killed when all was said."""
    with opened(tmp_path) as ledger:
        with patch.object(Shelf, "drop_journal"):
            keep(ledger, "first", map(row, KEYS[:6]))

        assert Shelf(ledger.store, BUCKET).unfinished() == ()
        with pytest.raises(LedgerError, match="run first of files is finished; begin one of another name"):
            ledger.writing(BUCKET, "first")
        keep(ledger, "second", map(row, KEYS[:3]), 1)
        assert len(scanned(ledger)) == 3


def test_one_run_is_written_by_one_process(tmp_path: Path) -> None:
    """The second that writes under its name is refused, and the first goes on."""
    with opened(tmp_path) as ledger, opened(tmp_path) as other:
        first, second = ledger.writing(BUCKET, "run"), other.writing(BUCKET, "run")
        second.add(Span("", None, day(0)), columns_of([row("b")]))
        second.flush()
        first.add(Span("", None, day(0)), columns_of([row("a")]))
        with pytest.raises(LedgerError, match="another process wrote or ended run run of files"):
            first.flush()
        second.close()

        assert scanned(ledger) == [("b", "", "1")]


@pytest.mark.parametrize("run", ["", "../up", "a b", "-a", "x" * 200, "a\x00"], ids=repr)
def test_a_run_is_called_by_a_plain_name(tmp_path: Path, run: str) -> None:
    """Its journal is a file of that name."""
    with opened(tmp_path) as ledger, pytest.raises(LedgerError, match="is no name of a run"):
        ledger.writing(BUCKET, run)


def test_a_run_of_which_nothing_is_heard_any_more_is_ended(tmp_path: Path) -> None:
    """What it wrote counts, for it is true."""
    with opened(tmp_path) as ledger:
        keep(ledger, "first", map(row, KEYS[:6]))
        killed = ledger.writing(BUCKET, "killed")
        killed.add(Span("", None, day(1)), columns_of([row("new")]))
        killed.flush()
        compact(Shelf(ledger.store, BUCKET), PartReader(ledger.store), utc_now() + SETTLED / 2)
        assert ("new", "", "1") not in scanned(ledger)

        compact(Shelf(ledger.store, BUCKET), PartReader(ledger.store), LATER)

        assert ("new", "", "1") in scanned(ledger)
        assert Shelf(ledger.store, BUCKET).unfinished() == ()
        with pytest.raises(LedgerError, match="wrote or ended run killed of files; begin another"):
            killed.close()


def test_files_that_nobody_names_go_after_a_while(tmp_path: Path) -> None:
    """Not at once: a run may be about to name them, or still be reading them."""
    store = Folder(tmp_path)
    with opened(tmp_path) as ledger:
        keep(ledger, "first", map(row, KEYS[:6]))
        keep(ledger, "second", map(row, KEYS[:3]), 1)
    draft, unnamed = store.draft(), store.draft()
    draft.write_bytes(b"half")
    store.publish(unnamed, f"{BUCKET.folder}/parts/unnamed.parquet")
    shelf = Shelf(store, BUCKET)
    there = {one.name for one in (*store.entries(), *store.drafts())}

    assert shelf.clean(utc_now()) == 0
    assert {one.name for one in (*store.entries(), *store.drafts())} == there
    assert shelf.clean(LATER) == 3
    [left] = parts_of(tmp_path)
    names = {one.name.rpartition("/")[2] for one in (*store.entries(), *store.drafts())}
    assert names == {"manifest.json", left.name}
    assert shelf.manifest().retired == ()


def part(name: str, rows: int, *, whole: int = 0) -> Part:
    """A part of so many rows, which holds all of so many ranges."""
    spans = tuple((f"{number}a", f"{number}b") for number in range(whole))
    return Part(f"{name}.parquet", rows, 0, 1, "", "a", "z", day(0), day(0), spans)


@pytest.mark.parametrize(
    ("several", "chosen"),
    [
        ([part("a", 1_000, whole=1)], ""),
        ([part("a", 1_000, whole=1), part("b", 10)], ""),
        ([part("a", 1_000, whole=1), part("b", 250)], "ab"),
        ([part("a", 1_000, whole=1), *(part(f"b{number}", 9) for number in range(9))], "b"),
        ([part("a", 1_000, whole=33), part("b", 1_000, whole=1)], "ab"),
        ([part("a", 10**6, whole=33), part("b", 10, whole=1)], ""),
        ([part("a", 1_000)], ""),
    ],
    ids=[
        "one part",
        "little changed",
        "a quarter changed",
        "many small changes",
        "scattered",
        "large ranges",
        "only changes",
    ],
)
def test_what_is_worth_the_work(several: list[Part], chosen: str) -> None:
    """All parts, those that say what changed, or none."""
    found = {one.name[0] for one in worth_merging(Manifest(BUCKET, tuple(several)))}

    assert found == set(chosen)


def test_old_parts_stay_for_who_still_reads_them(tmp_path: Path) -> None:
    """A scan that began before goes to its end."""
    with patch.object(parts, "GROUP_ROWS", 50), opened(tmp_path) as ledger:
        keep(ledger, "first", map(row, KEYS))
        going_on = ledger.scan(BUCKET, ["key"])
        seen = next(going_on)["key"].to_pylist()
        keep(ledger, "second", map(row, KEYS[:2]), 1)

        assert [*seen, *(key for batch in going_on for key in batch["key"].to_pylist())] == KEYS
        assert len(seen) == 50
