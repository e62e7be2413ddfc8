"""How long a line may be: as long as the terminal is wide, and whole where none is."""

import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.lines import folded, terminal_width


def test_without_a_width_a_line_stays_whole() -> None:
    """Whoever searches a file or a pipe finds it in one piece."""
    assert folded("  a" * 200, None, 4) == ["  a" * 200]


def test_a_line_goes_on_further_in() -> None:
    """Its own indent stays, and what follows hangs where it is told to."""
    assert folded("  one two three four five six seven", 27, 6) == [
        "  one two three four five",
        "      six seven",
    ]


def test_a_word_is_never_broken() -> None:
    """An ARN can be copied whole, even where it is wider than the terminal."""
    arn = "arn:aws:iam::111122223333:policy/a-long-name"

    assert folded(f"  policy {arn}", 20, 4) == ["  policy", f"    {arn}"]


def test_on_a_narrow_terminal_some_columns_are_left() -> None:
    """Where the hanging part would have none it gets twenty."""
    assert folded("a b c d e f g h i j k l m n", 5, 4) == ["a b c d e f g h i j k l", "    m n"]


WORDS = st.lists(st.text("abc-/", min_size=1, max_size=12), min_size=1, max_size=30)


@given(WORDS, st.integers(0, 6), st.integers(30, 60), st.integers(0, 10))
def test_no_word_is_lost(words: list[str], indent: int, width: int, hanging: int) -> None:
    """The pieces say what the line said, in its order, and fit."""
    pieces = folded(" " * indent + " ".join(words), width, hanging)

    assert " ".join(pieces).split() == words
    assert max(map(len, pieces)) <= width


@pytest.mark.parametrize("shown", [True, False], ids=["on a terminal", "elsewhere"])
def test_only_a_terminal_has_a_width(shown: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its own, or the one that COLUMNS says."""
    monkeypatch.setenv("COLUMNS", "97")
    leading, following = os.openpty()
    nowhere = Path(os.devnull)
    with os.fdopen(leading), os.fdopen(following, "w") as terminal, nowhere.open("w") as file:
        monkeypatch.setattr(sys, "stdout", terminal if shown else file)
        width = terminal_width()

    assert width == (97 if shown else None)


def test_without_stdout_there_is_no_width(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where a program is started with it closed."""
    monkeypatch.setattr(sys, "stdout", None)

    assert terminal_width() is None
