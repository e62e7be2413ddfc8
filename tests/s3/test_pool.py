"""Many calls at once: each made once, none waiting for another, none outlasting the deadline."""

import os
import signal
from collections.abc import Iterable, Iterator
from threading import Barrier, Event, Lock, Thread, active_count, current_thread, main_thread
from time import monotonic

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bucketwright.calls import Answer, Call, Done, Failure, Outcome
from bucketwright.s3.limits import Deadline
from bucketwright.s3.pool import ask


def call(number: int) -> Call:
    """A call that only its number tells from others."""
    return Call("s3", "HeadObject", {"Key": str(number)})


def number_of(asked: Call) -> int:
    """Which it is."""
    return int(str(asked.params["Key"]))


def echo(asked: Call) -> Outcome:
    """Answers with its number."""
    return Answer({"number": number_of(asked)})


@given(
    follows=st.dictionaries(st.integers(0, 15), st.lists(st.integers(0, 15), max_size=4), max_size=16),
    first=st.lists(st.integers(0, 15), max_size=6),
    concurrency=st.integers(1, 4),
)
def test_all_that_follows(follows: dict[int, list[int]], first: list[int], concurrency: int) -> None:
    """What can be reached from the first calls is asked, each once, and nothing else."""
    sent: list[int] = []

    def send(asked: Call) -> Outcome:
        sent.append(number_of(asked))
        return echo(asked)

    found = ask(
        send, map(call, first), lambda asked, _: map(call, follows.get(number_of(asked), [])), concurrency
    )

    reached, waiting = set[int](), list(first)
    while waiting:
        if (one := waiting.pop()) not in reached:
            reached.add(one)
            waiting += follows.get(one, [])
    assert sorted(sent) == sorted(reached)
    assert found == {call(one).identity: Answer({"number": one}) for one in reached}


def test_no_barriers() -> None:
    """What follows from an answer starts while a slow call is still under way."""
    followed = Event()

    def send(asked: Call) -> Outcome:
        if number_of(asked) == 0:
            return Answer({"in time": followed.wait(60)})
        if number_of(asked) == 2:
            followed.set()
        return Answer({})

    found = ask(send, [call(0), call(1)], lambda one, _: [call(2)] if number_of(one) == 1 else [], 2)

    assert found[call(0).identity] == Answer({"in time": True})


def test_as_many_at_once() -> None:
    """As many calls are under way at once as may be."""
    together = Barrier(6, timeout=60)

    def send(asked: Call) -> Outcome:
        together.wait()
        return echo(asked)

    assert len(ask(send, map(call, range(12)), concurrency=6)) == 12


def test_never_more_at_once() -> None:
    """Never more calls are under way than may be."""
    counting, now, most = Lock(), 0, 0

    def send(asked: Call) -> Outcome:
        nonlocal now, most
        with counting:
            now += 1
            most = max(most, now)
        with counting:
            now -= 1
        return echo(asked)

    ask(send, map(call, range(200)), concurrency=3)

    assert most <= 3


def test_little_waits() -> None:
    """The first calls are read no further than they can be made, so that a long list needs no room."""
    read = 0

    def first() -> Iterator[Call]:
        nonlocal read
        for number in range(1000):
            read = number + 1
            yield call(number)

    ahead: list[int] = []

    def more(_call: Call, _outcome: Outcome) -> Iterable[Call]:
        ahead.append(read - len(ahead))
        return ()

    ask(echo, first(), more, concurrency=4)

    assert max(ahead) <= 10
    assert len(ahead) == 1000


@pytest.mark.parametrize("first", [[call(0), call(0)], [call(0)]], ids=["twice-at-first", "once"])
def test_asked_once(first: list[Call]) -> None:
    """A call that follows from itself, or is named twice, is made once."""
    sent: list[Call] = []

    def send(asked: Call) -> Outcome:
        sent.append(asked)
        return echo(asked)

    ask(send, first, lambda _call, _outcome: [call(0), call(0)])

    assert sent == [call(0)]


def test_failures_are_outcomes() -> None:
    """A failure is an outcome like any other, and what follows may depend on it."""
    seen: list[Outcome] = []

    def more(_call: Call, outcome: Outcome) -> Iterable[Call]:
        seen.append(outcome)
        return ()

    found = ask(lambda _: Failure("denied"), [call(1)], more)

    assert list(found.values()) == seen == [Failure("denied")]


