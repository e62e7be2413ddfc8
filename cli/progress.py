"""How far is a run? Said on one line of a terminal, and nowhere else."""

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from threading import Event, Lock, Thread
from time import monotonic
from typing import Final

from audits.objects.bucket import Tally
from audits.objects_price import lasting
from bucketwright.calls import Begins, Call, Done, Outcome, Send
from cli.output import Output

_EVERY: Final = 10
_EACH_SECONDS: Final = 0.5


@contextmanager
def counted_calls(send: Send, output: Output) -> Iterator[Send]:
    """The same Send; while it is used the terminal counts what was answered."""
    if not output.is_watched:
        yield send
        return
    try:
        yield _BeginsCounting(send, output) if isinstance(send, Begins) else _Counting(send, output)
    finally:
        output.redraw()


class _Counting:
    """A Send that tells the terminal how many answers came."""

    def __init__(self, send: Send, output: Output) -> None:
        self._send: Final = send
        self._output: Final = output
        self._answered = 0
        self._telling: Final = Lock()

    def __call__(self, call: Call) -> Outcome:
        outcome = self._send(call)
        self._count()
        return outcome

    def _count(self) -> None:
        with self._telling:
            self._answered += 1
            if self._answered % _EVERY == 0:
                self._output.redraw(f"{self._answered} answers")


class _BeginsCounting(_Counting):
    """The same of a Send that need not be waited for."""

    def __init__(self, send: Begins, output: Output) -> None:
        super().__init__(send, output)
        self._begins: Final = send

    def begin(self, call: Call, done: Done) -> None:
        """Make a call, count its answer, and tell."""

        def count(outcome: Outcome | BaseException) -> None:
            self._count()
            done(outcome)

        self._begins.begin(call, count)


@contextmanager
def shown_tally(tally: Tally, output: Output) -> Iterator[Tally]:
    """The same tally; while it is used a terminal shows how far it is, how fast, and how long it may take."""
    if not output.is_watched:
        yield tally
        return
    ended = Event()
    teller = Thread(target=_tell, args=(tally, ended, output), daemon=True)
    teller.start()
    try:
        yield tally
    finally:
        ended.set()
        teller.join()
        output.redraw()


def _tell(tally: Tally, ended: Event, output: Output) -> None:
    begun = 0.0
    while not ended.wait(_EACH_SECONDS):
        if not tally.listed:
            continue
        begun = begun or monotonic() - _EACH_SECONDS
        output.redraw(how_far(tally, monotonic() - begun))


def how_far(tally: Tally, seconds: float) -> str:
    """`12,000 listed, 9,000 asked about, 4,100 a second, about 2 min left`."""
    rate = tally.listed / seconds
    told = f"{tally.listed:,} listed, {tally.asked:,} asked about, {rate:,.0f} a second"
    left = tally.expected - tally.listed
    return f"{told}, about {lasting(Decimal(left / rate))} left" if left > 0 and rate else told
