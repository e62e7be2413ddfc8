"""How are many calls made at once, and those that follow from their answers, none waiting for another?"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from errno import EAGAIN
from functools import partial
from queue import Empty, SimpleQueue
from threading import Thread, stack_size
from typing import Final, TypeAlias

from bucketwright.calls import Begins, Call, Done, Failure, Outcome, Send
from bucketwright.s3.limits import Deadline

More: TypeAlias = Callable[[Call, Outcome], Iterable[Call]]
"""What is asked because of an answer. It runs in the caller's thread, one answer at a time."""
_LATE: Final = Failure("late")
_NO_THREAD: Final = "no thread can be started: there is too little memory, or there are too many processes"
_STACK_BYTES: Final = 768 * 1024
"""Enough for a call. Threads have 8 MiB by themselves, and then few fit into a process of limited memory."""
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
        self._concurrency, self._first, self._deadline = concurrency, first, deadline
        self._hands: Begins = send if isinstance(send, Begins) else Threads(send, concurrency, deadline)
        self._waiting: list[tuple[str, Call]] = []
        """With their identities; the last is made next."""
        self._done: SimpleQueue[tuple[str, Outcome | BaseException]] = SimpleQueue()
        self._asked: set[str] = set()
        self._open: dict[str, Call] = {}
        self._under_way = 0

    def outcomes(self) -> Iterator[tuple[Call, Outcome]]:
        """What came of each call, until no more is wanted."""
        self._read_on()
        while self._open:
            try:
                identity, outcome = self._done.get(timeout=min(max(self._deadline.left, 0), _LONGEST_WAIT))
                self._under_way -= 1
            except Empty:
                if not self._deadline.passed:
                    continue
                identity, outcome = next(iter(self._open)), _LATE
            call = self._open.pop(identity, None)
            if isinstance(outcome, BaseException):
                raise outcome
            if call is not None:  # else it came after it had been called late
                yield call, outcome
            self._read_on()

    def wanted(self, calls: Iterable[Call]) -> None:
        """Let these be made next, the first of them first."""
        fresh = [(identity, call) for call in calls if self._is_new(identity := call.identity)]
        self._open.update(fresh)
        self._waiting += reversed(fresh)
        while self._waiting and self._under_way < self._concurrency:
            identity, call = self._waiting.pop()
            self._under_way += 1
            self._hands.begin(call, partial(self._tell, identity))

    def stop(self) -> None:
        """Let nothing more be begun, and the threads end."""
        if isinstance(self._hands, Threads):
            self._hands.stop()

    def _tell(self, identity: str, outcome: Outcome | BaseException) -> None:
        self._done.put((identity, outcome))

    def _is_new(self, identity: str) -> bool:
        before = len(self._asked)
        self._asked.add(identity)
        return len(self._asked) > before

    def _read_on(self) -> None:
        """Take from the first calls while fewer wait than could be made at once, or none is under way."""
        self.wanted(())
        while not self._open or len(self._waiting) < self._concurrency:
            call = next(self._first, None)
            if call is None:
                return
            self.wanted((call,))


class Threads:
    """A Send that has to be waited for, in as many threads as calls may be under way."""

    def __init__(self, send: Send, most: int, deadline: Deadline) -> None:
        self._send, self._most, self._deadline = send, most, deadline
        self._waiting: SimpleQueue[tuple[Call, Done] | None] = SimpleQueue()
        self._workers = 0

    def __call__(self, call: Call) -> Outcome:
        return self._send(call)

    def begin(self, call: Call, done: Done) -> None:
        """Make a call in the next thread that is free."""
        self._waiting.put((call, done))
        if self._workers < self._most:
            self._let_work()

    def stop(self) -> None:
        """Let the threads end."""
        for _ in range(self._workers):
            self._waiting.put(None)

    def _let_work(self) -> None:
        """One thread more, where the machine lets there be one; those that there are do the work of all."""
        before = stack_size(_STACK_BYTES)
        try:
            Thread(target=self._work, daemon=True).start()
        except RuntimeError:
            if not self._workers:
                raise OSError(EAGAIN, _NO_THREAD) from None
            self._most = self._workers
        else:
            self._workers += 1
        finally:
            stack_size(before)

    def _work(self) -> None:
        while (waiting := self._waiting.get()) is not None:
            call, done = waiting
            done(self._made(call))

    def _made(self, call: Call) -> Outcome | BaseException:
        if self._deadline.passed:
            return _LATE
        try:
            return self._send(call)
        except BaseException as error:  # noqa: BLE001 - raised in the caller's thread, where it can be seen
            return error
