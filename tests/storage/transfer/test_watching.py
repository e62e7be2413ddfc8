"""Is what is told of a transfer true, whatever is sent again?"""

from threading import Event, Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bucketwright.storage.transfer.watching import CalledOff, Meter, StoppedError, Watch


@pytest.mark.requirement("FP-6")
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 20)), max_size=40))
def test_nothing_counts_twice(steps: list[tuple[int, int]]) -> None:
    """Of each piece as much is done as ever was at once, wherever it is begun anew."""
    told: list[tuple[int, int]] = []
    meter = Meter(Watch(lambda *now: told.append(now)), 80)
    legs, best = [meter.leg() for _ in range(4)], [0] * 4
    expected = []
    for leg, position in steps:
        legs[leg](position)
        best[leg] = max(best[leg], position)
        expected.append((sum(best), 80))
    meter.end()

    assert told == [one for one in dict.fromkeys([*expected, (80, 80)]) if one[0]]


def test_an_end_that_is_told_once() -> None:
    """Also where there is nothing to do."""
    told: list[tuple[int, int]] = []
    meter = Meter(Watch(lambda *now: told.append(now)), 0)
    meter.end()
    meter.end()

    assert told == [(0, 0)]


def test_threads_are_told_of_in_turn() -> None:
    """No count is lost, none comes before a smaller one."""
    told: list[int] = []
    meter = Meter(Watch(lambda done, _: told.append(done)), 4_000)

    def count() -> None:
        for _ in range(1_000):
            meter.add(1)

    threads = [Thread(target=count) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert told == list(range(1, 4_001))


def test_who_may_call_off() -> None:
    """Either of two, and whoever notices that a part has failed."""
    mine, stopped = Event(), Meter(Watch(), 1)
    meter = Meter(Watch(cancel=CalledOff(mine)), 1)
    meter.keep_on()
    stopped.keep_on()
    mine.set()
    stopped.stop()

    for one in (meter, stopped):
        with pytest.raises(StoppedError):
            one.keep_on()
