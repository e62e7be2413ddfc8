"""How does a payload of any size go through a queue? Inside where it is small, else stored, by its name."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from types import TracebackType
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from bucketwright.contract.keys.variable_types import TYPES
from bucketwright.contract.quantities import spell_days, spell_span
from bucketwright.plain_text import shown
from bucketwright.storage.backends.interface import Lost
from bucketwright.storage.errors import Damaged, Misconfigured, NotFound, Refused, StorageError
from bucketwright.storage.patterns.claim_batches import (
    Load,
    Parcel,
    Sent,
    in_batches,
    in_doubt,
    sent_together,
)
from bucketwright.storage.patterns.claims import (
    KIND,
    LARGEST_EVER,
    LARGEST_MESSAGE,
    SMALLEST_LIMIT,
    Inline,
    Pointer,
    inline_body,
    keep_attributes,
    keep_payload,
    message_size,
    pointer_body,
    pointer_to,
    read_body,
)
from bucketwright.storage.patterns.queues import LONGEST_WAIT, Message, Outgoing, Queue, message_of
from bucketwright.storage.patterns.together import take_away
from bucketwright.storage.place import Place

if TYPE_CHECKING:
    from bucketwright.storage.writing import Written

_OF_LAMBDA: Final = ("messageId", "body", "receiptHandle", "messageAttributes", "stringValue")


class ClaimCheck:
    """Payloads through a queue; what is too large for a message is stored at a place of the contract."""

    def __init__(self, place: Place, queue: Queue, largest: int = LARGEST_MESSAGE) -> None:
        if not SMALLEST_LIMIT <= largest <= LARGEST_EVER:
            raise Misconfigured(
                f"a message has {SMALLEST_LIMIT:,} to {LARGEST_EVER:,} bytes at most, and not {largest:,}"
            )
        self._place, self._queue, self._largest = place, queue, largest
        self._variable: Final = _free_variable(place)

    def send(
        self, payload: bytes, attributes: Mapping[str, str] | None = None, *, group: str = "", once: str = ""
    ) -> Sent:
        """Send a payload; where the queue does not take the message, nothing stays stored.

        Refused beyond the contract's threshold, for whoever reads it holds it in memory.
        """
        parcel = self._made(0, Load(payload, attributes or {}, group, once))
        return Sent(self._sent(parcel.message, parcel.written), parcel.key)

    def send_many(self, loads: Iterable[Load | bytes]) -> tuple[Sent | StorageError, ...]:
        """Send several, by as few requests as the queue takes: for each, in their order, that or why not.

        Of what the queue did not take nothing stays stored. Where nobody answered for a batch, each of it is
        InDoubt, and its payload stays.
        """
        ends: dict[int, Sent | StorageError] = {}
        for batch in in_batches(self._all_made(loads, ends), self._largest):
            ends |= sent_together(self._place, self._queue, batch)
        return tuple(ends[number] for number in sorted(ends))

    def _all_made(
        self, loads: Iterable[Load | bytes], ends: dict[int, Sent | StorageError]
    ) -> Iterator[Parcel]:
        """Every message that can be sent; of the others it is noted why not."""
        for number, load in enumerate(loads):
            try:
                yield self._made(number, load if isinstance(load, Load) else Load(load))
            except StorageError as error:
                ends[number] = error

    def _made(self, number: int, load: Load) -> Parcel:
        """A message that is ready, its payload stored where it is too large for one."""
        payload = load.payload
        if not isinstance(payload, bytes | bytearray):
            raise Refused(f"a payload is bytes, found {type(payload).__name__}: of a text give text.encode()")
        _keep_size(self._place, len(payload))
        given = dict(load.attributes)
        keep_attributes(given)
        once = self._once(payload, load.group, load.once)
        travel, body = inline_body(payload)
        told = {**given, KIND: travel}
        if message_size(body, told) <= self._largest:
            return Parcel(number, Outgoing(body, told, load.group, once), None)
        written = self._place.put(self._name(), payload)
        body, told = pointer_body(pointer_to(written.name, payload)), {**given, KIND: "stored"}
        return Parcel(number, Outgoing(body, told, load.group, once), written)

    def receive(
        self, most: int = 10, wait: int = LONGEST_WAIT, hidden: int | None = None
    ) -> "tuple[Claim, ...]":
        """Messages that came, at most ten; none where nothing came in so many seconds."""
        return tuple(Claim(one, self._place, self._queue) for one in self._queue.receive(most, wait, hidden))

    def of_event(self, event: Mapping[str, object]) -> "tuple[Claim, ...]":
        """The messages that Lambda hands to a function."""
        records = event.get("Records")
        found = [one for one in records if isinstance(one, Mapping)] if isinstance(records, list) else []
        return tuple(Claim(message_of(one, _OF_LAMBDA), self._place, self._queue) for one in found)

    def doubts(self) -> tuple[str, ...]:
        """What does not fit between the queue and the place, a sentence each; none where all does."""
        facts, there = self._queue.facts(), self._place.there
        kept = there.prefix.expire
        found = []
        waits = timedelta(seconds=_number(facts, "MessageRetentionPeriod"))
        if kept is None:
            found.append(f"{there.address} has no 'expire': a payload whose message is lost stays for ever")
        elif waits > timedelta(days=kept):
            found.append(
                f"messages wait up to {spell_span(waits)}, and payloads in {there.address} are deleted after "
                f"{spell_days(kept)}: let the queue keep messages no longer, its dead-letter queue included"
            )
        most = _number(facts, "MaximumMessageSize")
        if most and most < self._largest:
            found.append(f"the queue takes messages of {most:,} bytes, and up to {self._largest:,} are sent")
        if "RedrivePolicy" not in facts:
            found.append("the queue has no dead-letter queue: a message that nobody can read comes again")
        return tuple(found)

    def _once(self, payload: bytes, group: str, once: str) -> str:
        """What tells the message from others: never the body, which is another each time it names a file."""
        if not self._queue.is_fifo:
            if once:
                raise Refused("only a FIFO queue takes a message once: leave out 'once'")
            return ""
        if not group:
            raise Refused("a FIFO queue keeps the order within a group: name it by 'group'")
        return once or sha256(payload).hexdigest()

    def _sent(self, message: Outgoing, written: "Written | None") -> str:
        try:
            return self._queue.send(message)
        except Lost as lost:
            raise in_doubt(lost, written) from None
        except BaseException:
            take_away(self._place, [written] if written else [])
            raise

    def _name(self) -> str:
        token = uuid4()
        if self._variable:
            return self._place.named(**{self._variable: token})
        return f"{token}{next(iter(self._place.there.prefix.extensions), '')}"


@dataclass(slots=True)
class Claim:
    """One message that came. As a block it gives the payload, and is done when the block ends well."""

    message: Message
    _place: Place = field(repr=False)
    _queue: Queue = field(repr=False)

    @property
    def attributes(self) -> Mapping[str, str]:
        """What the sender said beside the payload."""
        return {name: text for name, text in self.message.attributes.items() if name != KIND}

    def read(self) -> bytes:
        """The payload: the very bytes that were sent, or Damaged; NotFound where somebody was done before.

        Refused where it is larger than the contract's threshold, whoever sent it.
        """
        found = read_body(self.message.body, self.message.attributes)
        return found.payload if isinstance(found, Inline) else self._fetched(found)

    def done(self) -> None:
        """Take the message out of the queue, and then its payload from where it is stored.

        Changed where others may have got the message meanwhile: then both stay.
        """
        self._queue.delete(self.message.receipt)
        with suppress(StorageError):  # the message is gone, and lifecycle takes what it named
            found = read_body(self.message.body, self.message.attributes)
            if isinstance(found, Pointer):
                self._place.delete(found.name)

    def extend(self, seconds: int) -> None:
        """Keep the message from others for so many seconds from now on."""
        self._queue.hide(self.message.receipt, seconds)

    def give_back(self) -> None:
        """Let others have the message at once."""
        self._queue.hide(self.message.receipt, 0)

    def __enter__(self) -> bytes:
        return self.read()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.done()

    def _fetched(self, pointer: Pointer) -> bytes:
        try:
            with self._place.open(pointer.name) as file:
                _keep_size(self._place, file.info.size)
                if file.info.size != pointer.size:
                    raise Damaged(f"{shown(pointer.name, 120)} has not the size that the message says")
                return keep_payload(pointer, file.read())
        except NotFound:
            raise NotFound(
                f"the payload {shown(pointer.name, 120)} is gone: this message was done already, or waited "
                "longer than payloads are kept"
            ) from None


def _free_variable(place: Place) -> str:
    """The variable that names a payload; empty where the contract takes any name."""
    if place.there.prefix.objects is None:
        return ""
    variables = place.there.place.keys.variables
    free = [name for name in variables if name not in place.values]
    if len(free) != 1 or variables[free[0]] != TYPES["uuid"]:
        raise Misconfigured(
            f"names at {place.there.address} are {place.there.prefix.objects}: payloads need one variable of "
            "the type uuid there, or any name"
        )
    return free[0]


def _keep_size(place: Place, size: int) -> None:
    most = place.there.transfer.threshold
    if size > most:
        raise Refused(
            f"the payload has {size:,} bytes, and {most:,} are held at once at {place.there.address}"
        )


def _number(facts: Mapping[str, str], name: str) -> int:
    text = facts.get(name, "")
    return int(text) if text.isdecimal() else 0
