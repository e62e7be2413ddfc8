"""The tables of the page about scale: whole, in order, and as the estimate of a run has them."""

import pytest

from audits.measured import FAST
from tools.scale_reference import PARTS, SIZES


def _rows(part: str) -> list[list[str]]:
    """The cells of every line of a table, heads and rules left out."""
    lines = [line.strip("| ").split(" | ") for line in PARTS[part]() if line.startswith("| ")]
    return [cells for cells in lines if not cells[0].endswith(("objects", "class", "what", "at"))]


@pytest.mark.parametrize("part", PARTS)
def test_a_part_is_made_of_whole_tables(part: str) -> None:
    """Every line of a table has as many cells as its head."""
    lines = [line for line in PARTS[part]() if line.startswith("|")]

    assert lines
    assert len({line.count("|") for line in lines}) == 1


def test_every_mode_has_every_size() -> None:
    """From a million to a million million objects, dearer and slower from mode to mode."""
    rows = _rows("modes")

    assert [cells[0] for cells in rows] == [f"{count:,}" for _ in range(5) for count in SIZES]
    assert rows[3 * len(SIZES) + 3] == [
        "1,000,000,000",
        "1,050,000",
        "1,000,000,000",
        "$405.25",
        "2.1 days",
        "36.5 days",
    ]


def test_dearer_classes_are_told() -> None:
    """A HEAD costs more in the classes for what is hardly read; tags cost the same."""
    assert ["`GLACIER_IR`", "$10.00", "$10.00", "$0.40"] in _rows("classes")


def test_a_figure_has_its_origin() -> None:
    """What is measured is said to be, what others say is theirs."""
    figures = {cells[0]: cells[1:] for cells in _rows("figures")}

    assert figures["to list a key"] == [f"{FAST.key.value:f} CPU seconds", "measured"]
    assert figures["other calls, at most"][1] == "documented by AWS"


def test_more_looked_at_leaves_less_open() -> None:
    """The usual sample leaves less than one in a hundred."""
    assert ["300", "0.99 %", "1.6 %", "5.6 %"] in _rows("bounds")
