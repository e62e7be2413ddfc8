"""How are very many changes made at once, some at a time, and fewer where the service asks for fewer?"""

from collections.abc import Callable, Generator, Iterable, Iterator
from queue import Queue
from threading import Condition, Lock, Thread
from types import TracebackType
from typing import Final, Generic, TypeVar
from zlib import crc32

from bucketwright.calls import Call, Failure, Outcome, Send
from bucketwright.s3.limits import Deadline

Item = TypeVar("Item")
Result = TypeVar("Result")
MOST: Final = 32
"""Changes at a time."""
PATIENCE: Final = (1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0)
"""Seconds to wait, at most, before a call is made again that the service was too busy for."""
_CALM: Final = 100
"""Answers after which one more may be under way."""
_SPREAD: Final = 2_000
_CLOSING: Final = {
    "credentials": "the credentials do not hold any more",
    "unreachable": "the server cannot be reached any more",
}


class Lanes:
    """How many may be under way: half as many when the service is too busy, then slowly more again."""

    def __init__(self, most: int = MOST) -> None:
        self.most: Final = most
        self._open, self._taken = most, 0
        self._calm = self._since = self._unanswered = 0
        self._why_closed = ""
        self._changed = Condition()

    @property
    def why_closed(self) -> str:
        """Why nothing more is begun; empty where it is."""
        return self._why_closed

    def heard(self, outcome: Outcome) -> None:
        """Learn from an answer, or from none."""
        kind = outcome.kind if isinstance(outcome, Failure) else ""
        with self._changed:
            self._unanswered = self._unanswered + 1 if kind == "unreachable" else 0
            if kind == "credentials" or self._unanswered > 2 * self.most:
                self._why_closed = self._why_closed or _CLOSING[kind]
        if kind == "throttled":
            self._crowded()
        else:
            self._eased()

    @property
    def open(self) -> int:
        """How many may be under way now."""
        return self._open

    def __enter__(self) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._taken < self._open)
            self._taken += 1

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._changed:
            self._taken -= 1
            self._changed.notify()

    def _eased(self) -> None:
        """An answer came."""
        with self._changed:
            self._since, self._calm = self._since + 1, self._calm + 1
            if self._calm >= _CALM and self._open < self.most:
                self._open, self._calm = self._open + 1, 0
                self._changed.notify()

    def _crowded(self) -> None:
        """The service was too busy: all that were under way hear so at once, and it counts once."""
        with self._changed:
            self._since, self._calm = self._since + 1, 0
            if self._since > self._open:
                self._open, self._since = max(1, self._open // 2), 0


def patient(send: Send, lanes: Lanes, wait: Callable[[float], None], deadline: Deadline) -> Send:
    """The same, asking again for a while where the service is too busy: such a call was not carried out."""

    def sent(call: Call) -> Outcome:
        for longest in (*PATIENCE, 0.0):
            outcome = send(call)
            lanes.heard(outcome)
            is_throttled = isinstance(outcome, Failure) and outcome.kind == "throttled"
            if not is_throttled or not longest or deadline.left < longest:
                break
            wait(longest * (0.5 + crc32(call.identity.encode("utf-8", "replace")) % (_SPREAD // 2) / _SPREAD))
        return outcome

    return sent


def each(
    work: Callable[[Item], Result], items: Iterable[Item], lanes: Lanes, deadline: Deadline | None = None
) -> Generator[Result, None, None]:
    """What comes of each, as it comes; no more are taken than are under way, and none after the deadline.

    Whoever stops listening has those under way ended, and no other begun.
    """
    crew = _Crew(work, iter(items), lanes, deadline or Deadline())
    try:
        yield from crew.results()
    finally:
        crew.stop()


class _Crew(Generic[Item, Result]):
    """Threads that take one item after the other."""

    def __init__(
        self, work: Callable[[Item], Result], items: Iterator[Item], lanes: Lanes, deadline: Deadline
    ) -> None:
        self._work, self._items, self._lanes, self._deadline = work, items, lanes, deadline
        self._taking = Lock()
        self._done: Queue[tuple[Result] | BaseException | None] = Queue(lanes.most)
        self._is_over, self._going = False, 0
        self._threads = [Thread(target=self._run, daemon=True) for _ in range(lanes.most)]

    def results(self) -> Iterator[Result]:
        for one in self._threads:
            self._going += 1
            one.start()
        while self._going:
            match self._done.get():
                case None:
                    self._going -= 1
                case BaseException() as error:
                    raise error
                case (result,):
                    yield result

    def stop(self) -> None:
        """Let those under way end, and wait for them."""
        self._is_over = True
        while self._going:
            self._going -= self._done.get() is None

    def _run(self) -> None:
        while not self._is_over and not self._deadline.passed and not self._lanes.why_closed:
            try:
                with self._taking:
                    item = next(self._items)
            except StopIteration:
                break
            except BaseException as error:  # noqa: BLE001 - raised where it can be seen
                self._done.put(error)
                break
            self._done.put(self._made(item))
        self._done.put(None)

    def _made(self, item: Item) -> tuple[Result] | BaseException:
        try:
            with self._lanes:
                return (self._work(item),)
        except BaseException as error:  # noqa: BLE001 - raised in the caller's thread, where it can be seen
            return error
