"""How do several files come to be there all, or none of them?"""

from collections.abc import Iterable, Mapping
from contextlib import suppress

from bucketwright.storage.content import Data
from bucketwright.storage.errors import Refused, StorageError
from bucketwright.storage.place import Place
from bucketwright.storage.said import Said
from bucketwright.storage.stored import At, IfMatch
from bucketwright.storage.writing import Written


def put_all(place: Place, files: Mapping[str, Data], said: Said | None = None) -> tuple[Written, ...]:
    """Store several new files; where one of them fails, those before it are taken away again."""
    if place.there.prefix.write.mode == "overwrite":
        raise Refused(
            f"{place.there.address} overwrites, and what was overwritten cannot be put back: "
            "put the files one by one, or let the contract say create"
        )
    done: list[Written] = []
    try:
        for name, data in files.items():
            done.append(place.put(name, data, said or Said()))
    except BaseException:
        take_away(place, reversed(done))
        raise
    return tuple(done)


def take_away(place: Place, done: Iterable[Written]) -> None:
    """Delete what was written, but what others have replaced since."""
    for written in done:
        with suppress(StorageError):
            place.home.backend.delete(At(place.there.bucket, written.key), IfMatch(written.etag))
