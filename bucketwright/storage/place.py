"""What can be done with the objects of one place? Everything the contract lets anybody do there."""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from os import PathLike
from pathlib import Path
from typing import Literal, Protocol, Unpack, overload

from bucketwright.contract.keys.variable_types import Value
from bucketwright.contract.model import Environment
from bucketwright.plain_text import shown
from bucketwright.storage.backends.interface import Backend
from bucketwright.storage.content import Body, Data, Gathering, Limits, gathering, given
from bucketwright.storage.declared import (
    Declared,
    attributes_for,
    keep_address,
    keep_name_rules,
    key_of,
    name_of,
    path_of,
)
from bucketwright.storage.errors import NotFound, Refused
from bucketwright.storage.moving import copied, moved, source_at
from bucketwright.storage.reading import Reader, Stream, keep_in_memory, read_span
from bucketwright.storage.said import Said
from bucketwright.storage.signing import browser_parts, fresh, links, receiving, uploads
from bucketwright.storage.stored import At, Span, Stored
from bucketwright.storage.transfer.resuming import sent_on
from bucketwright.storage.transfer.saving import saved
from bucketwright.storage.transfer.sending import Sending
from bucketwright.storage.transfer.watching import Putting, Saving, cancellable, keep_known, watch_of
from bucketwright.storage.writing import Target, Written, condition_of, if_match, written

_NOTHING: Said = Said()


class Home(Protocol):
    """Whoever knows where objects are kept just now."""

    @property
    def environment(self) -> Environment:
        """What the contract says of it."""

    @property
    def backend(self) -> Backend:
        """There."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a list."""

    name: str
    """Below the place."""
    key: str
    size: int
    etag: str
    modified: datetime | None


class Writing:
    """An object that is being written; it is there when the block ends, and not before."""

    def __init__(self, gathered: Gathering) -> None:
        self._gathered = gathered
        self.written: Written | None = None
        """What was stored; None until the block has ended well."""

    def write(self, piece: bytes) -> int:
        """Add to it; Refused beyond what the contract allows there."""
        return self._gathered.write(piece)


@dataclass(frozen=True, slots=True)
class Place:
    """One prefix of the contract with values for its variables: where objects have names."""

    there: Declared
    path: str
    """How all keys begin."""
    values: Mapping[str, Value] = field(repr=False)
    """Of the path's variables."""
    home: Home = field(repr=False)

    def put(
        self, name: str, data: Data, said: Said = _NOTHING, *, over: str = "", **watched: Unpack[Putting]
    ) -> Written:
        """Store content under a name: bytes, a path, or a file open for reading.

        `over` is the ETag of what was read, where only that may be replaced. `progress` is told how many
        bytes are done and how many there are, `cancel` calls it off, and `resume` is a file that notes a
        large upload while it is unfinished: the same call again goes on with it.
        """
        keep_known(watched, Putting)
        target = _target(self, name, over)
        with given(data, _limits(self)) as body:
            return _put(target, body, said, watched)

    def get(self, name: str) -> bytes:
        """The whole content; Refused where it is too large for memory, as the contract's threshold says."""
        with self.open(name) as file:
            keep_in_memory(file.info.size, self.there.transfer.threshold, file.info.key)
            return file.read()

    @overload
    def open(self, name: str, mode: Literal["rb"] = "rb") -> Reader: ...
    @overload
    def open(
        self, name: str, mode: Literal["wb"], said: Said = _NOTHING, *, over: str = ""
    ) -> AbstractContextManager[Writing]: ...
    def open(
        self, name: str, mode: Literal["rb", "wb"] = "rb", said: Said = _NOTHING, *, over: str = ""
    ) -> Reader | AbstractContextManager[Writing]:
        """A file to read from, or one to write to, which is stored when its block ends without an error."""
        if mode == "rb":
            return Reader(self.home.backend, _at(self, name))
        if mode == "wb":
            return _writing(self, _target(self, name, over), said)
        raise Refused(f"{shown(mode)} is no way to open an object: rb or wb")

    def stream(self, name: str, span: Span | None = None) -> Stream:
        """The content piece by piece, or these bytes of it."""
        return Stream(self.home.backend, _at(self, name), span)

    def range(self, name: str, first: int, last: int | None = None) -> bytes:
        """The bytes from first to last, both included, counted from 0; Refused where they are too many."""
        at = _at(self, name)
        return read_span(self.home.backend, at, Span(first, last), self.there.transfer.threshold)

    def save(self, name: str, path: str | PathLike[str], **watched: Unpack[Saving]) -> Stored:
        """Write the content to a file of this machine, which is whole or as it was before.

        With `resume` what came of a large object stays beside it when it breaks, and the same call again goes
        on with it. With `new` the file has to be new: AlreadyThere where anything has its name by the end.
        """
        keep_known(watched, Saving)
        at = _at(self, name)
        with cancellable(name, at.key):
            return saved(self.home.backend, at, _file(path), self.there.transfer, watched)

    def exists(self, name: str) -> bool:
        """Whether an object has that name; whatever else keeps from knowing is an error, and not False."""
        try:
            self.info(name)
        except NotFound:
            return False
        return True

    def info(self, name: str) -> Stored:
        """What is known of an object, its content apart."""
        return self.home.backend.head(_at(self, name))

    def tags(self, name: str) -> Mapping[str, str]:
        """The tags of an object."""
        return self.home.backend.tags(_at(self, name))

    def list(self, begin: str = "", after: str = "") -> Iterator[Entry]:
        """The objects whose names begin so and come after that one, in the order of their bytes in UTF-8."""
        for text in (begin, after):
            _keep_text(text)
        later = self.path + after if after else ""
        for row in self.home.backend.rows(self.there.bucket, self.path + begin, later):
            yield Entry(row.key.removeprefix(self.path), row.key, row.size, row.etag, row.modified)

    def delete(self, name: str, *, over: str = "") -> None:
        """Delete an object, or see to it that there is none; with `over` only what has that ETag."""
        at = _at(self, name)
        self.home.backend.delete(at, if_match(over, at.key) if over else None)

    def copy(self, name: str, *, to: "Place", as_name: str = "") -> Written:
        """The same content at another place, or under another name, by the rules that hold there."""
        target = _target(to, as_name or name)
        return copied(source_at(self.home.backend, _at(self, name)), target)

    def move(self, name: str, *, to: "Place", as_name: str = "") -> Written:
        """Copy it, and then delete it here; else it is here as before, or the error says where."""
        target = _target(to, as_name or name)
        return moved(source_at(self.home.backend, _at(self, name)), target)

    signed_get = links.signed_get
    signed_cookies = links.signed_cookies
    signed_put = uploads.signed_put
    signed_post = uploads.signed_post
    begin_upload = browser_parts.begin_upload
    signed_parts = browser_parts.signed_parts
    finish_upload = browser_parts.finish_upload
    drop_upload = browser_parts.drop_upload
    received = receiving.received
    fresh = fresh.fresh_name

    def named(self, /, **values: Value) -> str:
        """The name of the object of these values, where the contract has a template of names."""
        return name_of(self.there, {**self.values, **values}, self.path)


