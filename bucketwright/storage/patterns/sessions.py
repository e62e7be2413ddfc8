"""How do the files of one upload session stay together, and go together once it has succeeded?

A session is an id in the keys of a temp bucket. What nobody finishes, the sweeper takes in time.
"""

from collections.abc import Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self
from uuid import UUID, uuid4

from bucketwright.contract.keys.errors import TemplateError
from bucketwright.contract.keys.variable_types import Value
from bucketwright.contract.placement import Place as DeclaredPlace
from bucketwright.plain_text import shown
from bucketwright.storage.errors import Misconfigured, Refused, StorageError
from bucketwright.storage.patterns.batches import Cleared
from bucketwright.storage.patterns.session_traces import (
    cleared,
    session_buckets,
    session_places,
    session_seen,
    session_variable,
)
from bucketwright.storage.place import Place
from bucketwright.storage.scoped import Lent, lend, policy_of

if TYPE_CHECKING:  # what an application does not open, it does not load
    from bucketwright.storage.client import Storage


class UploadSessions:
    """The sessions of one temp bucket of a contract; of its only one, where none is named."""

    def __init__(self, storage: "Storage", bucket: str = "") -> None:
        known = session_buckets(storage.opened.environment)
        if not bucket and len(known) != 1:
            raise Misconfigured(
                f"name the bucket of the sessions: the contract has {', '.join(known) or 'none'} with 'temp'"
            )
        if bucket and bucket not in known:
            raise Misconfigured(f"the contract has no bucket {shown(bucket)} with 'temp' for sessions")
        self.storage: Final = storage
        self.bucket: Final = bucket or known[0]

    def begin(self) -> "Session":
        """A session that nobody else has."""
        return Session(self, str(uuid4()))

    def of(self, session_id: UUID | str) -> "Session":
        """A session that was begun before, by its id."""
        return Session(self, str(session_id))


class Session:
    """One session; as a block it deletes all its files when the block ends well, and keeps them otherwise."""

    def __init__(self, sessions: UploadSessions, session_id: str) -> None:
        self.id: Final = session_id
        """What its keys say."""
        self._storage, self._bucket = sessions.storage, sessions.bucket
        self._own = {
            place.prefix_id: place for place in session_places(self._storage.opened.environment, self._bucket)
        }
        for place in self._own.values():
            _keep_id(place, session_id)
        self.cleared: Cleared | None = None
        """What became of its files; None until it was finished."""

    def place(self, prefix: str = "", /, **values: Value) -> Place:
        """Where the session keeps the files of a prefix; of the only one, where none is named."""
        name = prefix or (next(iter(self._own)) if len(self._own) == 1 else "")
        if name not in self._own:
            raise Refused(f"sessions have no prefix {shown(prefix)}: they have {', '.join(self._own)}")
        there = self._own[name]
        return self._storage.prefix(there.address).at(**values, **{session_variable(there.path): self.id})

    def policy(self, access: str, prefix: str, /, **values: Value) -> Mapping[str, object]:
        """The session policy under which a role of the contract reaches the keys of this session alone."""
        return policy_of(self.place(prefix, **values), access)

    def credentials(self, access: str, prefix: str = "", /, **values: Value) -> Lent:
        """Credentials that reach this session's keys and no other's, for an hour: see `scoped.lend`."""
        return lend(self.place(prefix, **values), access)

    def finish(self) -> Cleared:
        """Delete everything of the session now."""
        place = next(iter(self._own.values()))
        bucket = self._storage.prefix(place.address).there.bucket
        traces = [*session_seen(self._storage, self._bucket, self.id).traces.values()]
        self.cleared = cleared(self._storage.opened.backend, bucket, traces)
        return self.cleared

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            return
        try:
            self.finish()
        except StorageError as failed:  # the work is done; the sweeper takes what is left
            self.cleared = Cleared(0, stopped=failed.message)


def _keep_id(place: DeclaredPlace, session_id: str) -> None:
    """Raises where no session can have that id: nothing is read or deleted by it."""
    try:
        place.path.bind(**{session_variable(place.path): session_id})
    except TemplateError as error:
        raise Refused(f"{shown(session_id)} is no id of a session: {error.message}") from None
