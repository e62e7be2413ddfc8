"""The numbers that the page draws."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bucketwright.audited import Audit, Part
from bucketwright.contract.words import Severity
from bucketwright.history import Tally
from bucketwright.reports.html.charts import specs
from bucketwright.reports.html.figures import MOST_DRAWN, MOST_RUNS, Piece, Row, by_resource, by_run
from bucketwright.reports.html.found import resources
from bucketwright.verdicts import SEVERITIES
from tests.reports.audits import AUDIT, NOW, THEN
from tests.reports.html_audits import ACCOUNT, CLEAN, RUNS, WITH_RUNS, hostile, large


def runs(*parts: tuple[Tally, ...]) -> tuple[Row, ...]:
    """What is told of the runs of some accounts."""
    return by_run(Audit(NOW, tuple(Part(ACCOUNT, (), tallies=one) for one in parts)))


def tally(hours: float, **counts: int) -> Tally:
    """What was open some hours after the run before."""
    known: dict[Severity, int] = {one: counts[one] for one in SEVERITIES if one in counts}
    return Tally(THEN + timedelta(hours=hours), known, counts.get("undecided", 0))


def test_the_worst_resource_stands_first() -> None:
    """By severity, not by number."""
    found = by_resource(resources(AUDIT))

    assert [(one.label, one.total) for one in found] == [("bucket files", 3), ("role loader", 1)]


def test_resources_whose_names_are_cut_alike_are_told_apart() -> None:
    """A bar for each."""
    found = by_resource(resources(large(8, 4)))
    labels = [one.label for one in by_resource(resources(hostile()))]

    assert len(found) == 4
    assert len(set(labels)) == len(labels) > 10


def test_the_pieces_of_a_bar_follow_each_other() -> None:
    """The longest is a hundred long."""
    row = Row("x", {"critical": 1, "low": 3})

    assert list(row.pieces(4)) == [Piece("critical", 0, 25), Piece("low", 25, 75)]
    assert list(row.pieces(8)) == [Piece("critical", 0, 12.5), Piece("low", 12.5, 37.5)]
    assert list(Row("x", {}).pieces(8)) == []


def test_runs_are_told_in_their_order() -> None:
    """With what was open after each, and not decided in it."""
    first, second = runs((tally(0, high=2, undecided=1), tally(1, low=1)))

    assert (first.label, first.counts["high"], first.undecided) == ("2026-11-18 12:00", 2, 1)
    assert (second.label, second.total, second.undecided) == ("2026-11-18 13:00", 1, 0)


def test_what_is_open_in_an_account_stays_so_until_it_is_looked_at_again() -> None:
    """A run that one account missed is no dip."""
    told = runs((tally(0, high=2), tally(2, high=1)), (tally(1, low=5),))

    assert [one.total for one in told] == [2, 7, 6]


def test_runs_of_one_minute_are_told_apart() -> None:
    """Each has a bar of its own."""
    told = runs((tally(0, low=1), tally(0.001, low=2)))

    assert [one.label for one in told] == ["2026-11-18 12:00", "2026-11-18 12:00 (2)"]


def test_of_many_runs_the_last_of_each_day_is_told() -> None:
    """And of many days the last."""
    hourly = tuple(tally(hour, low=hour) for hour in range(24 * 40))
    told = runs(hourly)

    assert len(told) == MOST_RUNS
    assert {one.label.split()[1] for one in told[:-1]} == {"23:00"}
    assert told[-1].total == 24 * 40 - 1


@pytest.mark.parametrize(
    ("audit", "drawn"),
    [
        pytest.param(CLEAN, (False, False), id="nothing found, one run"),
        pytest.param(AUDIT, (True, False), id="findings, no run known before"),
        pytest.param(WITH_RUNS, (True, True), id="findings and runs"),
        pytest.param(
            replace(CLEAN, parts=(Part(ACCOUNT, (), tallies=RUNS),)), (False, True), id="runs, nothing found"
        ),
    ],
)
def test_only_what_can_be_seen_is_drawn(audit: Audit, drawn: tuple[bool, bool]) -> None:
    """One run is no trend."""
    found = specs(audit)

    assert (found.severities is not None, found.trend is not None) == drawn


def test_no_more_bars_are_drawn_than_can_be_told_apart() -> None:
    """The worst ones."""
    spec = specs(large(200, 50)).severities
    assert spec is not None
    match spec["data"]:
        case {"values": list(values)}:
            assert len({one["what"] for one in values}) == MOST_DRAWN
        case _:
            pytest.fail("there are no values")
