"""How is nothing signed logged? The SDK notes at level DEBUG what it signs and the signature: not here."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

_SIGNING: Final[ContextVar[bool]] = ContextVar("signing", default=False)


class _WhileSigning(logging.Filter):
    """Lets nothing through that is logged by whoever signs a link just now."""

    def filter(self, record: logging.LogRecord) -> bool:  # noqa: ARG002 - whatever it is
        return not _SIGNING.get()


_FILTER: Final = _WhileSigning()


@contextmanager
def quietly() -> Iterator[None]:
    """The SDK's signer logs nothing in the block, in this thread; all other requests as before."""
    logging.getLogger("botocore.auth").addFilter(_FILTER)  # added once, however often
    token = _SIGNING.set(True)
    try:
        yield
    finally:
        _SIGNING.reset(token)
