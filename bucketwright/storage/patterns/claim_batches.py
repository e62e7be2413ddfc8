"""How do several messages go to a queue by few requests? Ten at once, and no more bytes than one may have."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bucketwright.storage.backends.interface import Lost
from bucketwright.storage.errors import InDoubt, StorageError
from bucketwright.storage.patterns.claims import message_size
from bucketwright.storage.patterns.queues import MOST_AT_ONCE, Outgoing, Queue
from bucketwright.storage.patterns.together import take_away
from bucketwright.storage.place import Place

if TYPE_CHECKING:
    from bucketwright.storage.writing import Written


@dataclass(frozen=True, slots=True)
class Load:
    """A payload that is to be sent, and what is said beside it."""

    payload: bytes
    attributes: Mapping[str, str] = field(default_factory=dict)
    group: str = ""
    """Of a FIFO queue: within it the order is kept."""
    once: str = ""
    """Of a FIFO queue: what tells it from all others, in place of the hash of the payload."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """A message that is ready to be sent, and the payload that was stored for it."""

    number: int
    """Which of the loads it is."""
    message: Outgoing
    written: "Written | None"

    @property
    def key(self) -> str:
        """Where the payload is stored; empty where it travels inside."""
        return self.written.key if self.written else ""


@dataclass(frozen=True, slots=True)
class Sent:
    """A payload that is on its way."""

    message_id: str
    stored: str = ""
    """The key of the payload; empty where it travels inside."""


def in_batches(parcels: Iterable[Parcel], largest: int) -> Iterator[list[Parcel]]:
    """The same in their order, in batches that a queue takes: all of one have no more bytes than that."""
    batch: list[Parcel] = []
    size = 0
    for parcel in parcels:
        more = message_size(parcel.message.body, parcel.message.attributes)
        if batch and (len(batch) == MOST_AT_ONCE or size + more > largest):
            yield batch
            batch, size = [], 0
        batch.append(parcel)
        size += more
    if batch:
        yield batch


def sent_together(place: Place, queue: Queue, batch: Sequence[Parcel]) -> Mapping[int, Sent | StorageError]:
    """What became of each; what was stored for a message that the queue did not take is taken away."""
    try:
        answers = queue.send_many([one.message for one in batch])
    except Lost as lost:
        return {one.number: in_doubt(lost, one.written) for one in batch}
    except StorageError as error:
        answers = (error,) * len(batch)
    except BaseException:
        take_away(place, [one.written for one in batch if one.written])
        raise
    ends = [*zip(batch, answers, strict=True)]
    take_away(place, [one.written for one, end in ends if one.written and _is_refused(end)])
    return {one.number: Sent(end, one.key) if isinstance(end, str) else end for one, end in ends}


def in_doubt(lost: Lost, written: "Written | None") -> InDoubt:
    """What to say of a message that nobody answered for."""
    return InDoubt(
        f"the message was not answered ({lost.error.message}); it may have been sent"
        + (", so its payload stays" if written else ""),
        written.key if written else "",
    )


def _is_refused(end: str | StorageError) -> bool:
    return isinstance(end, StorageError) and not isinstance(end, InDoubt)
