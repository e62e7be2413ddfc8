"""How far is a run? Said on one line of a terminal, and nowhere else."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Final

from bucketwright.calls import Call, Outcome, Send
from cli.output import Level, Output

_EVERY: Final = 10
_CLEARED: Final = "\r\x1b[K"


@contextmanager
def counted_calls(send: Send, output: Output) -> Iterator[Send]:
    """The same Send; while it is used the terminal counts what was answered."""
    if sys.stderr is None or not sys.stderr.isatty() or output.loudness < Level.NOTE:
        yield send
        return
    counting = _Counting(send)
    try:
        yield counting
    finally:
        sys.stderr.write(_CLEARED)
        sys.stderr.flush()


class _Counting:
    """A Send that tells the terminal how many answers came."""

    def __init__(self, send: Send) -> None:
        self._send: Final = send
        self._answered = 0
        self._telling: Final = Lock()

    def __call__(self, call: Call) -> Outcome:
        outcome = self._send(call)
        with self._telling:
            self._answered += 1
            if self._answered % _EVERY == 0:
                sys.stderr.write(f"{_CLEARED}{self._answered} answers")
                sys.stderr.flush()
        return outcome
