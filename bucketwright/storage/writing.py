"""How does a write end? It is done and says so, or nothing is there, or nobody can tell and it says that.

What was written is told from everything else by an id in its metadata: whoever lost an answer looks for it.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from random import uniform
from time import sleep
from typing import Final, Literal
from uuid import uuid4

from bucketwright.plain_text import shown
from bucketwright.storage.backends.interface import Backend, Busy, Lost
from bucketwright.storage.declared import Declared, key_of, with_suffix
from bucketwright.storage.errors import AlreadyThere, Changed, InDoubt, NotFound, Refused, StorageError
from bucketwright.storage.stored import (
    OWN_METADATA,
    SHA256,
    WRITE_ID,
    At,
    Attributes,
    Condition,
    IfAbsent,
    IfMatch,
    Stored,
)

_ETAG: Final = re.compile(r"[\x21\x23-\x7e]{1,256}")
_MOST_SUFFIXES: Final = 10
_MOST_BUSY: Final = 6
_FIRST_WAIT_SECONDS: Final = 0.05
Send = Callable[[At, Attributes, Condition], Stored]


@dataclass(frozen=True, slots=True)
class Written:
    """What a write has stored."""

    name: str
    """Below the place; another than was asked for where the contract wants a suffix at a clash."""
    key: str
    type: str
    size: int
    sha256: str
    version: str
    """Empty where versions are not kept."""
    etag: str


@dataclass(frozen=True, slots=True)
class Target:
    """Where below a place something is to be written, and on which condition."""

    backend: Backend
    there: Declared
    path: str
    name: str
    condition: Condition

    @property
    def at(self) -> At:
        """Where it lies."""
        return At(self.there.bucket, self.path + self.name)


def condition_of(there: Declared, over: str, key: str) -> Condition:
    """The condition that the contract wants; `over` is the ETag of what was read, empty where nothing was."""
    mode: Literal["create", "overwrite", "if-unchanged"] = there.prefix.write.mode
    if mode == "create" and over:
        raise Refused(
            f"{there.address} only creates: the contract lets nobody write over {shown(key, 120)}", key
        )
    if over:
        return if_match(over, key)
    return None if mode == "overwrite" else IfAbsent()


def if_match(over: str, key: str) -> IfMatch:
    """The condition that what has that ETag is there; Refused where it can be none."""
    given: object = over
    etag = given.strip('"') if isinstance(given, str) else ""
    if not _ETAG.fullmatch(etag):
        raise Refused(f"{shown(str(over))} is no ETag: say the one of what was read", key)
    return IfMatch(etag)


def written(target: Target, attributes: Attributes, digest: str, send: Send) -> Written:
    """What is stored once it is sent: under its name, or with a suffix where the contract wants one."""
    said = _noted(attributes, digest)
    for one in _names(target):
        try:
            stored = settled(one, said, send)
        except AlreadyThere as clash:
            found: AlreadyThere = clash
            continue
        return result(one, stored, attributes, digest)
    raise found


def result(target: Target, stored: Stored, attributes: Attributes, digest: str) -> Written:
    """What to say of what is stored."""
    return Written(
        target.name,
        stored.key,
        attributes.content_type,
        stored.size,
        digest,
        stored.version,
        stored.etag,
    )


def settled(target: Target, attributes: Attributes, send: Send) -> Stored:
    """What one write has stored: sent again while others are in its way, looked for where it was lost."""
    wait = _FIRST_WAIT_SECONDS
    for _ in range(_MOST_BUSY):
        try:
            return send(target.at, attributes, target.condition)
        except Busy:
            sleep(uniform(wait / 2, wait))  # noqa: S311 - so that rivals do not meet again
            wait *= 2
        except (AlreadyThere, Changed, NotFound):
            # a proxy on the way may have sent it twice, and passed on what was answered to the second
            found = _own(target, attributes.metadata[WRITE_ID])
            if found is None:
                raise
            return found
        except Lost as lost:
            return _looked_for(target, attributes.metadata[WRITE_ID], lost)
    key = target.at.key
    raise Changed(f"others write {shown(key, 120)} at this very moment: try again", key)


def made_by(target: Target, write_id: str) -> Stored | None:
    """The object, if this very write made it."""
    try:
        found = target.backend.head(target.at)
    except NotFound:
        return None
    return found if found.metadata.get(WRITE_ID) == write_id else None


def own_metadata(metadata: Mapping[str, str]) -> Mapping[str, str]:
    """The application's part of it."""
    return {name: text for name, text in metadata.items() if not name.startswith(OWN_METADATA)}


def _noted(attributes: Attributes, digest: str) -> Attributes:
    noted = {WRITE_ID: uuid4().hex, **({SHA256: digest} if digest else {}), **attributes.metadata}
    return replace(attributes, metadata=noted)


def _names(target: Target) -> Iterator[Target]:
    yield target
    write = target.there.prefix.write
    if not isinstance(target.condition, IfAbsent) or (write.mode, write.on_clash) != ("create", "suffix"):
        return
    for _ in range(_MOST_SUFFIXES):
        name = with_suffix(target.there, target.path, target.name, uuid4().hex[:8])
        try:
            key_of(target.there, target.path, name)
        except Refused:
            return
        yield replace(target, name=name)


def _own(target: Target, write_id: str) -> Stored | None:
    """The same, as far as anybody can see."""
    try:
        return made_by(target, write_id)
    except StorageError:
        return None


def _looked_for(target: Target, write_id: str, lost: Lost) -> Stored:
    """The object, if it is the one that this write made."""
    key = target.at.key
    try:
        found = target.backend.head(target.at)
    except NotFound:
        if lost.unanswered:
            raise _in_doubt(key, lost, "was not there when looked for, and may still come") from None
        raise lost.error from None
    except StorageError as error:
        raise _in_doubt(key, lost, f"could not be looked for: {error.message}") from None
    if found.metadata.get(WRITE_ID) == write_id:
        return found
    match target.condition:
        case IfAbsent():
            raise AlreadyThere(f"there is an object under {shown(key, 120)} already", key) from None
        case IfMatch(etag) if found.etag != etag:
            raise _in_doubt(key, lost, "may have been done, and others wrote since") from None
    if lost.unanswered:
        raise _in_doubt(key, lost, "was not there when looked for, and may still come") from None
    raise lost.error from None


def _in_doubt(key: str, lost: Lost, what: str) -> InDoubt:
    return InDoubt(f"the write of {shown(key, 120)} was not answered ({lost.error.message}); it {what}", key)
