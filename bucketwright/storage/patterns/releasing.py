"""How is a checked file written to its place once, however often that is tried?

Whoever was interrupted between the write and what follows it tries again, perhaps twice at once. The same
content under the same name is not written twice; where the contract wants a suffix at a clash, it follows
from the upload.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import BinaryIO

from bucketwright.objects.content_types import BYTES
from bucketwright.storage.declared import with_suffix
from bucketwright.storage.dispositions import saved_as
from bucketwright.storage.errors import AlreadyThere, Denied
from bucketwright.storage.patterns.creating import creating, has_hash
from bucketwright.storage.place import Place
from bucketwright.storage.said import Said
from bucketwright.storage.stored import Stored
from bucketwright.storage.writing import own_metadata


@dataclass(frozen=True, slots=True)
class Checked:
    """The content of an upload, as it was read."""

    stored: Stored
    file: BinaryIO
    sha256: str
    write: Callable[[Place, str, BinaryIO, Said], str]
    """Writes it there, or only looks whether it could; the key."""


def written(place: Place, name: str, file: BinaryIO, said: Said) -> str:
    """The key under which it is stored."""
    return place.put(name, file, said).key


def released(checked: Checked, to: Place, name: str) -> str:
    """The key that it has there; AlreadyThere where other content has it, and no suffix is wanted."""
    wish = to.there.prefix.write
    if (wish.mode, wish.on_clash) != ("create", "suffix"):
        return _once(checked, to, name)
    for one in _names(checked, to, name):
        try:
            return _once(checked, creating(to), one)
        except AlreadyThere as clash:
            found = clash
    raise found


def _names(checked: Checked, to: Place, name: str) -> Iterator[str]:
    yield name
    of_this_upload = sha256(f"{checked.stored.key}\0{checked.sha256}".encode()).hexdigest()
    yield with_suffix(to.there, to.path, name, of_this_upload[:16])


def _once(checked: Checked, to: Place, name: str) -> str:
    try:
        checked.file.seek(0)
        return checked.write(to, name, checked.file, _said_of(checked.stored))
    except AlreadyThere:
        if not _is_there(checked, to, name):
            raise
        return to.path + name


def _is_there(checked: Checked, to: Place, name: str) -> bool:
    """Whether the very same content has that name; False where that may not be seen."""
    try:
        return has_hash(to, name, checked.sha256)
    except Denied:
        return False


def _said_of(stored: Stored) -> Said:
    """What the upload says of itself, as far as the contract leaves that open."""
    return Said(
        content_type="" if stored.content_type == BYTES else stored.content_type,
        encoding=stored.content_encoding,
        file_name=saved_as(stored.content_disposition),
        metadata=own_metadata(stored.metadata),
    )
