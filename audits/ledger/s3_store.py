"""A ledger below a prefix of a bucket: parts are copied here to be read, and the manifest is replaced only if
it is still what was read, where the server can be told so."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory
from typing import Any, Final

from botocore.exceptions import BotoCoreError, ClientError

from audits.ledger.identity import AddressError, BrokenError, LedgerError
from audits.ledger.stores import DRAFT, LARGEST, Entry, Kept
from bucketwright.calls import Call
from bucketwright.plain_text import shown
from bucketwright.s3.addresses import AccessError
from bucketwright.s3.failures import UNREADABLE, failure_of
from bucketwright.s3.limits import Bounds, Deadline, bounded
from bucketwright.s3.sessions import Access, Sessions

_AT_ONCE: Final = 8 << 20
"""So many bytes of a part are in memory while it is copied."""
_MOST_COPIED: Final = 1 << 30
"""So many bytes of parts lie on this machine at one time."""
_NOT_THERE: Final = frozenset({"NoSuchKey", "404", "NotFound"})
_OVERTAKEN: Final = frozenset({"PreconditionFailed", "ConditionalRequestConflict", "412", "409"})
_NO_CONDITIONS: Final = frozenset({"NotImplemented", "501"})


@dataclass(frozen=True, slots=True)
class Prefix:
    """All keys of a bucket below a prefix."""

    bucket: str
    prefix: str
    """Empty, or with a slash at its end."""
    sessions: Sessions
    here: TemporaryDirectory[str]
    copies: dict[str, Path] = field(default_factory=dict)
    """Parts that lie on this machine, in the order in which they were asked for."""

    @classmethod
    def at(cls, place: str, sessions: Sessions | None) -> "Prefix":
        """That of BUCKET/PREFIX; AddressError where it is none."""
        bucket, _, prefix = place.partition("/")
        if not bucket:
            raise AddressError(f"{shown('s3://' + place)} names no bucket: s3://BUCKET/PREFIX")
        below = f"{prefix.strip('/')}/" if prefix.strip("/") else ""
        try:
            asking = sessions or Sessions(Access())
        except AccessError as error:
            raise LedgerError(str(error)) from None
        return cls(bucket, below, asking, TemporaryDirectory(prefix="bucketwright-ledger-"))

    @property
    def place(self) -> str:
        """Its address."""
        return self._shown().rstrip("/")

    def read(self, name: str) -> Kept | None:
        """What a small file holds."""
        try:
            answer = self._get(name)
        except _RefusedError as refused:
            if refused.code in _NOT_THERE:
                return None
            raise
        return Kept(self._body(name, answer), answer["ETag"])

    def replace(self, name: str, content: bytes, before: str | None) -> str | None:
        """By a conditional write; a server that has none is asked before and after instead."""
        condition = {"IfNoneMatch": "*"} if before is None else {"IfMatch": before}
        try:
            return self._put(name, content, **condition)
        except _RefusedError as refused:
            if refused.code in _OVERTAKEN or (refused.code in _NOT_THERE and before is not None):
                return self._written(name, content)
            if refused.code not in _NO_CONDITIONS:
                raise
        return self._replace_and_look(name, content, before)

    def draft(self) -> Path:
        """On this machine, until it is published."""
        return Path(self.here.name, f"{token_hex(8)}{DRAFT}")

    def publish(self, draft: Path, name: str) -> None:
        """A key of S3 is there whole or not at all."""
        try:
            with draft.open("rb") as file:
                self._put(name, file)
        finally:
            draft.unlink(missing_ok=True)

    def local(self, name: str, size: int) -> Path:
        """A copy of it, made when it is first asked for."""
        if name in self.copies:
            self.copies[name] = self.copies.pop(name)
            return self.copies[name]
        self._make_room(size)
        path = Path(self.here.name, name.rpartition("/")[2])
        try:
            with path.open("wb") as file:
                for start in range(0, size, _AT_ONCE):
                    file.write(self._range(name, start, min(start + _AT_ONCE, size) - 1))
            copied = path.stat().st_size
        except OSError as error:
            raise LedgerError(f"{path}: {error.strerror or 'it cannot be written'}") from None
        if copied != size:
            raise BrokenError(f"{self._shown(name)} has not the {size} bytes that were written")
        self.copies[name] = path
        return path

    def entries(self, prefix: str = "") -> Iterator[Entry]:
        """All keys below the prefix."""
        more: dict[str, str] = {}
        while True:
            params = {"Bucket": self.bucket, "Prefix": f"{self.prefix}{prefix}", **more}
            page = self._ask("ListObjectsV2", partial(_listed, params))
            for one in page.get("Contents", ()):
                yield Entry(one["Key"].removeprefix(self.prefix), one["Size"], one["LastModified"])
            if not page.get("NextContinuationToken"):
                return
            more = {"ContinuationToken": page["NextContinuationToken"]}

    def drafts(self) -> Iterator[Entry]:
        """None: they lie on the machine that makes them."""
        return iter(())

    def remove(self, name: str) -> None:
        """Remove it; S3 does not mind if it is not there."""
        key = self._key(name)
        self._ask("DeleteObject", lambda client: client.delete_object(Bucket=self.bucket, Key=key))

    def close(self) -> None:
        """The copies go."""
        self.copies.clear()
        self.here.cleanup()

    def _replace_and_look(self, name: str, content: bytes, before: str | None) -> str | None:
        there = self.read(name)
        if (there.token if there else None) != before:
            return None
        self._put(name, content)
        return self._written(name, content)

    def _written(self, name: str, content: bytes) -> str | None:
        """Its token, if it holds just that: an answer may have been lost, and the request been sent again."""
        now = self.read(name)
        return now.token if now and now.content == content else None

    def _make_room(self, size: int) -> None:
        while self.copies and sum(path.stat().st_size for path in self.copies.values()) + size > _MOST_COPIED:
            self.copies.pop(next(iter(self.copies))).unlink()

    def _get(self, name: str, **more: str) -> dict[str, Any]:
        key = self._key(name)
        return self._ask("GetObject", lambda client: client.get_object(Bucket=self.bucket, Key=key, **more))

    def _range(self, name: str, first: int, last: int) -> bytes:
        try:
            return self._body(name, self._get(name, Range=f"bytes={first}-{last}"))
        except _RefusedError as refused:
            if refused.code in _NOT_THERE:
                raise BrokenError(f"{self._shown(name)} is not there") from None
            raise

    def _body(self, name: str, answer: dict[str, Any]) -> bytes:
        """What came, to its end; LedgerError where the line broke."""
        try:
            content: bytes = answer["Body"].read()
        except (BotoCoreError, OSError, *UNREADABLE) as error:
            raise LedgerError(f"{self._shown(name)}: {error}") from None
        return content

    def _put(self, name: str, body: object, **more: str) -> str:
        params = {"Bucket": self.bucket, "Key": self._key(name), "Body": body, **more}
        return str(self._ask("PutObject", lambda client: client.put_object(**params))["ETag"])

    def _ask(self, operation: str, ask: Callable[[Any], dict[str, Any]]) -> dict[str, Any]:
        """One request, in bounded time and memory; LedgerError says what came instead of an answer."""
        limits = self.sessions.limits
        call = Call("s3", operation, {"Bucket": self.bucket})
        deadline = Deadline.after(limits.answer_seconds)
        try:
            with bounded(Bounds(deadline, LARGEST)):
                return ask(self.sessions.client("s3", self.sessions.regions.of(self.bucket)))
        except (BotoCoreError, ClientError, AccessError, *UNREADABLE) as error:
            failure = failure_of(error, call, late=deadline.passed)
            raise _RefusedError(self._shown(), failure.code, failure.message or failure.kind) from None

    def _key(self, name: str) -> str:
        return f"{self.prefix}{name}"

    def _shown(self, name: str = "") -> str:
        return f"s3://{self.bucket}/{self.prefix}{name}"


def _listed(params: dict[str, str], client: Any) -> dict[str, Any]:
    found: dict[str, Any] = client.list_objects_v2(**params)
    return found


class _RefusedError(LedgerError):
    """What S3 did not do."""

    def __init__(self, place: str, code: str, why: str) -> None:
        super().__init__(f"{place}: {why}")
        self.code = code
