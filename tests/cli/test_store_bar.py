"""A bar shows on a terminal how far a transfer is, and is gone when it ends."""

import io
import sys
from itertools import count

import pytest

from bucketwright.storage import Storage
from cli import store_bar
from cli.output import Level, Output
from cli.store_bar import bar, drawn
from tests.storage.contracts import contract


class Terminal(io.StringIO):
    """One that somebody looks at."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("moved", "size", "seconds", "said"),
    [
        pytest.param(
            5_000_000,
            20_000_000,
            2.0,
            "b.pdf [####------------] 25%  5 MB of 20 MB  2.5 MB/s  6 seconds left",
            id="under way",
        ),
        pytest.param(10, 10, 1.0, f"b.pdf [{'#' * 16}] 100%  10 B of 10 B  10 B/s", id="done"),
        pytest.param(0, 10, 0.0, f"b.pdf [{'-' * 16}] 0%  0 B of 10 B  0 B/s", id="at the beginning"),
        pytest.param(7, 0, 1.0, "b.pdf  7 B  7 B/s", id="of a size that nobody knows"),
        pytest.param(30, 10, 1.0, f"b.pdf [{'#' * 16}] 100%  30 B of 10 B  30 B/s", id="more than there is"),
    ],
)
def test_it_says_how_far_how_fast_and_how_long(moved: int, size: int, seconds: float, said: str) -> None:
    """In sizes that people read."""
    assert drawn("b.pdf", moved, size, seconds) == said


@pytest.mark.requirement("FP-6")
def test_an_upload_draws_it_and_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Part by part, over itself, never wider than the terminal, and wiped off in the end."""
    terminal, clock = Terminal(), count()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(store_bar, "monotonic", lambda: float(next(clock)))
    monkeypatch.setenv("COLUMNS", "60")
    place = Storage.in_memory(contract(), "dev").prefix("files/raw").at()
    with bar(Output(loudness=Level.NOTE), "\x1b[31m.bin") as progress:
        place.put("a.bin", bytes(12_000_000), progress=progress)
    *lines, last = terminal.getvalue().split("\r\x1b[K")[1:]

    assert last == ""
    assert len(lines) >= 3
    assert all(line.startswith("\\x1b[31m.bin [") and len(line) < 60 for line in lines)
    assert any("12 MB" in line for line in lines)


def test_nothing_is_drawn_where_nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A log, and a run that is to be quiet."""
    for stream, loudness in ((io.StringIO(), Level.NOTE), (Terminal(), Level.SUMMARY)):
        monkeypatch.setattr(sys, "stderr", stream)
        with bar(Output(loudness=loudness), "b.pdf") as progress:
            progress(5, 10)

        assert stream.getvalue() == ""


def test_it_is_wiped_off_where_the_transfer_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that the error stands on a line of its own."""
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with pytest.raises(OSError, match="broken"), bar(Output(loudness=Level.NOTE), "b.pdf"):
        raise OSError("broken")

    assert terminal.getvalue() == "\r\x1b[K"
