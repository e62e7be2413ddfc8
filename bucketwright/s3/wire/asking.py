"""How is any call of S3 that only reads asked on the wire, all its pages included?"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Final, TypeAlias

from botocore.exceptions import BotoCoreError
from botocore.model import OperationModel

from bucketwright.calls import Answer, Call, Failure, Outcome
from bucketwright.s3.addresses import AccessError
from bucketwright.s3.failures import UNREADABLE, failure_of
from bucketwright.s3.owners import Owners
from bucketwright.s3.paging import Page, Paging
from bucketwright.s3.sender import NoSuchCallError
from bucketwright.s3.values import plain_values
from bucketwright.s3.wire.operations import Operations, wants_path
from bucketwright.s3.wire.post import Ground, Post, Question
from bucketwright.s3.wire.standing import is_on_wire
from bucketwright.s3.wire.trying import tried

_ENCODING: Final = "EncodingType"


class _FailedError(Exception):
    """A page did not come."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.kind)
        self.failure = failure


class _MoreError(Exception):
    """Another page has to be asked for."""


Ask: TypeAlias = Callable[[Mapping[str, object]], Awaitable[Page]]
"""Asks for a page; _FailedError where it does not come."""


class Asker:
    """Who makes calls, in one loop."""

    def __init__(self, ground: Ground, owners: Owners) -> None:
        self._ground, self._owners = ground, owners
        self._operations = Operations(ground.sessions.session().get_component("data_loader"))
        self._posts: dict[tuple[str, str, str, bool], Post] = {}

    def model(self, call: Call) -> OperationModel | None:
        """The description of what is called; None where it is nothing for the wire."""
        if call.service != "s3" or not is_on_wire(call.params.get("Bucket")):
            return None
        return self._operations.model(call.operation)

    async def ask(self, call: Call, beside: Mapping[str, str]) -> Outcome:
        """What came of a call; `beside` are parameters for those operations that take them."""
        model = self.model(call)
        if model is None:
            raise NoSuchCallError(f"{call.service}:{call.operation} is no call for the wire")
        try:
            bucket = str(call.params.get("Bucket") or "")
            post = self.post(bucket, call.region, call.account, in_path=wants_path(call.operation))
            taken = {name: text for name, text in beside.items() if name in model.input_shape.members}
            params = {**taken, **self._owners.params(model, call)}
            paging = self._ground.sessions.paging(call.service, model)
            ask = partial(self._page, post, call, model)
            if paging is None or paging.limit in params:
                page = await ask(params)
                page.pop(_ENCODING, None)
                return Answer(plain_values(page))
            return Answer(plain_values(await _whole(ask, paging, params)))
        except _FailedError as failed:
            return failed.failure
        except AccessError as error:
            return Failure("credentials", "NoRole", str(error))
        except (BotoCoreError, *UNREADABLE) as error:
            return failure_of(error, call, late=False)

    def post(self, bucket: str, region: str, account: str, *, in_path: bool = False) -> Post:
        """Where requests about a bucket go; AccessError, or the SDK's, where they can go nowhere."""
        key = (bucket, region, account, in_path)
        if key not in self._posts:
            self._posts[key] = Post(self._ground, bucket, region, account, in_path=in_path)
        return self._posts[key]

    async def _page(
        self, post: Post, call: Call, model: OperationModel, params: Mapping[str, object]
    ) -> Page:
        written = self._operations.written(model, params)
        read = partial(self._operations.read, model, by_us=written.by_us)
        question = Question(call, written.method, written.path, written.query, written.headers, read)
        page = await tried(post, question)
        if isinstance(page, Failure):
            raise _FailedError(page)
        return page


async def _whole(ask: Ask, paging: Paging, params: Mapping[str, object]) -> Page:
    """All pages as one; a thread waits for those after the first, as the SDK turns pages."""
    first = await ask(params)
    turned = 0

    def turn(wishes: Mapping[str, object], rest: Callable[[Mapping[str, object]], Page]) -> Page:
        nonlocal turned
        turned += 1
        return dict(first) if turned == 1 else rest(wishes)

    def no_more(_wishes: Mapping[str, object]) -> Page:
        raise _MoreError

    try:
        return paging.whole(partial(turn, rest=no_more), params)
    except _MoreError:
        turned = 0
    loop = asyncio.get_running_loop()

    def asked(wishes: Mapping[str, object]) -> Page:
        return asyncio.run_coroutine_threadsafe(_made(ask, wishes), loop).result()

    return await asyncio.to_thread(paging.whole, partial(turn, rest=asked), params)


async def _made(ask: Ask, wishes: Mapping[str, object]) -> Page:
    return await ask(wishes)
