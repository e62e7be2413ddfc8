"""How does content reach a backend: at once, or in parts where it is large?"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from bucketwright.contract.buckets import Transfer
from bucketwright.plain_text import shown
from bucketwright.storage.backends.interface import Backend, Busy, Lost
from bucketwright.storage.content import Body
from bucketwright.storage.errors import (
    AlreadyThere,
    Cancelled,
    Denied,
    Misconfigured,
    NotFound,
    StorageError,
    Unreachable,
)
from bucketwright.storage.stored import WRITE_ID, At, Attributes, Condition, IfAbsent, Part, Stored
from bucketwright.storage.transfer.lanes import in_lanes
from bucketwright.storage.transfer.notes import Begun, Notes
from bucketwright.storage.transfer.sizes import part_size, spans
from bucketwright.storage.transfer.watching import Meter, Watch

_CUT_SHORT: Final = (Cancelled, Denied, Misconfigured, Unreachable)
"""Errors after which the same upload may well go on later; all others it would meet again."""


@dataclass(frozen=True, slots=True)
class Sending:
    """Content on its way to a backend, by the contract's terms for large files."""

    backend: Backend
    body: Body
    transfer: Transfer
    meter: Meter
    notes: Notes | None = None
    """Where an unfinished upload is noted, so that it can be taken up again."""

    @classmethod
    def of(cls, backend: Backend, body: Body, transfer: Transfer, watch: Watch | None = None) -> "Sending":
        """Content that somebody may watch on its way."""
        meter = Meter(watch or Watch(), body.size)
        return cls(backend, body.watched(meter), transfer, meter)

    @property
    def part_size(self) -> int:
        """Of every part but the last; 0 where all of it goes at once."""
        return part_size(self.body.size, self.transfer)

    def __call__(self, at: At, attributes: Attributes, condition: Condition) -> Stored:
        """The object of this content; an upload that fails leaves no parts behind, unless it is noted."""
        self.meter.begin()
        send = self._in_parts if self.part_size else self._at_once
        stored = send(at, attributes, condition)
        self.meter.end()
        return stored

    def _at_once(self, at: At, attributes: Attributes, condition: Condition) -> Stored:
        return self.backend.put(at, self.body, attributes, condition)

    def _in_parts(self, at: At, attributes: Attributes, condition: Condition) -> Stored:
        begun = self.notes.taken_up(at) if self.notes else None
        if begun is None:
            if isinstance(condition, IfAbsent):
                self._keep_absent(at)
            begun = Begun(at, self.backend.begin(at, attributes), attributes.metadata[WRITE_ID])
        try:
            if self.notes and not begun.parts:
                self.notes.keep(begun)
            parts = self._sent(begun)
            return self.backend.finish(at, begun.upload_id, parts, condition)
        except BaseException as error:
            if self.notes is None or not _goes_on(error):
                self._give_up(begun)
            raise

    def _sent(self, begun: Begun) -> Sequence[Part]:
        known = {part.number: part for part in begun.parts}

        def send(numbered: tuple[int, tuple[int, int]]) -> Part:
            number, span = numbered
            part, there = self.body.part(*span), known.get(number)
            if there and there.size == part.size and there.sha256 in {"", part.sha256}:
                self.meter.add(part.size)
                return there
            return self.backend.send(begun.at, begun.upload_id, number, part)

        numbered = list(enumerate(spans(self.body.size, self.part_size), start=1))
        return in_lanes(send, numbered, self.transfer.concurrency, self.meter)

    def _give_up(self, begun: Begun) -> None:
        with suppress(StorageError):
            self.backend.drop(begun.at, begun.upload_id)
        if self.notes:
            self.notes.forget()

    def _keep_absent(self, at: At) -> None:
        """Raises where all would be sent in vain; nobody may come between, either, when it is finished."""
        with suppress(NotFound):
            self.backend.head(at)
            raise AlreadyThere(f"there is an object under {shown(at.key, 120)} already", at.key)


def _goes_on(error: BaseException) -> bool:
    """Whether the same upload may well succeed later."""
    cause = error.error if isinstance(error, Lost) else error
    return isinstance(cause, _CUT_SHORT) or not isinstance(cause, StorageError | Busy)
