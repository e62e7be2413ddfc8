"""What has a session left in its bucket, since when, and how does it go?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from bucketwright.contract.keys.errors import Mismatch
from bucketwright.contract.keys.templates import PathTemplate
from bucketwright.contract.model import Environment
from bucketwright.contract.placement import Place as DeclaredPlace
from bucketwright.contract.placement import places
from bucketwright.contract.temp import SESSION_VARIABLES
from bucketwright.storage.backends.interface import AT_ONCE, Backend
from bucketwright.storage.patterns.batches import Cleared, Left, delete_keys
from bucketwright.storage.stored import At

if TYPE_CHECKING:  # what an application does not open, it does not load
    from bucketwright.storage.client import Storage


@dataclass(frozen=True, slots=True)
class Trace:
    """An object of a session, or an upload to it that is not finished."""

    key: str
    when: datetime | None
    size: int = 0
    upload_id: str = ""
    """Empty for an object."""


@dataclass(slots=True)
class Seen:
    """What is known of one session."""

    begun: datetime | None = None
    """When its first trace was left."""
    last: datetime | None = None
    is_dated: bool = True
    """Whether the age of each trace is known."""
    objects: int = 0
    uploads: int = 0
    size: int = 0
    traces: dict[tuple[str, str], Trace] = field(default_factory=dict, repr=False)
    """All of them, where they were asked for."""

    def add(self, trace: Trace) -> None:
        """One trace more."""
        if trace.when is None:
            self.is_dated = False
        else:
            self.begun = min(self.begun or trace.when, trace.when)
            self.last = max(self.last or trace.when, trace.when)
        self.objects += not trace.upload_id
        self.uploads += bool(trace.upload_id)
        self.size += trace.size


def session_buckets(environment: Environment) -> list[str]:
    """The ids of the buckets of upload sessions."""
    return [name for name, bucket in environment.buckets.items() if bucket.temp is not None]


def session_places(environment: Environment, bucket_id: str) -> list[DeclaredPlace]:
    """The prefixes of a bucket in whose paths a session is named."""
    return [one for one in places(environment, bucket_id) if session_variable(one.path)]


def session_variable(path: PathTemplate) -> str:
    """The variable that tells sessions apart; empty where there is none."""
    return next((one for one in SESSION_VARIABLES if one in path.variables), "")


def sessions_seen(storage: "Storage", bucket_id: str) -> dict[str, Seen]:
    """What is known of each session of a bucket."""
    found: dict[str, Seen] = {}
    counted: set[tuple[str, str]] = set()
    for session_id, trace in _traces(storage, bucket_id):
        if (trace.key, trace.upload_id) not in counted:
            counted.add((trace.key, trace.upload_id))
            found.setdefault(session_id, Seen()).add(trace)
    return found


def session_seen(storage: "Storage", bucket_id: str, session_id: str) -> Seen:
    """What is known of one session, with all its traces."""
    seen = Seen()
    for _, trace in _traces(storage, bucket_id, session_id):
        if (trace.key, trace.upload_id) not in seen.traces:
            seen.traces[trace.key, trace.upload_id] = trace
            seen.add(trace)
    return seen


def cleared(backend: Backend, bucket: str, traces: Sequence[Trace]) -> Cleared:
    """What became of these objects and uploads, which are deleted."""
    uploads = [trace for trace in traces if trace.upload_id]
    for trace in uploads:
        backend.drop(At(bucket, trace.key), trace.upload_id)
    keys = [trace.key for trace in traces if not trace.upload_id]
    failed: dict[str, str] = {}
    for begin in range(0, len(keys), AT_ONCE):
        failed |= delete_keys(backend, bucket, keys[begin : begin + AT_ONCE])
    left = tuple(Left(key, failed[key]) for key in sorted(failed))
    return Cleared(len(keys) - len(left), len(uploads), left)


def _traces(storage: "Storage", bucket_id: str, only: str | None = None) -> Iterator[tuple[str, Trace]]:
    """The traces of each session, or of one; a prefix within another yields its traces twice."""
    for place in session_places(storage.opened.environment, bucket_id):
        variable = session_variable(place.path)
        path = place.path if only is None else place.path.bind(**{variable: only})
        bucket = storage.prefix(place.address).there.bucket
        for trace in _all_below(storage.opened.backend, bucket, path.literal_head):
            below = place.path.parse_below(trace.key)
            if not isinstance(below, Mismatch) and only in {None, str(below.values[variable])}:
                yield str(below.values[variable]), trace


def _all_below(backend: Backend, bucket: str, head: str) -> Iterator[Trace]:
    for row in backend.rows(bucket, head):
        yield Trace(row.key, row.modified, row.size)
    for upload in backend.uploads(bucket, head):
        yield Trace(upload.key, upload.begun, 0, upload.upload_id)
