"""A ledger knows what the runs told it: held against a dictionary, over generated runs."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audits.ledger import Span, compacting, comparing, parts
from audits.ledger.columns import IDENTITY, LISTED
from audits.ledger.ledger import Ledger
from audits.ledger.spans import EVERYTHING, Range
from tests.audits.ledger.rows import BUCKET, HOSTILE, Id, columns_of, day, opened, row, scanned

KEYS = sorted(HOSTILE)[::2]
IDS = [(key, version) for key in KEYS for version in ("", "null", "v1")]
STATES = st.dictionaries(st.sampled_from(IDS), st.sampled_from(["1", "2", "3"]), max_size=12)
CUTS = st.lists(st.sampled_from(KEYS), unique=True, max_size=3).map(sorted)


class Told(NamedTuple):
    """What one run finds, how it goes through the keys, and how it tells."""

    found: Mapping[Id, str]
    cuts: Sequence[str]
    is_whole: bool
    is_compacted: bool


RUNS = st.lists(st.builds(Told, STATES, CUTS, st.booleans(), st.booleans()), min_size=1, max_size=4)
QUICK = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def ranges(cuts: Sequence[str]) -> list[Range]:
    """The keys, cut there."""
    return list(zip(["", *cuts], [*cuts, None], strict=True))


def lies_in(one: Id, span: Range) -> bool:
    """Whether a row lies in a range."""
    return span[0] < one[0] and (span[1] is None or one[0] <= span[1])


def tell(ledger: Ledger, number: int, run: Told, before: Mapping[Id, str]) -> None:
    """Tell the ledger what a run finds, in full or only what changed."""
    with ledger.writing(BUCKET, f"run{number}") as writer:
        for span in reversed(ranges(run.cuts)):
            there = {one: etag for one, etag in run.found.items() if lies_in(one, span)}
            was = {one: etag for one, etag in before.items() if lies_in(one, span)}
            at = Span(*span, day(number))
            if run.is_whole:
                writer.replace(
                    at, columns_of(row(key, etag, version) for (key, version), etag in there.items())
                )
            else:
                changed = [row(one[0], etag, one[1]) for one, etag in there.items() if was.get(one) != etag]
                writer.add(at, columns_of(changed), [one for one in was if one not in there])


@contextmanager
def in_small(*, is_compacted: bool) -> Iterator[None]:
    """Groups of three rows, parts of five; parts are put together after every run, or never."""
    merging = (lambda manifest: manifest.parts) if is_compacted else (lambda _: ())
    with (
        patch.object(parts, "GROUP_ROWS", 3),
        patch.object(compacting, "GROUP_ROWS", 3),
        patch.object(compacting, "_PART_ROWS", 5),
        patch.object(compacting, "worth_merging", merging),
    ):
        yield


@QUICK
@given(RUNS, CUTS)
def test_a_ledger_knows_what_the_last_run_found(runs: list[Told], cuts: list[str]) -> None:
    """However runs cut the keys, tell all or only changes, and whether parts were put together between."""
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder)) as ledger:
        state: Mapping[Id, str] = {}
        for number, run in enumerate(runs):
            with in_small(is_compacted=run.is_compacted):
                tell(ledger, number, run, state)
            state = run.found

            assert scanned(ledger) == told(state)
        for span in ranges(cuts):
            table = ledger.known(BUCKET, *span, columns=("key", "version_id", "etag"))
            here = {one: etag for one, etag in state.items() if lies_in(one, span)}

            assert list(zip(*table.to_pydict().values(), strict=True)) == told(here)


@QUICK
@given(RUNS, STATES, st.sampled_from([0, 2, 64]), st.booleans())
def test_a_page_is_compared_row_by_row(
    runs: list[Told], page: Mapping[Id, str], steps: int, has_versions: bool
) -> None:
    """Fresh is what differs, gone is what is not listed; the rest stands where it is said to."""
    if not has_versions:
        runs = [one._replace(found=current(one.found)) for one in runs]
        page = dict(sorted(current(page).items()))
    with (
        patch.object(comparing, "_MOST_STEPS", steps),
        tempfile.TemporaryDirectory() as folder,
        opened(Path(folder)) as ledger,
    ):
        for number, run in enumerate(runs):
            tell(ledger, number, run, runs[number - 1].found if number else {})
        known, listed = runs[-1].found, list(page.items())
        rows = [row(key, etag, version) for (key, version), etag in listed]

        found = ledger.compared(BUCKET, EVERYTHING, [[one[name] for one in rows] for name in LISTED])

    ids = list(zip(*(found.known.table[name].to_pylist() for name in IDENTITY), strict=True))
    assert {listed[number] for number in found.fresh} == {one for one in listed if one not in known.items()}
    assert {ids[number] for number in found.gone} == known.keys() - page.keys()
    assert [place if place is None else ids[place] for place in found.places] == [
        one if one in known else None for one, _ in listed
    ]


@QUICK
@given(STATES, STATES, STATES, st.booleans())
def test_two_runs_at_once_lose_nothing_of_each_other(
    before: Mapping[Id, str], one: Mapping[Id, str], other: Mapping[Id, str], swap: bool
) -> None:
    """Whoever ends first, all that both found is there once, as the later of them saw it."""
    with (
        tempfile.TemporaryDirectory() as folder,
        opened(Path(folder)) as first,
        opened(Path(folder)) as second,
    ):
        tell(first, 0, Told(before, (), is_whole=True, is_compacted=False), {})
        writers = [first.writing(BUCKET, "one"), second.writing(BUCKET, "other")]
        for number, (writer, found) in enumerate(zip(writers, (one, other), strict=True)):
            rows = columns_of(row(key, etag, version) for (key, version), etag in found.items())
            writer.add(Span("", None, day(number + 1)), rows)
            writer.flush()
        for writer in reversed(writers) if swap else writers:
            writer.close()

        assert scanned(first) == told({**before, **one, **other})


@QUICK
@given(STATES, STATES, CUTS.filter(bool))
def test_a_run_that_was_killed_is_known_and_goes_on(
    before: Mapping[Id, str], found: Mapping[Id, str], cuts: list[str]
) -> None:
    """What counts stays as it was until the run is finished; what it wrote is known at once."""
    done, *rest = ranges(cuts)
    state = Told(found, (), is_whole=True, is_compacted=False)
    with tempfile.TemporaryDirectory() as folder:
        with opened(Path(folder)) as ledger:
            tell(ledger, 0, Told(before, (), is_whole=True, is_compacted=False), {})
            killed = ledger.writing(BUCKET, "run1")
            killed.replace(Span(*done, day(1)), rows_in(found, done))
            killed.flush()
        with opened(Path(folder)) as ledger:
            table = ledger.known(BUCKET, *done, columns=("key", "version_id", "etag"))

            assert scanned(ledger) == told(before)
            assert list(zip(*table.to_pydict().values(), strict=True)) == told(
                {one: etag for one, etag in found.items() if lies_in(one, done)}
            )
            with ledger.writing(BUCKET, "run1") as writer:
                assert writer.finished == (done,)
                for span in rest:
                    writer.replace(Span(*span, day(1)), rows_in(found, span))

            assert scanned(ledger) == told(state.found)


def current(state: Mapping[Id, str]) -> Mapping[Id, str]:
    """The same where the bucket keeps no versions."""
    return {one: etag for one, etag in state.items() if not one[1]}


def rows_in(found: Mapping[Id, str], span: Range) -> dict[str, list[object]]:
    """What lies in a range, in columns."""
    return columns_of(
        row(key, etag, version) for (key, version), etag in found.items() if lies_in((key, version), span)
    )


def told(state: Mapping[Id, str]) -> list[tuple[object, ...]]:
    """A state as a ledger tells it: in the order of keys and versions."""
    return sorted((key, version, etag) for (key, version), etag in state.items())
