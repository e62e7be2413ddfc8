"""What is said where a library is missing that only an extra brings?"""

from collections.abc import Iterator
from contextlib import contextmanager

from bucketwright.storage.errors import Misconfigured


@contextmanager
def brought_by(extra: str, package: str, purpose: str) -> Iterator[None]:
    """What the block imports is there, or Misconfigured says how to get it."""
    try:
        yield
    except ModuleNotFoundError as missing:
        if (missing.name or "").partition(".")[0] != package:
            raise
        message = f'{package} {purpose}, and is not installed: pip install "bucketwright[{extra}]"'
        raise Misconfigured(message) from None
