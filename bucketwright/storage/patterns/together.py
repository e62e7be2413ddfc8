"""How do several files come to be there all, or none of them?"""

from collections.abc import Iterable, Mapping, Sequence

from bucketwright.plain_text import clipped
from bucketwright.storage.content import Data
from bucketwright.storage.errors import Changed, InDoubt, NotFound, Refused, StorageError
from bucketwright.storage.place import Place
from bucketwright.storage.said import Said
from bucketwright.storage.stored import At, IfMatch
from bucketwright.storage.transfer.watching import Cancel
from bucketwright.storage.writing import Written


def put_all(
    place: Place, files: Mapping[str, Data], said: Said | None = None, *, cancel: Cancel | None = None
) -> tuple[Written, ...]:
    """Store several new files; where one of them fails, or is called off, those before it go again.

    The error names those that could not be taken away. After InDoubt the one in doubt may be there, or come.
    """
    if place.there.prefix.write.mode == "overwrite":
        raise Refused(
            f"{place.there.address} overwrites, and what was overwritten cannot be put back: "
            "put the files one by one, or let the contract say create"
        )
    done: list[Written] = []
    try:
        for name, data in files.items():
            done.append(place.put(name, data, said or Said(), cancel=cancel))
    except StorageError as error:
        raise _told(error, take_away(place, reversed(done))) from error
    except BaseException:
        take_away(place, reversed(done))
        raise
    return tuple(done)


def take_away(place: Place, done: Iterable[Written]) -> tuple[str, ...]:
    """Delete what was written, but what others have replaced since; the names of what may still be there."""
    return tuple(written.name for written in done if not _is_taken_away(place, written))


def _is_taken_away(place: Place, written: Written) -> bool:
    try:
        place.home.backend.delete(At(place.there.bucket, written.key), IfMatch(written.etag))
    except (Changed, NotFound):
        return True
    except StorageError:
        return False
    return True


def _told(error: StorageError, left: Sequence[str]) -> StorageError:
    """The error, with what is there of several files all the same."""
    told = [error.message]
    if isinstance(error, InDoubt):
        told.append("this one may be there, or still come")
    if left:
        told.append(f"of those before it some could not be taken away: {clipped(', '.join(left), 300)}")
    return type(error)("; ".join(told), error.key)
