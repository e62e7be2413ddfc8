"""What became of the attempts of one request, as far as anybody can tell from here?

The SDK tries again by itself, and tells only of the last attempt. A write may have been done by an earlier
one whose answer never came.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Final

from botocore.client import BaseClient
from botocore.exceptions import (
    ConnectTimeoutError,
    EndpointConnectionError,
    ProxyConnectionError,
    SSLError,
)

_NEVER_SENT: Final = (ConnectTimeoutError, EndpointConnectionError, ProxyConnectionError, SSLError)
_HOOK: Final = "bucketwright-attempts"


@dataclass(slots=True)
class Attempts:
    """What is known of the attempts so far."""

    may_be_done: bool = False
    """Whether one of them may have been carried out, though it did not answer so."""
    unanswered: bool = False
    """Whether one of those never answered, so that it may still be under way."""

    def note(self, response: object, error: object) -> None:
        """One attempt is over."""
        if error is not None:
            sent = not isinstance(error, _NEVER_SENT)
            self.may_be_done |= sent
            self.unanswered |= sent
        elif isinstance(response, tuple) and getattr(response[0], "status_code", 0) >= 500:
            self.may_be_done = True


_NOW: Final[ContextVar[Attempts | None]] = ContextVar("attempts", default=None)


def watch(client: BaseClient) -> None:
    """Note all attempts of a client from now on; nothing changes where they are noted already."""
    service = client.meta.service_model.service_id.hyphenize()
    client.meta.events.register(f"needs-retry.{service}", _noted, unique_id=_HOOK)


@contextmanager
def attempts() -> Iterator[Attempts]:
    """What becomes of the attempts made in the block, in this thread."""
    these = Attempts()
    token = _NOW.set(these)
    try:
        yield these
    finally:
        _NOW.reset(token)


def note_unreadable() -> None:
    """Something came for the request that is under way in this thread, and nobody can read it: any page may
    have come before the answer.
    """
    these = _NOW.get()
    if these is not None:
        these.may_be_done = these.unanswered = True


def _noted(response: object = None, caught_exception: object = None, **_event: object) -> None:
    these = _NOW.get()
    if these is not None:
        these.note(response, caught_exception)
