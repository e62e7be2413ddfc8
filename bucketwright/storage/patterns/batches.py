"""How does everything of a finished batch go? Page by page, and what would not go is told with its reason."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice

from bucketwright.contract.keys.key_text import character_fault
from bucketwright.plain_text import clipped
from bucketwright.storage.backends.interface import AT_ONCE, Backend
from bucketwright.storage.declared import Declared
from bucketwright.storage.errors import Denied, Refused, StorageError, Unreachable
from bucketwright.storage.place import Place, keep_place
from bucketwright.storage.stored import At
from bucketwright.storage.transfer.watching import Cancel


@dataclass(frozen=True, slots=True)
class Left:
    """An object that could not be deleted."""

    key: str
    reason: str


@dataclass(frozen=True, slots=True)
class Cleared:
    """What became of a batch."""

    deleted: int
    """Objects."""
    dropped: int = 0
    """Unfinished uploads that were given up."""
    left: tuple[Left, ...] = ()
    stopped: str = ""
    """Why the rest was not even listed; empty where everything was."""

    @property
    def is_whole(self) -> bool:
        """Whether nothing of the batch is left."""
        return not self.left and not self.stopped


def clear(place: Place, *, cancel: Cancel | None = None) -> Cleared:
    """Delete every object of a place, such as the one of a batch that is done, and its unfinished uploads.

    Refused where the contract keeps objects for ever. It can be called again for what is left, also where
    `cancel` ended it before the next page.
    """
    keep_what_stays(place)
    listed, failed, stopped = 0, dict[str, str](), ""
    try:
        for page in _pages(place):
            if cancel is not None and cancel.is_set():
                stopped = "it was called off"
                break
            listed += len(page)
            failed |= _deleted(place, page)
    except StorageError as error:
        if not listed:
            raise
        stopped = error.message
    left = _still_there(place, failed)
    dropped = 0 if cancel is not None and cancel.is_set() else _dropped(place)
    return Cleared(listed - len(left), dropped, left, stopped)


def keep_what_stays(place: Place) -> None:
    """Raises where the contract says that nothing of a place is ever deleted at once."""
    keep_place(place)
    if why := why_it_stays(place.there):
        raise Refused(f"{place.there.address} {why}: it is not cleared")


def why_it_stays(there: Declared) -> str:
    """Why nothing there is ever deleted unasked, as the contract says; empty where it may be."""
    if there.written_by_aws:
        return "is for what AWS delivers"
    return "keeps its objects for ever" if there.prefix.keep == "forever" else ""


def delete_keys(backend: Backend, bucket: str, keys: Sequence[str]) -> Mapping[str, str]:
    """Delete these objects; why not, for each key that could not be."""
    plain = [key for key in keys if character_fault(key) is None]
    failed = dict(backend.delete_many(bucket, plain)) if plain else {}
    for key in set(keys).difference(plain):  # XML cannot carry them, so one would spoil the whole request
        try:
            backend.delete(At(bucket, key))
        except StorageError as error:
            failed[key] = error.message
    return failed


def _pages(place: Place) -> Iterator[list[str]]:
    rows = place.home.backend.rows(place.there.bucket, place.path)
    while page := [row.key for row in islice(rows, AT_ONCE)]:
        yield page


def _deleted(place: Place, page: Sequence[str]) -> Mapping[str, str]:
    """Delete a page; where it is refused as a whole, that is the reason for each of its keys."""
    try:
        return delete_keys(place.home.backend, place.there.bucket, page)
    except StorageError as error:
        return dict.fromkeys(page, error.message)


def _still_there(place: Place, failed: Mapping[str, str]) -> tuple[Left, ...]:
    """Those of the failed that are still listed: an error may come after the deed."""
    there = set(failed)
    if failed:
        with suppress(StorageError):
            there = {row.key for row in place.home.backend.rows(place.there.bucket, place.path)}
    return tuple(Left(key, clipped(failed[key], 300)) for key in sorted(failed) if key in there)


def _dropped(place: Place) -> int:
    """How many unfinished uploads were given up; none where nobody may look for them: lifecycle ends them."""
    backend, bucket, dropped = place.home.backend, place.there.bucket, 0
    with suppress(Denied, Unreachable):
        for upload in list(backend.uploads(bucket, place.path)):
            backend.drop(At(bucket, upload.key), upload.upload_id)
            dropped += 1
    return dropped
