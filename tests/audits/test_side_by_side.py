"""Several things at once come out as one after the other, and nothing waits for what was given up."""

from threading import Event, Thread, current_thread, main_thread
from time import monotonic

import pytest

from audits.side_by_side import side_by_side


@pytest.mark.parametrize("most", [1, 3, 50])
def test_the_order_is_that_of_the_items(most: int) -> None:
    """Whichever is done first."""
    third = Event()

    def work(number: int) -> int:
        if number == 2:
            third.set()
        elif most > 2:
            third.wait(60)
        return number * number

    assert side_by_side(work, range(10), most) == [number * number for number in range(10)]


def test_nothing_of_nothing() -> None:
    """No item, no thread."""
    assert side_by_side(str, (), 8) == []


def test_an_error_ends_it_at_once() -> None:
    """It is raised where it can be seen; what was not begun is not, and what goes on is not waited for."""
    ended, begun = Event(), list[int]()

    def work(number: int) -> None:
        begun.append(number)
        if number == 1:
            raise KeyboardInterrupt
        ended.wait(60)

    before = monotonic()
    with pytest.raises(KeyboardInterrupt):
        side_by_side(work, range(100), 2)

    assert monotonic() - before < 30
    assert len(begun) <= 3
    ended.set()


@pytest.mark.parametrize("given", [0, 1])
def test_without_threads_it_is_done_all_the_same(given: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """By those that the machine gives, or by whoever asks."""
    start, workers = Thread.start, list[bool]()

    def may_start(thread: Thread) -> None:
        if len(workers) >= given:
            raise RuntimeError("can't start new thread")
        workers.append(True)
        start(thread)

    def work(number: int) -> tuple[int, bool]:
        return number, current_thread() is main_thread()

    monkeypatch.setattr(Thread, "start", may_start)

    assert side_by_side(work, range(4), 3) == [(number, given == 0) for number in range(4)]
