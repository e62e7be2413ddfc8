"""How are many calls made at once, and those that follow from their answers, none waiting for another?"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from errno import EAGAIN
from functools import partial
from queue import Empty, SimpleQueue
from threading import Lock, Thread, stack_size
from typing import Final, TypeAlias

from bucketwright.calls import Begins, Call, Done, Failure, Outcome, Send
from bucketwright.s3.limits import Deadline

More: TypeAlias = Callable[[Call, Outcome], Iterable[Call]]
"""What is asked because of an answer. It is asked for one answer at a time: in the caller's thread where a
Send is waited for, else in that which tells the answer, where nobody may wait for another of that Send."""
_LATE: Final = Failure("late")
_NO_THREAD: Final = "no thread can be started: there is too little memory, or there are too many processes"
_STARTING: Final = Lock()
"""The size of stacks is the whole process's, and several may begin calls at once."""
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
    """What came of every call, by its identity; each is made once, whoever asks for it.

    What follows from an answer is asked before what else is waiting, and `first` is read no further than is
    needed, so that little waits; it is read where `more` is asked. What the deadline leaves without an answer
    is late; what `more` is doing then is not broken off.
    """
    pool = _Pool(send, iter(first), more, concurrency, deadline or Deadline())
    try:
        return pool.outcomes()
    finally:
        pool.stop()


class _Pool:
    """The calls of one run: waiting, under way, and done.

    Whoever tells an answer goes on with it: to hand it to a thread that waits takes longer than most answers
    do. Where several tell at once, one of them goes on with all.
    """

    def __init__(
        self, send: Send, first: Iterator[Call], more: More, concurrency: int, deadline: Deadline
    ) -> None:
        self._first, self._more = first, more
        self._concurrency, self._deadline = concurrency, deadline
        self._is_told_by_others = isinstance(send, Begins)
        self._hands: Begins = send if isinstance(send, Begins) else Threads(send, concurrency, deadline)
        self._waiting: list[tuple[str, Call]] = []
        """With their identities; the last is made next."""
        self._came: deque[tuple[str, Outcome | BaseException]] = deque()
        self._asked: set[str] = set()
        self._open: dict[str, Call] = {}
        self._under_way = 0
        self._outcomes: dict[str, Outcome] = {}
        self._turn = Lock()
        self._is_over = False
        self._broken: BaseException | None = None
        self._news: SimpleQueue[None] = SimpleQueue()
        """For the thread that waits: that it is over, or that something came with which it is to go on."""

    def outcomes(self) -> Mapping[str, Outcome]:
        """What came of each call, once no more is wanted."""
        with self._turn:
            self._carefully(self._read_on)
        self._go_on()
        while not self._is_over:
            try:
                self._news.get(timeout=min(max(self._deadline.left, 0), _LONGEST_WAIT))
            except Empty:
                if self._deadline.passed:
                    self._give_up()
            self._go_on()
        if self._broken is not None:
            raise self._broken
        return self._outcomes

    def stop(self) -> None:
        """Let nothing more be begun, and the threads end."""
        self._is_over = True
        if isinstance(self._hands, Threads):
            self._hands.stop()

    def _tell(self, identity: str, outcome: Outcome | BaseException) -> None:
        self._came.append((identity, outcome))
        if self._is_told_by_others:
            self._go_on()
        else:
            self._news.put(None)

    def _go_on(self) -> None:
        """With all that came; where another thread does so already, it sees what was added meanwhile."""
        while (self._came or not self._open) and not self._is_over and self._turn.acquire(blocking=False):
            try:
                self._carefully(self._take_all)
            finally:
                self._turn.release()

    def _carefully(self, work: Callable[[], None]) -> None:
        """A mistake is raised where it can be seen."""
        try:
            work()
        except BaseException as error:  # noqa: BLE001 - see above
            self._end(error)

    def _take_all(self) -> None:
        while self._came and not self._is_over:
            identity, outcome = self._came.popleft()
            self._under_way -= 1
            if isinstance(outcome, BaseException):
                raise outcome
            call = self._open.pop(identity, None)
            if call is not None:  # else it came after it had been called late
                self._outcomes[identity] = outcome
                self._want(self._more(call, outcome))
            self._read_on()
        if not (self._open or self._is_over):
            self._end(None)

    def _end(self, error: BaseException | None) -> None:
        self._broken = error
        self._is_over = True
        self._news.put(None)

    def _give_up(self) -> None:
        """What is open at the deadline is late, also what is under way."""
        with self._turn:
            self._waiting.clear()
            self._under_way += len(self._open)  # for each is told once more than it was begun
            self._came.extend([(identity, _LATE) for identity in self._open])

    def _want(self, calls: Iterable[Call]) -> None:
        """Let these be made next, the first of them first."""
        fresh = [(identity, call) for call in calls if self._is_new(identity := call.identity)]
        self._open.update(fresh)
        self._waiting += reversed(fresh)
        while self._waiting and self._under_way < self._concurrency:
            identity, call = self._waiting.pop()
            self._under_way += 1
            self._hands.begin(call, partial(self._tell, identity))

    def _is_new(self, identity: str) -> bool:
        before = len(self._asked)
        self._asked.add(identity)
        return len(self._asked) > before

    def _read_on(self) -> None:
        """Take from the first calls while fewer wait than could be made at once, or none is under way."""
        self._want(())
        while not self._open or len(self._waiting) < self._concurrency:
            call = next(self._first, None)
            if call is None:
                return
            self._want((call,))


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
            with _STARTING:
                self._let_work()

    def stop(self) -> None:
        """Let the threads end."""
        for _ in range(self._workers):
            self._waiting.put(None)

    def _let_work(self) -> None:
        """One thread more, where the machine lets there be one; those that there are do the work of all."""
        if self._workers >= self._most:
            return
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
        except BaseException as error:  # noqa: BLE001 - raised where it can be seen
            return error
