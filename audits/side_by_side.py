"""How is the same done with several things at once, and given up at once where somebody interrupts it?"""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Final, TypeAlias, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
Done: TypeAlias = "SimpleQueue[tuple[int, Future[Result]]]"
_LONGEST_WAIT: Final = 0.25
"""Seconds; Python looks for signals at least so often."""


def side_by_side(work: Callable[[Item], Result], items: Sequence[Item], most: int) -> list[Result]:
    """What comes of each, in the order of the items; raises what the first that fails raises.

    No thread keeps the program from ending; where there can be fewer than `most`, fewer do the same.
    """
    waiting: SimpleQueue[tuple[int, Item]] = SimpleQueue()
    done: Done[Result] = SimpleQueue()
    for numbered in enumerate(items):
        waiting.put(numbered)

    def run() -> None:
        with suppress(Empty):
            while True:
                number, item = waiting.get_nowait()
                done.put((number, _ended(partial(work, item))))

    try:
        if not _started(run, min(most, len(items))):
            run()
        return _gathered(done, len(items))
    finally:
        _drain(waiting)


def _started(run: Callable[[], None], most: int) -> int:
    """How many threads run it."""
    for number in range(most):
        try:
            Thread(target=run, daemon=True).start()
        except RuntimeError:
            return number
    return most


def _ended(work: Callable[[], Result]) -> "Future[Result]":
    """What came of it, the result or the error."""
    end: Future[Result] = Future()
    try:
        end.set_result(work())
    except BaseException as error:  # noqa: BLE001 - raised where it can be seen
        end.set_exception(error)
    return end


def _gathered(done: "Done[Result]", count: int) -> list[Result]:
    found: dict[int, Result] = {}
    while len(found) < count:
        with suppress(Empty):
            number, end = done.get(timeout=_LONGEST_WAIT)
            found[number] = end.result()
    return [found[number] for number in range(count)]


def _drain(waiting: "SimpleQueue[tuple[int, Item]]") -> None:
    with suppress(Empty):
        while True:
            waiting.get_nowait()
