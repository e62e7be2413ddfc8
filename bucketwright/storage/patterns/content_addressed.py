"""How is one copy of equal content kept? Under the hash of it, which the reader compares."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from bucketwright.contract.keys.variable_types import TYPES, Value
from bucketwright.plain_text import shown
from bucketwright.storage.content import Body, Data, Limits, given
from bucketwright.storage.errors import AlreadyThere, Changed, Damaged, Misconfigured, NotFound, Refused
from bucketwright.storage.patterns.creating import creating, has_hash
from bucketwright.storage.place import DeclaredPrefix, Place
from bucketwright.storage.reading import Stream
from bucketwright.storage.said import Said
from bucketwright.storage.stored import Stored
from bucketwright.storage.transfer.landing import passing

_TRIES: Final = 3
_NOTHING: Final = Said()


@dataclass(frozen=True, slots=True)
class Addressed:
    """Content that is kept under its hash."""

    sha256: str
    key: str
    size: int
    was_there: bool
    """Whether it was kept already, and nothing was written."""


@dataclass(frozen=True, slots=True)
class ContentAddressed:
    """Objects that are found by the hash of their content; safe to share between threads."""

    prefix: DeclaredPrefix
    values: Mapping[str, Value]
    """For the variables of keys that are no part of the hash."""

    def put(self, data: Data, said: Said = _NOTHING) -> Addressed:
        """Keep content, once however often and by whomever it is put.

        Of several who put the same at once one writes. What is large is not sent where it is there already.
        Damaged where something else has its key.
        """
        there = self.prefix.there
        with given(data, Limits(there.prefix.max_size, there.transfer)) as body:
            place, name = self._of(body.sha256)
            key = place.path + name
            for _ in range(_TRIES):
                with body.opened() as file, suppress(AlreadyThere):
                    creating(place).put(name, file, said)
                    return Addressed(body.sha256, key, body.size, was_there=False)
                if _is_there(place, name, body):
                    return Addressed(body.sha256, key, body.size, was_there=True)
        raise Changed(f"{shown(key, 120)} comes and goes: others delete it at this very moment", key)

    def get(self, digest: str) -> bytes:
        """The whole content; Refused where it is too large for memory, Damaged where it has another hash."""
        place, name = self._of(digest)
        data = place.get(name)
        if sha256(data).hexdigest() != digest:
            raise _damaged(place.path + name)
        return data

    def stream(self, digest: str) -> Iterator[bytes]:
        """The content piece by piece; where it has another hash Damaged comes in place of the last one."""
        place, name = self._of(digest)
        return _compared(place.stream(name), digest)

    def save(self, digest: str, path: Path) -> None:
        """Write the content to a file of this machine, which is whole or as it was before."""
        with passing(path) as landing, landing.path.open("wb") as file:
            file.writelines(self.stream(digest))

    def exists(self, digest: str) -> bool:
        """Whether content of that hash is kept."""
        place, name = self._of(digest)
        return place.exists(name)

    def info(self, digest: str) -> Stored:
        """What is known of it, the content apart."""
        place, name = self._of(digest)
        return place.info(name)

    def _of(self, digest: str) -> tuple[Place, str]:
        """The place and the name of content; Refused where that is no hash."""
        if not TYPES["sha256"].fits(digest):
            raise Refused(f"{shown(digest)} is no SHA-256: it is 64 hexadecimal digits in lower case")
        path, keys = self.prefix.there.place.path.variables, self.prefix.there.place.keys.variables
        begin = 0
        values = dict(self.values)
        for name, kind in keys.items():
            if kind == TYPES["sha256"]:
                values[name] = digest
            elif kind == TYPES["hex2"]:
                values[name] = digest[begin : begin + 2]
                begin += 2
        place = self.prefix.at(**{name: value for name, value in values.items() if name in path})
        return place, place.named(**{name: value for name, value in values.items() if name not in path})


def content_addressed(prefix: DeclaredPrefix, /, **values: Value) -> ContentAddressed:
    """The store of a prefix such as `cas/{head:hex2}/` with objects `{hash:sha256}`.

    Variables of the type sha256 are the hash, those of the type hex2 its beginning; others have these values.
    """
    keys = prefix.there.place.keys.variables
    if prefix.there.prefix.objects is None or TYPES["sha256"] not in keys.values():
        raise Misconfigured(
            f'{prefix.address} names nothing by its content: give it `objects: "{{hash:sha256}}"`'
        )
    of_hash = {name for name, kind in keys.items() if kind in {TYPES["sha256"], TYPES["hex2"]}}
    others = keys.keys() - of_hash
    if others != values.keys():
        told = ", ".join(sorted(others)) or "no values"
        raise Misconfigured(
            f"{prefix.address} needs {told} beside the hash, given: {', '.join(values) or 'none'}"
        )
    return ContentAddressed(prefix, values)


def _is_there(place: Place, name: str, body: Body) -> bool:
    try:
        if place.info(name).size == body.size and has_hash(place, name, body.sha256):
            return True
    except NotFound:
        return False
    raise _damaged(place.path + name)


def _compared(stream: Stream, digest: str) -> Iterator[bytes]:
    """The pieces, the last of which is held back until the hash is known."""
    hashed, held = sha256(), b""
    with stream:
        for piece in stream:
            if held:
                yield held
            hashed.update(piece)
            held = piece
    if hashed.hexdigest() != digest:
        raise _damaged(stream.info.key)
    if held:
        yield held


def _damaged(key: str) -> Damaged:
    return Damaged(f"{shown(key, 120)} has not the content that it is named by", key)
