"""However a run ends, it says so in plain words and with its code, never with a traceback."""

import errno
import io
import signal
import sys
from collections.abc import Callable

import click
import pytest

from cli.main import program
from cli.output import Output
from cli.program import TerminatedError, concluded
from tests.cli.running import pipe_nobody_reads, spawned, talking_to

REPORT_IT = "please report it with what --debug shows"
PUBLIC = b'{"id": 1, "policy": {"Statement": []}}\n'


def raising(error: BaseException) -> Callable[[], object]:
    """A run that ends with that error."""

    def run() -> object:
        raise error

    return run


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        pytest.param(click.UsageError("no such thing"), 2, "error: no such thing\n", id="wrong use"),
        pytest.param(click.FileError("x", "gone"), 2, "error: Could not open file 'x': gone\n", id="no file"),
        pytest.param(KeyboardInterrupt(), 130, "", id="Ctrl-C"),
        pytest.param(click.Abort(), 130, "", id="abort"),
        pytest.param(TerminatedError(), 143, "", id="SIGTERM"),
        pytest.param(
            MemoryError(), 3, "error: could not be completed: there is too little memory\n", id="no memory"
        ),
        pytest.param(BrokenPipeError(errno.EPIPE, "Broken pipe"), 0, "", id="broken pipe"),
        pytest.param(click.exceptions.Exit(3), 3, "", id="early exit"),
        pytest.param(
            PermissionError(errno.EACCES, "Permission denied", "a\nb"),
            3,
            "error: could not be completed: a\\nb: Permission denied\n",
            id="operating system says no",
        ),
        pytest.param(
            OSError("no number"), 3, "error: could not be completed: no number\n", id="nameless failure"
        ),
        pytest.param(
            ValueError("bad\x1b[2J\nthing"),
            3,
            f"error: internal error: ValueError: bad\\x1b[2J\\nthing; {REPORT_IT}\n",
            id="a bug of ours",
        ),
        pytest.param(
            RecursionError("deep"),
            3,
            f"error: internal error: RecursionError: deep; {REPORT_IT}\n",
            id="recursion",
        ),
    ],
)
def test_endings(
    error: BaseException,
    code: int,
    said: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each way to end has one code and at most one line."""
    monkeypatch.setattr(sys, "stdout", io.StringIO())

    assert concluded(raising(error), Output()) == code
    assert capsys.readouterr().err == said


@pytest.mark.parametrize(
    ("answered", "code"),
    [pytest.param(None, 0, id="nothing"), pytest.param(3, 3, id="a code"), pytest.param("x", 0, id="text")],
)
def test_a_run_that_returns_answers_its_code(answered: object, code: int) -> None:
    """A command returns its exit code, or nothing when all is well."""
    assert concluded(lambda: answered, Output()) == code


@pytest.mark.parametrize("error", [ValueError("x"), OSError(errno.EIO, "I/O error")])
def test_debug_shows_where_it_happened(
    error: Exception, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The traceback is there for whoever asks."""
    monkeypatch.setattr(sys, "stdout", io.StringIO())

    concluded(raising(error), Output(debug=True))

    said = capsys.readouterr().err
    assert "Traceback (most recent call last):" in said
    assert "in raising" in said or "in run" in said


def test_a_failure_without_streams_still_has_its_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program started with its streams closed answers with its exit code alone."""
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)

    assert concluded(raising(OSError("no number")), Output()) == 3


def test_a_caller_may_want_the_code_instead_of_an_exit() -> None:
    """Without standalone mode the code is answered."""
    assert program.main(["chek"], standalone_mode=False) == 2


def test_ctrl_c_ends_quietly() -> None:
    """Interrupted while it waits for input, the program exits 130 without a traceback."""
    with talking_to("judge", "public") as program:
        program.say(PUBLIC)
        answered = program.stdout.readline()

        program.process.send_signal(signal.SIGINT)
        code, said = program.ended()

    assert answered.startswith(b'{"id": 1')
    assert (code, said.strip()) == (130, b"")


def test_a_reader_that_stops_ends_the_judging_quietly() -> None:
    """`judge … | head -1` ends with its reader, though there is more to come and stdin stays open."""
    with talking_to("judge", "public") as program:
        program.say(PUBLIC)
        program.stdout.readline()
        program.stdout.close()

        program.say(PUBLIC)

        assert program.ended() == (0, b"")


@pytest.mark.parametrize("words", [["--help"], ["judge", "--help"], ["completion", "fish"]])
def test_a_closed_pipe_is_no_error(words: list[str]) -> None:
    """Help and scripts may be piped into a reader that is already gone."""
    with pipe_nobody_reads() as pipe:
        done = spawned(*words, stdout=pipe)

    assert (done.returncode, done.stderr) == (0, b"")
