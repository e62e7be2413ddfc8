"""S3 as a run asks it over the wire: buckets, what lies in them, and what is known of each object."""

import asyncio
import random
import ssl
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import ExitStack, aclosing
from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self, TypeAlias

from botocore.exceptions import BotoCoreError
from botocore.httpsession import get_cert_path

from bucketwright.calls import Answer, Call, Failure, Outcome
from bucketwright.plain_text import printable, shown
from bucketwright.s3.addresses import AccessError
from bucketwright.s3.endpoints import AWS, OTHER, Server
from bucketwright.s3.failures import said
from bucketwright.s3.limits import Deadline, Limits
from bucketwright.s3.owners import Owners
from bucketwright.s3.sessions import Sessions
from bucketwright.s3.wholeness import refuse_no_object
from bucketwright.s3.wire.garbage import seldom_looked_for
from bucketwright.s3.wire.head_lines import Reply
from bucketwright.s3.wire.lanes import Lanes
from bucketwright.s3.wire.lists import KEYS, UPLOADS, VERSIONS, Item, Listing
from bucketwright.s3.wire.parts import size_of_parts
from bucketwright.s3.wire.post import Ground, Headers, Post, Question, Value
from bucketwright.s3.wire.reading import Wish, read
from bucketwright.s3.wire.refusals import refused
from bucketwright.s3.wire.rows import Marker, Page, Row, Upload
from bucketwright.s3.wire.signing import path_of, query_of
from bucketwright.s3.wire.standing import Atlas, NotOnWireError, is_on_wire
from bucketwright.s3.wire.telling import Told, tell
from bucketwright.s3.wire.trying import tried

if TYPE_CHECKING:
    from bucketwright.s3.wire.asking import Asker

_HEAD: Final = Call("s3", "HeadObject")
_OWNER: Final = "ExpectedBucketOwner"
_PAYS: Final[Mapping[str, str]] = {"RequestPayer": "requester"}
_HEADERS: Final = {_OWNER: "x-amz-expected-bucket-owner", "RequestPayer": "x-amz-request-payer"}
_RESTORES: Final = (("x-amz-optional-object-attributes", "RestoreStatus"),)
_MOST_REQUESTS: Final = 256
_MOST_OPEN: Final = 512
"""Most systems let a process have a thousand."""


Pause: TypeAlias = Callable[[float], Awaitable[None]]
"""Waits for so many seconds before another attempt."""


class Wire:
    """The connections of one run, in one loop; `async with` opens and closes them."""

    def __init__(
        self,
        sessions: Sessions,
        deadline: Deadline | None = None,
        limits: Limits | None = None,
        server: Server | None = None,
        owners: Owners | None = None,
        pause: Pause = asyncio.sleep,
    ) -> None:
        self._server = server or (OTHER if sessions.endpoint_url else AWS)
        self._ground = Ground(
            sessions,
            deadline or Deadline(),
            limits or sessions.limits,
            Lanes(limits or sessions.limits, lambda: _trust(sessions), _MOST_REQUESTS, _MOST_OPEN),
            Atlas(sessions),
            pause,
            random.random,
        )
        self._owners = Owners() if owners is None else owners
        self._within = ExitStack()

    async def __aenter__(self) -> Self:
        self._within.enter_context(seldom_looked_for())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
        self._within.close()

    def close(self) -> None:
        """Let no connection stay open."""
        self._ground.lanes.close()

    async def ask(self, call: Call, beside: Mapping[str, str] | None = None) -> Outcome:
        """What came of a call for the wire, all its pages included.

        `beside` are parameters for those operations that take them.
        """
        return await self._asker.ask(call, {} if beside is None else beside)

    def begin(self, call: Call, told: Told[Answer]) -> bool:
        """The same, told once it is known, and nobody has to wait; False of a call that is none for the wire.

        Those are for it that read S3, are answered whole, and signed as most are.
        """
        return self._asker.begin(call, told)

    async def service(self, question: Question[Value]) -> Value | Failure:
        """What came of a question to the service itself, and about no bucket."""
        try:
            post = Post(self._ground, "", "", "")
        except BotoCoreError as error:
            raise AccessError(said(str(error))) from None
        return await tried(post, question)

    @cached_property
    def _asker(self) -> "Asker":
        """Made when first needed, for the description of the service is long, and so is all that reads it."""
        from bucketwright.s3.wire.asking import Asker  # noqa: PLC0415 - lists and heads need none of it

        return Asker(self._ground, self._owners)

    async def bucket(
        self, name: str, region: str = "", account: str = "", owner: str = "", *, pays: bool = False
    ) -> "Place":
        """A bucket, asked with the credentials for an account; AccessError where only the SDK can ask there.

        `owner` is the account that it has to belong to; empty: that whose credentials are used, if named.
        `pays` says that who asks takes over what the requests cost, as some buckets want it.
        """
        if not is_on_wire(name):
            raise NotOnWireError(f"requests to {shown(name)} are signed in a way of their own: ask the SDK")
        try:
            post = Post(self._ground, name, region, account)
        except BotoCoreError as error:
            raise AccessError(said(str(error))) from None
        beside = {_OWNER: owner or account} if owner or account else {}
        return Place(post, self, self._server, {**beside, **(_PAYS if pays else {})})


