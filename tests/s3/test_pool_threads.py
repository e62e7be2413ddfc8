"""A machine that gives few threads makes a run slower, and nothing else."""

from collections.abc import Callable
from threading import Thread

import pytest

from bucketwright.calls import Answer, Call, Outcome
from bucketwright.s3.pool import ask

CALLS = [Call("s3", "GetBucketAcl", {"Bucket": f"bucket-{number}"}) for number in range(20)]


def said(call: Call) -> Outcome:
    """An answer that names the question."""
    return Answer(dict(call.params))


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Let the machine give so many threads."""
    start, begun = Thread.start, list[Thread]()

    def limit(most: int) -> None:
        def may_start(thread: Thread) -> None:
            if len(begun) == most:
                raise RuntimeError("can't start new thread")
            begun.append(thread)
            start(thread)

        monkeypatch.setattr(Thread, "start", may_start)

    return limit


@pytest.mark.parametrize("most", [1, 3])
def test_few_threads_make_all_calls(given: Callable[[int], None], most: int) -> None:
    """Those that there are make the calls of all."""
    given(most)

    answered = ask(said, CALLS, concurrency=8)

    assert answered == {call.identity: said(call) for call in CALLS}


def test_no_thread_is_a_plain_error(given: Callable[[int], None]) -> None:
    """It says what there is too little of."""
    given(0)

    with pytest.raises(OSError, match="too little memory, or there are too many processes"):
        ask(said, CALLS)
