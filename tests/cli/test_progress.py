"""How far a run is, in a line of a terminal."""

import io
import sys

import pytest

from audits.objects.bucket import Tally
from bucketwright.calls import Answer, Begins, Call, Done, Outcome
from cli.output import Level, Output
from cli.progress import counted_calls, how_far, shown_tally


@pytest.mark.parametrize(
    ("tally", "seconds", "said"),
    [
        pytest.param(
            Tally(12_000, 9_000), 3.0, "12,000 listed, 9,000 asked about, 4,000 a second", id="who knows"
        ),
        pytest.param(
            Tally(1_000, 0, 61_000),
            1.0,
            "1,000 listed, 0 asked about, 1,000 a second, about 1 min left",
            id="a minute",
        ),
        pytest.param(
            Tally(500, 1, 400), 1.0, "500 listed, 1 asked about, 500 a second", id="more than expected"
        ),
    ],
)
def test_how_far_it_is_says_how_fast_and_how_long(tally: Tally, seconds: float, said: str) -> None:
    """As long as something is left, by what was expected."""
    assert how_far(tally, seconds) == said


def test_nothing_is_told_where_there_is_no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """A log holds no such lines."""
    file = io.StringIO()
    monkeypatch.setattr(sys, "stderr", file)
    with shown_tally(Tally(5, 5), Output(loudness=Level.DETAIL)) as tally:
        assert tally.listed == 5

    assert file.getvalue() == ""


def test_a_terminal_is_left_clean(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever was shown is wiped off at the end."""

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with shown_tally(Tally(), Output(loudness=Level.NOTE)):
        pass

    assert terminal.getvalue() == "\r\x1b[K"


def test_calls_that_nobody_waits_for_are_counted_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal calls are begun as without one, and not by a thread for each."""

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    class Fast:
        def __call__(self, _call: Call) -> Outcome:
            return Answer()

        def begin(self, call: Call, done: Done) -> None:
            done(self(call))

    terminal, came = Terminal(), list[Outcome | BaseException]()
    monkeypatch.setattr(sys, "stderr", terminal)
    output = Output(loudness=Level.NOTE)
    with counted_calls(Fast(), output) as send, counted_calls(lambda _: Answer(), output) as slow:
        assert isinstance(send, Begins)
        assert not isinstance(slow, Begins)
        for number in range(20):
            send.begin(Call("s3", f"Get{number}"), came.append)

    assert came == [Answer()] * 20
    assert "20 answers" in terminal.getvalue()