@dataclass(frozen=True, slots=True)
class DeclaredPrefix:
    """One prefix of the contract; with values for its variables it is a place."""

    there: Declared
    home: Home = field(repr=False)

    @property
    def address(self) -> str:
        """As the contract spells it."""
        return self.there.address

    @property
    def variables(self) -> tuple[str, ...]:
        """What its path needs values for."""
        return tuple(self.there.place.path.variables)

    def at(self, /, **values: Value) -> Place:
        """The place of these values; Refused where some are missing, unknown or unfit."""
        return Place(self.there, path_of(self.there, values), values, self.home)

    fresh = fresh.fresh_place


def _at(place: Place, name: str) -> At:
    return At(place.there.bucket, key_of(place.there, place.path, name))


def _file(path: str | PathLike[str]) -> Path:
    try:
        found = Path(path)
    except TypeError:
        raise Refused(f"the path of a file is needed, found {type(path).__name__}") from None
    if "\0" in str(found):
        raise Refused(f"{shown(str(found), 120)} is no name of a file: it holds a null character")
    return found


def _keep_text(text: str) -> None:
    given: object = text
    try:
        sound = isinstance(given, str) and bool(given.encode() or True)
    except UnicodeEncodeError:
        sound = False
    if not sound:
        raise Refused(f"{shown(str(given), 120)} is the beginning of no name: it is no text in UTF-8")


def keep_place(given: object) -> None:
    """Raises where it is no place; a prefix is not, before it has its values."""
    if not isinstance(given, Place):
        raise Refused(f"a place is needed, as `at()` of a prefix gives it, found {type(given).__name__}")


def _target(place: Place, name: str, over: str = "") -> Target:
    """Where and how a name may be written; Refused where it may not."""
    keep_place(place)
    key = key_of(place.there, place.path, name)
    keep_name_rules(place.there, key)
    condition = condition_of(place.there, over, key)
    return Target(place.home.backend, place.there, place.path, name, condition)


def _limits(place: Place) -> Limits:
    return Limits(place.there.prefix.max_size, place.there.transfer)


def _put(target: Target, body: Body, said: Said, wishes: Putting) -> Written:
    there, at, resume = target.there, target.at, wishes.get("resume")
    attributes = attributes_for(there, at.key, body, said)
    keep_address(there, at.key, body.sha256)
    sending = Sending.of(target.backend, body, there.transfer, watch_of(wishes))
    with cancellable(target.name, at.key):
        if resume is not None:
            return sent_on(target, attributes, sending, _file(resume))
        return written(target, attributes, body.sha256, sending)


@contextmanager
def _writing(place: Place, target: Target, said: Said) -> Iterator[Writing]:
    with gathering(_limits(place)) as gathered:
        writing = Writing(gathered)
        yield writing
        writing.written = _put(target, gathered.body(), said, {})
