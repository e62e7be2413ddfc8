"""By what name does a server sign its answers? Asked before all else, and with as little as that takes."""

import asyncio
from typing import Final

from bucketwright.calls import Call, Failure
from bucketwright.s3.limits import Deadline
from bucketwright.s3.roots import s3_roots
from bucketwright.s3.sessions import Sessions
from bucketwright.s3.wholeness import BadAnswerError, root_of
from bucketwright.s3.wire.head_lines import Reply
from bucketwright.s3.wire.post import Question
from bucketwright.s3.wire.refusals import refused, with_true_status
from bucketwright.s3.wire.wire import Wire

_FIRST: Final = Call("s3", "ListBuckets")
_FINE: Final = 200
_NO_WORD_OF_ITS_OWN: Final = frozenset({"bad answer", "late"})


def signature(sessions: Sessions, deadline: Deadline) -> str | Failure:
    """The name in the header of an answer, good or bad; why not, where none comes that can be believed.

    An answer that was worth another attempt tells it too, unless time is up then. To be called where no loop
    runs.
    """
    return asyncio.run(_asked(sessions, deadline))


async def _asked(sessions: Sessions, deadline: Deadline) -> str | Failure:
    heard: list[str] = []

    def name(reply: Reply) -> str:
        heard.append(reply.headers.get("server", ""))
        told = reply if reply.status != _FINE else with_true_status(reply)
        if told.status != _FINE:
            raise refused(told, _FIRST.operation)
        if root_of(reply.body) not in s3_roots(_FIRST.operation):
            raise BadAnswerError("the answer is no list of buckets")
        return heard[-1]

    async with Wire(sessions, deadline) as wire:
        came = await wire.service(Question(_FIRST, "GET", "", "", (), name))
    if isinstance(came, Failure) and heard and came.kind not in _NO_WORD_OF_ITS_OWN:
        return heard[-1]
    return came
