"""Are very many changes made some at a time, with patience, and without all of them in memory?"""

from collections.abc import Iterator
from itertools import count, islice
from threading import Barrier, Lock
from typing import Final

import pytest

from audits.fixing_lanes import PATIENCE, Lanes, each, patient
from bucketwright.calls import Answer, Call, Failure, Outcome
from bucketwright.s3.limits import Deadline

CALL: Final = Call("s3", "CopyObject", {"Bucket": "b", "Key": "k"})
BUSY: Final = Failure("throttled", "SlowDown")
DOWN: Final = Failure("unreachable", "NoConnection")


def test_what_comes_of_each_comes_once() -> None:
    """Whatever the order."""
    assert sorted(each(lambda one: one * 2, range(500), Lanes(7))) == list(range(0, 1000, 2))


def test_so_many_are_under_way_at_once() -> None:
    """Four wait for one another, which fewer could not."""
    meeting = Barrier(4)

    assert sorted(each(lambda one: (meeting.wait(60), one)[1], range(8), Lanes(4))) == list(range(8))


def test_no_more_are_taken_than_are_worked_on() -> None:
    """A stream without end costs no memory: what nobody has listened to is not begun."""
    taken: list[int] = []

    def endless() -> Iterator[int]:
        for number in count():
            taken.append(number)
            yield number

    lanes = Lanes(4)
    results = each(lambda one: one, endless(), lanes)
    list(islice(results, 100))
    results.close()

    assert len(taken) <= 100 + 3 * lanes.most


def test_whoever_stops_listening_has_those_under_way_ended() -> None:
    """Nothing is cut off in its middle, and nothing is begun after it."""
    begun, ended, noting = list[int](), list[int](), Lock()

    def work(one: int) -> int:
        with noting:
            begun.append(one)
        with noting:
            ended.append(one)
        return one

    results = each(work, range(10_000), Lanes(4))
    next(results)
    results.close()

    assert sorted(begun) == sorted(ended)
    assert len(begun) < 10_000


@pytest.mark.parametrize(
    "fault", [ValueError("of the work"), KeyboardInterrupt()], ids=["an error", "Ctrl-C"]
)
def test_what_goes_wrong_is_raised_where_it_is_seen(fault: BaseException) -> None:
    """In the thread that listens."""

    def work(_: int) -> int:
        raise fault

    with pytest.raises(type(fault)):
        list(each(work, range(50), Lanes(3)))


def test_an_unreadable_plan_is_raised_too() -> None:
    """What gives the items may fail as well."""

    def broken() -> Iterator[int]:
        yield 1
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="the disk is gone"):
        list(each(lambda one: one, broken(), Lanes(3)))


def test_nothing_is_begun_after_the_deadline() -> None:
    """What is left is left."""
    assert list(each(lambda one: one, range(50), Lanes(3), Deadline.after(-1))) == []


class Server:
    """Answers one after the other."""

    def __init__(self, *outcomes: Outcome) -> None:
        self.outcomes, self.waited = list(outcomes), list[float]()

    def __call__(self, _: Call) -> Outcome:
        return self.outcomes.pop(0) if self.outcomes else Answer()


def test_a_busy_service_is_waited_for() -> None:
    """Longer each time, and never longer than it says."""
    server = Server(*[BUSY] * 5)

    outcome = patient(server, Lanes(), server.waited.append, Deadline())(CALL)

    assert outcome == Answer()
    assert len(server.waited) == 5
    assert all(longest / 2 <= one <= longest for one, longest in zip(server.waited, PATIENCE, strict=False))


def test_patience_has_an_end() -> None:
    """The refusal is told then, and no wait outlasts the deadline."""
    busy, late = Server(*[BUSY] * 50), Server(*[BUSY] * 50)

    assert patient(busy, Lanes(), busy.waited.append, Deadline())(CALL) == BUSY
    assert patient(late, Lanes(), late.waited.append, Deadline.after(0.5))(CALL) == BUSY
    assert (len(busy.waited), late.waited) == (len(PATIENCE), [])


@pytest.mark.parametrize("outcome", [Answer(), Failure("denied", "AccessDenied"), DOWN], ids=str)
def test_nothing_else_is_asked_again(outcome: Outcome) -> None:
    """The SDK has tried already."""
    server = Server(outcome, outcome)

    assert patient(server, Lanes(), server.waited.append, Deadline())(CALL) == outcome
    assert (len(server.outcomes), server.waited) == (1, [])


def test_fewer_are_under_way_while_the_service_is_busy() -> None:
    """Half as many once it said so, however many heard it at once; later one more after the other."""
    lanes = Lanes(32)
    for _ in range(33):
        lanes.heard(BUSY)
    assert lanes.open == 16
    for _ in range(400):
        lanes.heard(Answer())
    assert lanes.open == 20
    for _ in range(1_000):
        lanes.heard(BUSY)
    assert lanes.open == 1


@pytest.mark.parametrize(
    ("outcomes", "why"),
    [
        ([Failure("credentials", "ExpiredToken")], "the credentials do not hold any more"),
        ([DOWN] * 7, "the server cannot be reached any more"),
        ([DOWN] * 6, ""),
        ([*[DOWN] * 6, Answer(), *[DOWN] * 6], ""),
        ([BUSY] * 50, ""),
    ],
    ids=[
        "credentials that ended",
        "nobody there",
        "a few that were lost",
        "some in between",
        "a busy service",
    ],
)
def test_what_cannot_go_well_is_not_begun(outcomes: list[Outcome], why: str) -> None:
    """A run of millions does not try them all against a closed door."""
    lanes = Lanes(3)
    for one in outcomes:
        lanes.heard(one)

    assert lanes.why_closed == why
    assert bool(list(each(lambda one: one, range(9), lanes))) is not bool(why)
