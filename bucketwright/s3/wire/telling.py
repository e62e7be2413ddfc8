"""How is a request made of which nobody waits for the answer, so that ten thousand of them need no task each?

An answer to the first request that settles it is told at once. All else goes on as a request that is waited
for. Once the connections are closed nothing is begun, and nothing told.
"""

import asyncio
from collections.abc import Callable
from typing import Generic, TypeAlias

from bucketwright.calls import Failure
from bucketwright.s3.wire.head_lines import Reply
from bucketwright.s3.wire.post import Post, Question, Value
from bucketwright.s3.wire.trying import LATE, Trial, final

Told: TypeAlias = Callable[[Value | Failure | BaseException], object]
"""Is told what was answered, or why nothing was, a mistake as the error it is; it raises nothing."""


def tell(post: Post, question: Question[Value], told: Told[Value]) -> None:
    """Ask as `tried` does; the answer is told in this loop."""
    post.lane.when_free(_Asked(post, question, told).begin)


class _Asked(Generic[Value]):
    """One request."""

    __slots__ = ("_began", "_lane", "_post", "_question", "_told", "_until")

    def __init__(self, post: Post, question: Question[Value], told: Told[Value]) -> None:
        self._post, self._question, self._told = post, question, told
        self._lane = post.lane
        self._began = self._until = 0.0

    def begin(self) -> bool:
        """It may be under way from now on; whether it is."""
        if self._lane.is_closed:
            return False
        ground, now = self._post.ground, self._lane.now
        self._began = now
        until = self._until = min(ground.deadline.at, now + ground.limits.answer_seconds)
        if now >= until:
            self._told(LATE)
            return False
        if not self._post.send(self._question, until, self._came):
            self._go_on(None)
        return True

    def _came(self, came: Reply | Exception) -> None:
        if isinstance(came, Exception):
            self._go_on(came)
            return
        try:
            value: Value | Failure = self._question.read(came)
        except Exception as error:  # noqa: BLE001 - whoever is told sees what it is
            failure = final(error, self._question.call)
            if failure is None:
                self._go_on(error)
                return
            value = failure
        self._lane.window.answered(self._lane.now)
        self._lane.leave()
        self._told(value)

    def _go_on(self, came: Exception | None) -> None:
        """As one that is waited for."""
        if self._lane.is_closed:
            return
        trial = Trial(self._post, self._question, self._until)
        self._lane.begin(trial.outcome(came, self._began)).add_done_callback(self._ended)

    def _ended(self, task: "asyncio.Task[Value | Failure]") -> None:
        self._lane.leave()
        if not task.cancelled():
            self._told(task.exception() or task.result())
