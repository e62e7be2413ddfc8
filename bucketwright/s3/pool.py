"""How are many calls made at once, and those that follow from their answers, none waiting for another?"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from queue import Empty, LifoQueue, SimpleQueue
from threading import Thread
from typing import Final, TypeAlias

from bucketwright.calls import Call, Failure, Outcome, Send
from bucketwright.s3.limits import Deadline

More: TypeAlias = Callable[[Call, Outcome], Iterable[Call]]
"""What is asked because of an answer. It runs in the caller's thread, one answer at a time."""
_LATE: Final = Failure("late")
_LONGEST_WAIT: Final = 0.25
"""Seconds; Python looks for signals at least so often."""


def nothing_more(_call: Call, _outcome: Outcome) -> Iterable[Call]:
    """Nothing follows."""
    return ()


def ask(
    send: Send,
    first: Iterable[Call],
    more: More = nothing_more,
    concurrency: int = 32,
    deadline: Deadline | None = None,
) -> Mapping[str, Outcome]:
    """What came of every call, by its identity; each is made once, whoever asks for it."""
    answered = answers(send, first, more, concurrency, deadline)
    return {call.identity: outcome for call, outcome in answered}


def answers(
    send: Send,
    first: Iterable[Call],
    more: More = nothing_more,
    concurrency: int = 32,
    deadline: Deadline | None = None,
) -> Iterator[tuple[Call, Outcome]]:
    """The same one by one, in the order in which they come.

    What follows from an answer is asked before what else is waiting, and `first` is read no further than is
    needed, so that little waits. What the deadline leaves without an answer is late.
    """
    pool = _Pool(send, concurrency, iter(first), deadline or Deadline())
    try:
        for call, outcome in pool.outcomes():
            yield call, outcome
            pool.wanted(more(call, outcome))
    finally:
        pool.stop()


class _Pool:
    """The calls of one run: waiting, under way, and done."""

    def __init__(self, send: Send, concurrency: int, first: Iterator[Call], deadline: Deadline) -> None:
        self._send, self._concurrency, self._first, self._deadline = send, concurrency, first, deadline
        self._waiting: LifoQueue[Call | None] = LifoQueue()
        self._done: SimpleQueue[tuple[Call, Outcome | BaseException]] = SimpleQueue()
        self._asked: set[str] = set()
        self._open: dict[str, Call] = {}
        self._workers = 0

    def outcomes(self) -> Iterator[tuple[Call, Outcome]]:
        """What came of each call, until no more is wanted."""
        self._read_on()
        while self._open:
            try:
                call, outcome = self._done.get(timeout=min(max(self._deadline.left, 0), _LONGEST_WAIT))
            except Empty:
                if not self._deadline.passed:
                    continue
                call, outcome = next(iter(self._open.values())), _LATE
            if self._open.pop(call.identity, None) is None:
                continue  # it came after it had been called late
            if isinstance(outcome, BaseException):
                raise outcome
            yield call, outcome
            self._read_on()

    def wanted(self, calls: Iterable[Call]) -> None:
        """Let these be made next, the first of them first."""
        fresh = [call for call in calls if self._is_new(call)]
        for call in fresh:
            self._open[call.identity] = call
        for call in reversed(fresh):
            self._waiting.put(call)
        while self._workers < min(self._concurrency, len(self._open)):
            self._workers += 1
            Thread(target=self._work, daemon=True).start()

    def stop(self) -> None:
        """Let nothing more be begun, and the threads end."""
        for _ in range(self._workers):
            self._waiting.put(None)

    def _is_new(self, call: Call) -> bool:
        before = len(self._asked)
        self._asked.add(call.identity)
        return len(self._asked) > before

    def _read_on(self) -> None:
        """Take from the first calls while fewer wait than could be made at once, or none is under way."""
        while not self._open or self._waiting.qsize() < self._concurrency:
            call = next(self._first, None)
            if call is None:
                return
            self.wanted((call,))

    def _work(self) -> None:
        while (call := self._waiting.get()) is not None:
            self._done.put((call, self._made(call)))

    def _made(self, call: Call) -> Outcome | BaseException:
        if self._deadline.passed:
            return _LATE
        try:
            return self._send(call)
        except BaseException as error:  # noqa: BLE001 - raised in the caller's thread, where it can be seen
            return error