def test_more_runs_in_one_thread() -> None:
    """Where the Send is waited for, what follows is decided in the caller's thread."""
    threads = set()

    def more(_call: Call, _outcome: Outcome) -> Iterable[Call]:
        threads.add(current_thread())
        return ()

    ask(echo, map(call, range(20)), more, 4)

    assert threads == {main_thread()}


def test_the_deadline() -> None:
    """At the deadline all that is not answered is late, also what is under way, and nothing more is begun."""
    never, sent, began = Event(), [], monotonic()

    def send(asked: Call) -> Outcome:
        sent.append(asked)
        if number_of(asked):
            never.wait(60)
        return echo(asked)

    found = ask(send, map(call, range(9)), concurrency=2, deadline=Deadline.after(0.2))
    took = monotonic() - began
    never.set()

    assert took < 30
    assert len(found) == 9
    assert sum(outcome == Failure("late") for outcome in found.values()) >= 7
    assert len(sent) <= 3


class Begun:
    """A Send that is not waited for, and answers when it is told to."""

    def __init__(self) -> None:
        self.begun: list[tuple[Call, Done]] = []

    def __call__(self, asked: Call) -> Outcome:
        return echo(asked)

    def begin(self, asked: Call, done: Done) -> None:
        self.begun.append((asked, done))


def test_nothing_is_begun_after_the_deadline() -> None:
    """Also where what is under way is never answered."""
    send = Begun()

    found = ask(send, map(call, range(9)), concurrency=2, deadline=Deadline.after(0.1))

    assert list(found.values()) == [Failure("late")] * 9
    assert len(send.begun) == 2


class Crowd(Begun):
    """Answers the first calls from a thread of each, all at the same time, and others at once."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.together, self.left = Barrier(count, timeout=60), count

    def begin(self, asked: Call, done: Done) -> None:
        if self.left:
            self.left -= 1
            Thread(target=self.answer, args=(asked, done)).start()
        else:
            done(echo(asked))

    def answer(self, asked: Call, done: Done) -> None:
        self.together.wait()
        done(echo(asked))


def test_told_from_several_threads() -> None:
    """What follows is asked for one answer at a time, and no answer is lost."""
    turn, was_alone = Lock(), list[bool]()

    def more(asked: Call, _outcome: Outcome) -> Iterable[Call]:
        was_alone.append(turn.acquire(blocking=False))
        for _ in range(100):
            os.sched_yield()
        if was_alone[-1]:
            turn.release()
        return [call(100 + 20 * number_of(asked) + one) for one in range(20)] if number_of(asked) < 8 else []

    found = ask(Crowd(8), map(call, range(8)), more, concurrency=8)

    assert len(found) == 8 + 8 * 20
    assert all(was_alone)


@pytest.mark.parametrize("where", ["send", "more", "first"])
def test_mistakes_surface(where: str) -> None:
    """A mistake in what sends, follows or begins is raised where it can be seen."""

    def broken(*_: object) -> Outcome:
        raise ZeroDivisionError(where)

    def broken_first() -> Iterator[Call]:
        yield call(0)
        raise ZeroDivisionError(where)

    with pytest.raises(ZeroDivisionError, match=where):
        ask(
            broken if where == "send" else echo,
            broken_first() if where == "first" else [call(0)],
            broken if where == "more" else lambda _call, _outcome: [],  # type: ignore[arg-type]  # never returns
        )


@pytest.fixture
def heeding_interrupts() -> Iterator[None]:
    """A program that a shell runs in the background ignores them."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("heeding_interrupts")
def test_interrupts_end_it() -> None:
    """Ctrl-C ends it at once, whatever is under way."""
    never, began = Event(), monotonic()

    def send(asked: Call) -> Outcome:
        if number_of(asked) == 0:
            os.kill(os.getpid(), signal.SIGINT)
        never.wait(60)
        return echo(asked)

    with pytest.raises(KeyboardInterrupt):
        ask(send, map(call, range(4)), concurrency=2)
    took = monotonic() - began
    never.set()

    assert took < 30


def test_threads_end() -> None:
    """No thread outlives the asking, also where the asker turns away."""
    before = active_count()

    def turning_away(_call: Call, _outcome: Outcome) -> Iterable[Call]:
        raise ZeroDivisionError

    for _ in range(5):
        ask(echo, map(call, range(8)), concurrency=8)
        with pytest.raises(ZeroDivisionError):
            ask(echo, map(call, range(8)), turning_away, concurrency=8)

    began = monotonic()
    while active_count() > before and monotonic() - began < 60:
        pass
    assert active_count() <= before
