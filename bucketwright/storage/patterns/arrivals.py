"""Who scans what arrives in a quarantine? Whoever takes from its queue; the same message twice does no harm.

A message says only where to look: what lies there now is scanned. It is taken out of the queue once that is
settled. What is not settled comes back by itself, and after some times goes where nobody has to look for it:
to the queue of what no scanner could handle.
"""

from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from bucketwright.plain_text import shown
from bucketwright.storage.errors import StorageError
from bucketwright.storage.patterns.quarantine import Outcome, Quarantine
from bucketwright.storage.patterns.queues import LONGEST_WAIT, Message, Queue
from bucketwright.strict_json import NotJsonError, read_json

_CREATED: Final = "Object Created"
_LARGEST: Final = 256 * 1024
"""Bytes of an event; EventBridge sends no larger one."""


@dataclass(frozen=True, slots=True)
class Arrivals:
    """The queue of one quarantine."""

    quarantine: Quarantine
    queue: Queue

    def next(self, wait: int = LONGEST_WAIT) -> Outcome | None:
        """What became of the next arrival; None where none came within so many seconds.

        Where the scanner cannot be believed nothing is taken, or given back: Unreachable or Misconfigured.
        """
        self.quarantine.scanner.keep_sound()
        for message in self.queue.receive(1, wait, None):
            return self._handled(message)
        return None

    def _handled(self, message: Message) -> Outcome:
        where = _where(message.body)
        bucket = self.quarantine.waiting.there.bucket
        if where is None:
            return Outcome("", "waiting", f"the message {shown(message.id)} tells of no new object")
        if where[0] != bucket:
            return Outcome(where[1], "waiting", f"it is in the bucket {shown(where[0])}, and not in {bucket}")
        try:
            outcome = self.quarantine.scan(where[1])
        except BaseException:
            with suppress(StorageError):
                self.queue.hide(message.receipt, 0)
            raise
        if outcome.is_settled:
            with suppress(StorageError):  # it comes again, and then there is nothing to do
                self.queue.delete(message.receipt)
        return outcome


def _where(body: str) -> tuple[str, str] | None:
    """The bucket and the key that an event of EventBridge tells of; None where it tells of something else."""
    if len(body) > _LARGEST:
        return None
    try:
        event = read_json(body).value
    except NotJsonError:
        return None
    detail = _inside(event, "detail")
    bucket, key = _inside(_inside(detail, "bucket"), "name"), _inside(_inside(detail, "object"), "key")
    is_arrival = _inside(event, "source") == "aws.s3" and _inside(event, "detail-type") == _CREATED
    return (bucket, key) if is_arrival and isinstance(bucket, str) and isinstance(key, str) else None


def _inside(value: object, name: str) -> object:
    return value.get(name) if isinstance(value, dict) else None
