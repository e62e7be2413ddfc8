"""A queue that fails where it is told to, and a payload that is too large for a message."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bucketwright.storage import StorageError
from bucketwright.storage.patterns.claims import LARGEST_MESSAGE
from bucketwright.storage.patterns.queues import Message, Outgoing

LARGE = json.dumps({"text": "x" * LARGEST_MESSAGE}).encode()


@dataclass
class Waiting:
    """A queue in memory that fails where it is told to."""

    is_fifo: bool = False
    sent: list[Outgoing] = field(default_factory=list)
    sending: Exception | None = None
    deleting: Exception | None = None
    told: Mapping[str, str] = field(default_factory=dict)
    batches: list[int] = field(default_factory=list)
    """How many messages came at once."""
    answers: Mapping[str, StorageError] = field(default_factory=dict)
    """To those of several whose bodies end so."""

    def send(self, message: Outgoing) -> str:
        if self.sending is not None:
            raise self.sending
        self.sent.append(message)
        return "m-1"

    def send_many(self, messages: Sequence[Outgoing]) -> tuple[str | StorageError, ...]:
        if self.sending is not None:
            raise self.sending
        self.batches.append(len(messages))
        ends = [self.answers.get(one.body[-1:], f"m-{one.body[:1]}") for one in messages]
        self.sent += [one for one, end in zip(messages, ends, strict=True) if isinstance(end, str)]
        return tuple(ends)

    def receive(self, most: int, wait: int, hidden: int | None) -> tuple[Message, ...]:
        return tuple(Message("m-1", one.body, "r-1", one.attributes) for one in self.sent)

    def delete(self, receipt: str) -> None:
        if self.deleting is not None:
            raise self.deleting
        self.sent.clear()

    def hide(self, receipt: str, seconds: int) -> None:
        """Nobody else looks."""

    def facts(self) -> Mapping[str, str]:
        return self.told