class Place:
    """One bucket."""

    def __init__(self, post: Post, wire: Wire, server: Server, beside: Mapping[str, str]) -> None:
        self._post, self._wire, self._server, self._beside = post, wire, server, beside
        self._headers: Headers = tuple((_HEADERS[name], text) for name, text in beside.items())

    async def ask(self, call: Call) -> Outcome:
        """What came of a call about the bucket, or what lies in it."""
        return await self._wire.ask(call, self._beside)

    def keys(
        self, first: str = "", before: str | None = None, *, owners: bool = True, restores: bool = True
    ) -> AsyncGenerator[Page[Row], None]:
        """What readers of the bucket find, in the range of keys `(first, before]`; None: to the end.

        Whose each is, and whether it is being restored, is told where it is wished.
        """
        more = {"fetch-owner": "true"} if owners else {}
        return read(self._post, self._wish(KEYS, more, restores=restores), first, before)

    def versions(
        self, first: str = "", before: str | None = None, *, restores: bool = True
    ) -> AsyncGenerator[Page[Row | Marker], None]:
        """All versions and delete markers in a range of keys, those of one key on one page."""
        declined = self._server.declines(VERSIONS.call)
        if declined is not None:
            return _untold(Page([], first, before, declined))
        return read(self._post, self._wish(VERSIONS, {}, restores=restores), first, before)

    async def uploads(self) -> AsyncGenerator[Page[Upload], None]:
        """All uploads that nobody finished, those of one key on one page, each with the size of its parts."""
        wish = Wish(UPLOADS, {}, self._headers, in_parts=False)
        async with aclosing(read(self._post, wish, "", None)) as pages:
            async for page in pages:
                sizes = (size_of_parts(self._post, self._headers, one) for one in page.rows)
                found = zip(page.rows, await asyncio.gather(*sizes), strict=True)
                yield page._replace(rows=[one._replace(size=size) for one, size in found])

    def _wish(self, listing: Listing[Item], more: Mapping[str, str], *, restores: bool) -> Wish[Item]:
        wished = (*self._headers, *_RESTORES) if restores else self._headers
        return Wish(listing, more, wished, self._server.lists_in_parts)

    async def head(self, key: str, version: str = "") -> Mapping[str, str] | Failure:
        """The headers of an object by their names in lower case, or why they are not known."""
        return await tried(self._post, self._about(key, version))

    def begin_head(self, key: str, version: str, told: Told[Mapping[str, str]]) -> None:
        """The same, told once it is known, and nobody has to wait: there are very many objects."""
        tell(self._post, self._about(key, version), told)

    def _about(self, key: str, version: str) -> Question[Mapping[str, str]]:
        query = query_of((("versionId", version),)) if version else ""
        return Question(_HEAD, "HEAD", path_of("", key), query, self._headers, _headers_of)


async def _untold(page: Page[Item]) -> AsyncGenerator[Page[Item], None]:
    """What is known without a question."""
    yield page


def _headers_of(reply: Reply) -> Mapping[str, str]:
    if reply.status != 200:
        raise refused(reply, _HEAD.operation)
    refuse_no_object(reply.headers)
    return reply.headers


def _trust(sessions: Sessions) -> ssl.SSLContext:
    """Whom to believe, as the SDK would."""
    believed = sessions.believed
    file = get_cert_path(believed) or None
    try:
        trust = ssl.create_default_context(cafile=file)
    except OSError as error:
        why = error.strerror or str(error)
        raise AccessError(
            f"the certificates to believe cannot be read: {printable(str(file))}: {why}"
        ) from None
    trust.check_hostname = bool(believed)
    trust.verify_mode = ssl.CERT_REQUIRED if believed else ssl.CERT_NONE
    return trust
