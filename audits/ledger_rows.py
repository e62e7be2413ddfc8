"""What does a ledger say of what lies in a bucket, row by row, and how old and how whole is that?"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from audits.ledger.identity import BrokenError, BucketIdentity, LedgerError
from audits.ledger.opening import open_ledger
from audits.objects.lasting import moment
from bucketwright.changes.radius import Known, Unlisted
from bucketwright.objects.lying import Lying
from bucketwright.objects.unfinished import Uploads
from bucketwright.plain_text import printable
from bucketwright.strict_json import NotJsonError, read_json

if TYPE_CHECKING:
    from audits.ledger.ledger import Ledger
    from audits.ledger.manifest import Manifest

_COLUMNS: Final = (
    "key",
    "size",
    "modified",
    "storage_class",
    "version_id",
    "is_latest",
    "kind",
    "noncurrent_since",
    "newer_noncurrent",
    "tags",
    "tagging_read_at",
    "tag_count",
    "head_read_at",
)
_MARKER: Final = "delete_marker"
_USUAL_CLASS: Final = "STANDARD"


class LedgerRows:
    """One ledger, read bucket by bucket."""

    def __init__(self, ledger: "Ledger") -> None:
        self._ledger: Final = ledger
        shelves = ledger.shelves()
        self._buckets: Final = shelves.buckets
        self._shelves: Final = shelves
        self.unreadable: Final = tuple((one.folder, unreadable(one.trouble)) for one in shelves.broken)
        """The folders of buckets of which nothing can be told, and why."""

    def of(self, name: str, endpoint: str = "") -> Known | Unlisted:
        """What it knows of a bucket at AWS or a server; of none there, but one elsewhere, of that one."""
        bucket = self._named(name, endpoint)
        if isinstance(bucket, Unlisted):
            return bucket
        manifest = self._ledger.manifest(bucket)
        if not manifest.parts and not manifest.runs:
            return Unlisted("the first run that looked at it is not finished")
        return Known(self._rows(bucket), *listed_on(manifest))

    def uploads(self, name: str, endpoint: str = "") -> Uploads | None:
        """The uploads that nobody had finished, as the last run saw them that listed them; None: none did."""
        bucket = self._named(name, endpoint)
        seen = None if isinstance(bucket, Unlisted) else self._ledger.manifest(bucket).uploads
        return None if seen is None else Uploads(seen.count, seen.size, seen.unsized)

    def names(self, endpoint: str = "") -> tuple[str, ...]:
        """Of all buckets at AWS or a server; where there are none there, of all."""
        there = [one.name for one in self._buckets if one.endpoint == endpoint]
        return tuple(dict.fromkeys(there or (one.name for one in self._buckets)))

    def _named(self, name: str, endpoint: str) -> BucketIdentity | Unlisted:
        several = [one for one in self._buckets if one.name == name]
        exact = [one for one in several if one.endpoint == endpoint]
        if exact:
            return exact[0]
        broken = self._shelves.broken_of(BucketIdentity(name, endpoint))
        if broken is not None:
            return Unlisted(unreadable(broken.trouble), is_damaged=True)
        if len(several) == 1:
            return several[0]
        if several:
            places = ", ".join(printable(one.endpoint) for one in several)
            return Unlisted(f"the ledger has several buckets of that name, at {places}")
        folders = ", ".join(folder for folder, _ in self.unreadable)
        others = f", and cannot read {folders}" if folders else ""
        return Unlisted(f"the ledger does not have the bucket {printable(name)}{others}")

    def _rows(self, bucket: BucketIdentity) -> Iterator[Lying]:
        for batch in self._ledger.scan(bucket, _COLUMNS):
            yield from map(_lying, *(batch.column(name).to_pylist() for name in _COLUMNS))


@contextmanager
def ledger_rows(url: str) -> Iterator[LedgerRows]:
    """The ledger at an address; LedgerError where it cannot be read."""
    with open_ledger(url) as ledger:
        yield LedgerRows(ledger)


def unreadable(trouble: LedgerError) -> str:
    """Why nothing can be told of a bucket, and what to do."""
    mended = "; `ledger forget` takes it away" if isinstance(trouble, BrokenError) else ""
    return f"the ledger cannot be read: {printable(str(trouble))}{mended}"


def listed_on(manifest: "Manifest") -> tuple[date | None, str]:
    """The day on which a run last went through the whole bucket, else that of the oldest rows; and why there
    may be more in it, where that is so."""
    whole = [run.begun for run in manifest.runs if run.looked_at_all]
    oldest = [part.oldest for part in manifest.parts]
    found = max(whole) if whole else min(oldest, default=None)
    missing = "" if whole or manifest.is_complete else "no run has listed it to its end"
    return None if found is None else found.astimezone(UTC).date(), missing


def _lying(*values: object) -> Lying:
    """One row; a value of another type than its column is as one that was not read."""
    key, size, modified, storage_class, version, latest, kind, since, newer, *of_tags = values
    tags, read_at, count = _tags_of(*of_tags)
    return Lying(
        key=str(key),
        size=size if isinstance(size, int) else 0,
        modified=_moment(modified),
        storage_class=storage_class if isinstance(storage_class, str) and storage_class else _USUAL_CLASS,
        version_id=str(version),
        is_latest=latest is not False,
        is_marker=kind == _MARKER,
        noncurrent_since=_moment(since),
        newer_noncurrent=newer if isinstance(newer, int) else None,
        tags=tags,
        tags_read=read_at,
        tag_count=count,
    )


def _tags_of(
    text: object, asked: object, count: object, headed: object
) -> tuple[Mapping[str, str] | None, datetime | None, int | None]:
    """The tags and when they were read; where only their number is known, that. What was told last counts:
    headers that count another number of tags, or none, say that those read before are no longer there."""
    tags = _tags(text) if isinstance(asked, datetime) else None
    if not isinstance(count, int) or not isinstance(headed, datetime):
        return tags, asked if isinstance(asked, datetime) and tags is not None else None, None
    if isinstance(asked, datetime) and tags is not None and (asked >= headed or len(tags) == count):
        return tags, asked, None
    return (None, None, count) if count else ({}, headed, None)


def _moment(text: object) -> datetime | None:
    return moment(text) if isinstance(text, str) else None


@lru_cache(maxsize=4_096)
def _tags(text: object) -> Mapping[str, str] | None:
    """Those of an object whose tags were asked for: none where nothing was answered."""
    if text is None:
        return {}
    try:
        found = read_json(text).value if isinstance(text, str) else None
    except NotJsonError:
        return None
    if not isinstance(found, dict):
        return None
    tags = {name: value for name, value in found.items() if isinstance(value, str)}
    return tags if len(tags) == len(found) else None
