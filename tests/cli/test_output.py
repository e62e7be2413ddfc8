"""What reaches the terminal: nothing that moves, colours or hides unless we meant it."""

import errno
import io
import json
import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cli.output import ColorChoice, Level, Output, Tint, json_text


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


class FullDisk(io.StringIO):
    """A stream that takes nothing."""

    def write(self, _: str) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")


class NobodyReads(io.StringIO):
    """A pipe whose reader is gone."""

    def write(self, _: str) -> int:
        raise BrokenPipeError(errno.EPIPE, "Broken pipe")


@given(st.text())
def test_every_line_is_one_printable_line(text: str) -> None:
    """Whatever stands in a key or a file name, a line stays a line and cannot steer the terminal."""
    stream = io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdout", stream)
        patch.setattr(sys, "stderr", stream)
        output = Output(color="never")
        output.result(text)
        output.note(text)
        output.error(text, text)

    lines = stream.getvalue().removesuffix("\n").split("\n")

    assert len(lines) == 4
    assert all(line.isprintable() for line in lines)


@pytest.mark.parametrize(
    ("outside", "shown"),
    [
        pytest.param("a/b c-ü漢.pdf", "a/b c-ü漢.pdf", id="ordinary text stays"),
        pytest.param("\x1b[31mred", "\\x1b[31mred", id="colour sequence"),
        pytest.param("a\nb\rc\td", "a\\nb\\rc\\td", id="line breaks and tab"),
        pytest.param("\x9b2J\x7f", "\\x9b2J\\x7f", id="C1 control and delete"),
        pytest.param("abc\u202etxt.exe", "abc\\u202etxt.exe", id="right-to-left override"),
        pytest.param("a\u2028b\u200bc", "a\\u2028b\\u200bc", id="line separator and zero width space"),
        pytest.param("\udcff", "\\udcff", id="half of a surrogate pair"),
    ],
)
def test_escapes_are_readable(outside: str, shown: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What was made harmless can still be recognised."""
    Output().result(outside)

    assert capsys.readouterr().out == f"{shown}\n"


@example("\x7f")
@given(st.recursive(st.text() | st.none() | st.integers(), st.lists))
def test_json_is_printable_ascii_and_exact(value: object) -> None:
    """JSON loses nothing by being made harmless."""
    text = json_text(value)

    assert text.isascii()
    assert text.isprintable()
    assert json.loads(text) == value


def test_what_the_encoding_lacks_is_escaped(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal that only knows ASCII gets escapes, not an error."""
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii"))

    Output().result("für")

    assert raw.getvalue() == b"f\\xfcr\n"


@pytest.mark.parametrize(
    ("choice", "environment", "terminal", "colored"),
    [
        pytest.param("auto", {}, True, True, id="a terminal gets colour"),
        pytest.param("auto", {}, False, False, id="a file does not"),
        pytest.param("auto", {"TERM": "dumb"}, True, False, id="a dumb terminal does not"),
        pytest.param("auto", {"NO_COLOR": "1"}, True, False, id="NO_COLOR"),
        pytest.param("auto", {"FORCE_COLOR": "1"}, False, True, id="FORCE_COLOR"),
        pytest.param(
            "auto", {"NO_COLOR": "1", "FORCE_COLOR": "1"}, True, False, id="NO_COLOR beats FORCE_COLOR"
        ),
        pytest.param("always", {"NO_COLOR": "1"}, False, True, id="always beats NO_COLOR"),
        pytest.param("never", {"FORCE_COLOR": "1"}, True, False, id="never beats FORCE_COLOR"),
    ],
)
def test_colour_is_the_users_choice(
    choice: ColorChoice,
    environment: dict[str, str],
    terminal: bool,
    colored: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The option decides first, then NO_COLOR, then FORCE_COLOR, then the stream."""
    for name in ("NO_COLOR", "FORCE_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    stream = Terminal() if terminal else io.StringIO()
    monkeypatch.setattr(sys, "stdout", stream)

    Output(color=choice).result("place", Tint.PLACE)
    Output(color=choice).result("plain")

    first, second = stream.getvalue().splitlines()
    assert ("\x1b[" in first) is colored
    assert "place" in first
    assert second == "plain"


@pytest.mark.parametrize(
    ("loudness", "said"),
    [
        pytest.param(1, ["summary", "note", "detail", "error: wrong"], id="verbose"),
        pytest.param(0, ["summary", "note", "error: wrong"], id="as usual"),
        pytest.param(-1, ["summary", "error: wrong"], id="quiet"),
        pytest.param(-2, ["error: wrong"], id="very quiet"),
        pytest.param(-9, ["error: wrong"], id="silent but for errors"),
    ],
)
def test_loudness_leaves_results_and_errors(
    loudness: int, said: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Quiet drops notes, then summaries; results and errors always stay, each on its stream."""
    output = Output(loudness=loudness)

    output.result("result")
    output.note("summary", Level.SUMMARY)
    output.note("note")
    output.note("detail", Level.DETAIL)
    output.error("wrong")

    captured = capsys.readouterr()
    assert captured.out.splitlines() == ["result"]
    assert captured.err.splitlines() == said


def test_summary_is_part_of_the_result_unless_very_quiet(capsys: pytest.CaptureFixture[str]) -> None:
    """A closing line goes to stdout, and -qq drops it."""
    Output(loudness=-1).summary("2 buckets")
    Output(loudness=-2).summary("2 buckets")

    assert capsys.readouterr().out == "2 buckets\n"


def test_a_reader_that_went_away_ends_output_quietly(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a broken pipe nothing more is written, and the run can see it."""
    monkeypatch.setattr(sys, "stdout", NobodyReads())
    output = Output()

    output.result("first")
    output.result("second")

    assert output.closed


def test_no_stdout_at_all_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program started with its streams closed still runs."""
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)

    Output().result("nobody sees it")
    Output().error("nor this")


def test_a_full_disk_is_an_error_of_stdout_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """A result that could not be written is never passed over; a lost note is."""
    monkeypatch.setattr(sys, "stdout", FullDisk())
    monkeypatch.setattr(sys, "stderr", FullDisk())
    output = Output()

    output.note("lost")
    with pytest.raises(OSError, match="No space left"):
        output.result("needed")
