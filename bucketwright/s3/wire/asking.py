"""How is any call of S3 that only reads asked on the wire, all its pages included?"""

import asyncio
from collections.abc import Callable, Mapping
from functools import partial
from typing import Final, NamedTuple, TypeAlias

from botocore.exceptions import BotoCoreError
from botocore.model import OperationModel

from bucketwright.calls import Answer, Call, Failure, Outcome
from bucketwright.s3.addresses import AccessError
from bucketwright.s3.failures import UNREADABLE, failure_of
from bucketwright.s3.owners import Owners
from bucketwright.s3.paging import Page, Paging
from bucketwright.s3.sender import NoSuchCallError
from bucketwright.s3.values import plain_values
from bucketwright.s3.wire.answers_again import AnswersAgain, key_of
from bucketwright.s3.wire.head_lines import Reply
from bucketwright.s3.wire.operations import Operations, wants_path
from bucketwright.s3.wire.post import Ground, Post, Question, Value
from bucketwright.s3.wire.standing import is_on_wire
from bucketwright.s3.wire.telling import Told, tell
from bucketwright.s3.wire.trying import tried
from bucketwright.s3.wire.turning import all_pages

_ENCODING: Final = "EncodingType"
_ERRORS: Final = (AccessError, BotoCoreError, *UNREADABLE)
Came: TypeAlias = Answer | Page
"""All that is answered, or the first of several pages."""


class _FailedError(Exception):
    """A page did not come."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.kind)
        self.failure = failure


class _Form(NamedTuple):
    """How an operation is asked, and its answer read."""

    model: OperationModel
    paging: Paging | None
    in_path: bool


class _Asked(NamedTuple):
    """A call that is being made."""

    call: Call
    form: _Form
    params: Mapping[str, object]
    post: Post

    @property
    def paging(self) -> Paging | None:
        """How pages are turned; None where one is all that is asked for."""
        paging = self.form.paging
        return None if paging is None or paging.limit in self.params else paging


class Asker:
    """Who makes calls, in one loop."""

    def __init__(self, ground: Ground, owners: Owners) -> None:
        self._ground, self._owners = ground, owners
        self._operations = Operations(ground.sessions.session().get_component("data_loader"))
        self._forms: dict[str, _Form] = {}
        self._posts: dict[tuple[str, str, str, bool], Post] = {}
        self._again = AnswersAgain()

    async def ask(self, call: Call, beside: Mapping[str, str]) -> Outcome:
        """What came of a call; `beside` are parameters for those operations that take them."""
        form = self._form(call)
        if form is None:
            raise NoSuchCallError(f"{call.service}:{call.operation} is no call for the wire")
        try:
            asked = self._asked(call, form, beside)
            came = await tried(asked.post, self._question(asked, asked.params, self._first))
        except _ERRORS as error:
            return failure_of(error, call, late=False)
        return came if isinstance(came, Answer | Failure) else await self._whole(asked, came)

    def begin(self, call: Call, told: Told[Answer]) -> bool:
        """The same, told once it is known, and nobody waits; False of a call that is none for the wire."""
        form = self._form(call)
        if form is None:
            return False
        try:
            asked = self._asked(call, form, {})
            question = self._question(asked, asked.params, self._first)
        except _ERRORS as error:
            told(failure_of(error, call, late=False))
        else:
            tell(asked.post, question, partial(self._came, asked, told))
        return True

    def _came(self, asked: _Asked, told: Told[Answer], came: Came | Failure | BaseException) -> None:
        if isinstance(came, Answer | Failure | BaseException):
            told(came)
            return
        rest = asked.post.lane.begin(self._whole(asked, came))
        rest.add_done_callback(partial(_tell, told))

    def _asked(self, call: Call, form: _Form, beside: Mapping[str, str]) -> _Asked:
        bucket = str(call.params.get("Bucket") or "")
        post = self.post(bucket, call.region, call.account, in_path=form.in_path)
        members = form.model.input_shape.members
        taken = {name: text for name, text in beside.items() if name in members}
        return _Asked(call, form, {**taken, **self._owners.params(form.model, call)}, post)

    def _form(self, call: Call) -> _Form | None:
        """How it is asked; None of a call that is none for the wire."""
        if call.service != "s3" or not is_on_wire(call.params.get("Bucket")):
            return None
        found = self._forms.get(call.operation)
        model = self._operations.model(call.operation) if found is None else None
        if model is not None:
            paging = self._ground.sessions.paging(call.service, model)
            found = self._forms[call.operation] = _Form(model, paging, wants_path(call.operation))
        return found

    def post(self, bucket: str, region: str, account: str, *, in_path: bool = False) -> Post:
        """Where requests about a bucket go; AccessError, or the SDK's, where they can go nowhere."""
        key = (bucket, region, account, in_path)
        if key not in self._posts:
            self._posts[key] = Post(self._ground, bucket, region, account, in_path=in_path)
        return self._posts[key]

    def _question(
        self, asked: _Asked, params: Mapping[str, object], read: Callable[[_Asked, bool, Reply], Value]
    ) -> Question[Value]:
        sent = self._operations.written(asked.form.model, params)
        return Question(
            asked.call, sent.method, sent.path, sent.query, sent.headers, partial(read, asked, sent.by_us)
        )

    def _first(self, asked: _Asked, by_us: bool, reply: Reply) -> Came:
        paging = asked.paging
        key = key_of(asked.form.model, reply, by_us, paging is None)
        known = self._again.find(key)
        if known is not None:
            return known
        page = self._page(asked, by_us, reply)
        if paging is None:
            page.pop(_ENCODING, None)
        whole = page if paging is None else paging.only(page)
        return page if whole is None else self._again.keep(key, Answer(plain_values(whole)))

    def _page(self, asked: _Asked, by_us: bool, reply: Reply) -> Page:
        return self._operations.read(asked.form.model, reply, by_us=by_us)

    async def _whole(self, asked: _Asked, first: Page) -> Outcome:
        """With all pages that follow."""
        if asked.paging is None:
            raise TypeError(f"{asked.call.operation} is answered on one page")

        async def ask(params: Mapping[str, object]) -> Page:
            page = await tried(asked.post, self._question(asked, params, self._page))
            if isinstance(page, Failure):
                raise _FailedError(page)
            return page

        try:
            return Answer(plain_values(await all_pages(ask, asked.paging, asked.params, first)))
        except _FailedError as failed:
            return failed.failure
        except _ERRORS as error:
            return failure_of(error, asked.call, late=False)


def _tell(told: Told[Answer], task: "asyncio.Task[Outcome]") -> None:
    if not task.cancelled():
        told(task.exception() or task.result())
