"""How is a request made until it is answered? Again where that may help, and where something was learned."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from typing import Final, Generic

from botocore.exceptions import BotoCoreError, ClientError

from bucketwright.calls import Call, Failure
from bucketwright.s3.addresses import AccessError
from bucketwright.s3.clients import LONGEST_WAIT_SECONDS
from bucketwright.s3.failures import UNREADABLE, failure_of
from bucketwright.s3.hooks import region_in
from bucketwright.s3.wholeness import BadAnswerError
from bucketwright.s3.wire import refusals
from bucketwright.s3.wire.head_lines import Reply
from bucketwright.s3.wire.post import Post, Question, Value

_ERRORS: Final = (BotoCoreError, ClientError, *UNREADABLE)
LATE: Final = Failure("late")


async def tried(post: Post, question: Question[Value]) -> Value | Failure:
    """What was answered, or why nothing was; in time, and with few attempts."""
    lane, ground = post.lane, post.ground
    try:
        await lane.enter(ground.deadline.at)
    except BotoCoreError:
        return LATE
    try:
        now = asyncio.get_running_loop().time()
        until = min(ground.deadline.at, now + ground.limits.answer_seconds)
        return LATE if now >= until else await Trial(post, question, until).outcome()
    finally:
        lane.leave()


class Trial(Generic[Value]):
    """One request, its attempts, and what was learned between them."""

    __slots__ = ("_learned", "_loop", "_post", "_question", "_until")

    def __init__(self, post: Post, question: Question[Value], until: float) -> None:
        self._post, self._question, self._until = post, question, until
        self._learned: tuple[str, ...] = ()
        self._loop = asyncio.get_running_loop()

    async def outcome(self, failed: Exception | None = None, began: float = 0) -> Value | Failure:
        """What was answered at last; `failed` is what became of a request that was made then already."""
        attempt = 1
        while True:
            began = began if failed is not None else self._loop.time()
            try:
                value = self._question.read(await self._exchanged(failed))
            except AccessError as error:
                return failure_of(error, self._question.call, late=False)
            except _ERRORS as error:
                failure = failure_of(error, self._question.call, late=self._loop.time() >= self._until)
                if not await self._is_learned_from(error):
                    if not await self._is_worth_another(failure, _status(error), attempt, began):
                        return failure
                    attempt += 1
                failed = None
            else:
                self._post.lane.window.answered(self._loop.time())
                return value

    async def _exchanged(self, failed: Exception | None) -> Reply:
        if failed is not None:
            raise failed
        return await self._post.exchange(self._question, self._until)

    async def _is_worth_another(self, failure: Failure, status: int, attempt: int, began: float) -> bool:
        """Whether to try again, once enough time has gone by."""
        now, window = self._loop.time(), self._post.lane.window
        if refusals.is_too_much(failure):
            window.throttled(began, now)
        elif failure == LATE or refusals.passes(failure, status):
            window.lost(began, now)
        else:
            window.answered(now)
        if not refusals.passes(failure, status) or attempt >= self._post.ground.limits.attempts:
            return False
        longest = LONGEST_WAIT_SECONDS * 2 ** (attempt - 1)
        if self._until - now < longest:
            return False
        await self._post.ground.pause(longest * self._post.ground.jitter())
        return True

    async def _is_learned_from(self, error: Exception) -> bool:
        """Whether the error tells what was wrong with the request, and that can be mended; each kind once."""
        if not isinstance(error, ClientError) or error.operation_name != self._question.call.operation:
            return False
        code = _code(error)
        if "region" not in self._learned and refusals.is_elsewhere(code, _status(error)):
            self._learned += ("region",)
            if self._post.moved(region_in(error.response)):
                return True
        if "clock" not in self._learned and refusals.is_skewed(code):
            self._learned += ("clock",)
            if self._post.ground.clock.learned(_date(error.response)):
                self._post.forget()
                return True
        if "keys" not in self._learned and refusals.is_expired(code):
            self._learned += ("keys",)
            with suppress(BotoCoreError, ClientError):  # then the refusal stands as it is
                return await self._post.purse.renewed(self._post.purse.held)
        return False


def final(error: Exception, call: Call) -> Failure | None:
    """What an error means that another attempt, or what it tells, cannot mend; None of any other."""
    if isinstance(error, BadAnswerError):
        return failure_of(error, call, late=False)
    if not isinstance(error, ClientError):
        return None
    failure, status, code = failure_of(error, call, late=False), _status(error), _code(error)
    may_be_mended = (
        refusals.passes(failure, status)
        or refusals.is_elsewhere(code, status)
        or refusals.is_skewed(code)
        or refusals.is_expired(code)
    )
    return None if may_be_mended else failure


def _code(error: ClientError) -> str:
    return str(error.response.get("Error", {}).get("Code") or "")


def _status(error: Exception) -> int:
    told = error.response.get("ResponseMetadata", {}) if isinstance(error, ClientError) else {}
    return int(told.get("HTTPStatusCode", 0))


def _date(answered: Mapping[str, Mapping[str, Mapping[str, str]]]) -> str:
    return answered["ResponseMetadata"].get("HTTPHeaders", {}).get("date", "")
