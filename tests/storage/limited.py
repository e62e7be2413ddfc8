"""A disk that takes only so much, as far as this process is concerned."""

from collections.abc import Iterator
from contextlib import contextmanager
from resource import RLIMIT_FSIZE, getrlimit, setrlimit


@contextmanager
def limited_to(size: int) -> Iterator[None]:
    """No file becomes larger while the block runs: the write that would do it is cut, the next one fails."""
    soft, hard = getrlimit(RLIMIT_FSIZE)
    setrlimit(RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        setrlimit(RLIMIT_FSIZE, (soft, hard))
