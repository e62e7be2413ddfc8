"""Requests under way grow while that brings more answers, no further, and halve when asked to, not before."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucketwright.s3.wire.window import Window


def rounds(window: Window, count: int, rate: Callable[[int], float], now: float = 0) -> float:
    """So many answers, coming as fast as they do with so many requests under way; the time then."""
    for _ in range(count):
        now += 1 / rate(window.size)
        window.answered(now)
    return now


def test_it_grows_with_latency() -> None:
    """Where each answer takes its time whatever else is under way, as many are asked for as may be."""
    window = Window(256, 0)

    rounds(window, 5_000, lambda size: size / 0.1)

    assert window.size == 256


def test_it_stops_where_nothing_is_won() -> None:
    """Where the server or this machine gives no more, few more are under way than it takes."""
    window = Window(256, 0)

    rounds(window, 20_000, lambda size: min(size, 20) / 0.01)

    assert 16 <= window.size <= 128


@settings(deadline=None)
@given(st.integers(1, 256), st.lists(st.sampled_from(["answered", "lost", "throttled"]), max_size=300))
def test_bounds(most: int, told: list[str]) -> None:
    """There is always one, and never more than may be."""
    window = Window(most, 0)
    for second, what in enumerate(told, 1):
        if what == "answered":
            window.answered(second)
        elif what == "lost":
            window.lost(second - 0.5, second)
        else:
            window.throttled(second - 0.5, second)

        assert 1 <= window.size <= most


def test_it_halves_once_for_a_moment() -> None:
    """What was under way when the server first asked for fewer counts no further."""
    window = Window(64, 0)
    now = rounds(window, 5_000, lambda size: size / 0.1)

    for _ in range(60):
        window.throttled(now - 0.1, now)

    assert window.size == 32


def test_it_creeps_after_that() -> None:
    """Once asked for fewer it grows little by little."""
    window = Window(256, 0)
    now = rounds(window, 10_000, lambda size: size / 0.1)
    window.throttled(now - 0.1, now)
    before = window.size

    rounds(window, 2 * before, lambda size: size / 0.1, now)

    assert before < window.size <= before * 1.125


@pytest.mark.parametrize("capacity", [3, 40, 200])
def test_it_finds_what_is_borne(capacity: int) -> None:
    """A server that refuses more than it bears is refused little, and used well."""
    window, now, refused, sizes = Window(256, 0), 0.0, 0, []
    for _ in range(4_000):
        now += 0.1 / window.size
        if window.size > capacity:
            window.throttled(now - 0.1, now)
            refused += 1
        else:
            window.answered(now)
        sizes.append(window.size)

    late = sizes[2_000:]
    assert refused < 200
    assert sum(late) / len(late) > capacity / 3


def flaky(window: Window, count: int, every: int, now: float = 0) -> float:
    """So many outcomes at a fixed latency, of which each so-many-th is none; the time then."""
    for number in range(count):
        now += 0.1 / window.size
        if number % every:
            window.answered(now)
        else:
            window.lost(now - 0.1, now)
    return now


@pytest.mark.parametrize(("every", "expected"), [(20, 256), (10, 256), (4, 32), (3, 32), (2, 32)])
def test_failures_now_and_then_are_no_wish_for_fewer(every: int, expected: int) -> None:
    """Few cost nothing; many leave as many under way as the SDK has."""
    window = Window(256, 0)

    flaky(window, 20_000, every)

    assert window.size == expected


def test_many_failures_take_back_what_was_grown() -> None:
    """Where they begin with many under way, that may be why: it goes down, and up again after them."""
    window = Window(256, 0)
    now = rounds(window, 5_000, lambda size: size / 0.1)

    now = flaky(window, 10_000, 4, now)
    assert window.size == 32

    rounds(window, 20_000, lambda size: size / 0.1, now)
    assert window.size > 200


def test_who_was_asked_for_fewer_recovers_among_failures() -> None:
    """A quarter that fails does not keep a window small that a server once wanted so."""
    window = Window(256, 0)
    now = 1.0
    for _ in range(8):
        window.throttled(now, now)
        now += 1
    assert window.size == 1

    flaky(window, 20_000, 4, now)

    assert window.size == 32


def test_a_server_that_only_fails_is_left_alone() -> None:
    """Where nothing comes any more, fewer and fewer are under way, down to one."""
    window = Window(256, 0)
    now = rounds(window, 5_000, lambda size: size / 0.1)

    for _ in range(1_000):
        now += 0.1
        window.lost(now - 0.05, now)

    assert window.size == 1
