"""How far is a run? Said on one line of a terminal, and nowhere else."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from threading import Event, Lock, Thread
from time import monotonic
from typing import Final

from audits.objects.bucket import Tally
from audits.objects_price import lasting
from bucketwright.calls import Call, Outcome, Send
from cli.output import Level, Output

_EVERY: Final = 10
_EACH_SECONDS: Final = 0.5
_CLEARED: Final = "\r\x1b[K"


@contextmanager
def counted_calls(send: Send, output: Output) -> Iterator[Send]:
    """The same Send; while it is used the terminal counts what was answered."""
    if not _is_shown(output):
        yield send
        return
    counting = _Counting(send)
    try:
        yield counting
    finally:
        sys.stderr.write(_CLEARED)
        sys.stderr.flush()


def _is_shown(output: Output) -> bool:
    return sys.stderr is not None and sys.stderr.isatty() and output.loudness >= Level.NOTE


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


@contextmanager
def shown_tally(tally: Tally, output: Output) -> Iterator[Tally]:
    """The same tally; while it is used a terminal shows how far it is, how fast, and how long it may take."""
    if not _is_shown(output):
        yield tally
        return
    ended = Event()
    teller = Thread(target=_tell, args=(tally, ended), daemon=True)
    teller.start()
    try:
        yield tally
    finally:
        ended.set()
        teller.join()
        sys.stderr.write(_CLEARED)
        sys.stderr.flush()


def _tell(tally: Tally, ended: Event) -> None:
    begun = 0.0
    while not ended.wait(_EACH_SECONDS):
        if not tally.listed:
            continue
        begun = begun or monotonic() - _EACH_SECONDS
        sys.stderr.write(f"{_CLEARED}{how_far(tally, monotonic() - begun)}")
        sys.stderr.flush()


def how_far(tally: Tally, seconds: float) -> str:
    """`12,000 listed, 9,000 asked about, 4,100 a second, about 2 min left`."""
    rate = tally.listed / seconds
    told = f"{tally.listed:,} listed, {tally.asked:,} asked about, {rate:,.0f} a second"
    left = tally.expected - tally.listed
    return f"{told}, about {lasting(Decimal(left / rate))} left" if left > 0 and rate else told
