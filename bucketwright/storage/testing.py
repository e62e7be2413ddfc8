"""How do the tests of an application do without a server? One line around them, and nothing else changes.

with in_memory():
    ...
"""

from collections.abc import Iterator
from contextlib import contextmanager
from os import PathLike
from pathlib import Path

from bucketwright.storage.backends.folder import Folder
from bucketwright.storage.backends.interface import Backend
from bucketwright.storage.backends.memory import Memory
from bucketwright.storage.opened import swapped


@contextmanager
def in_memory() -> Iterator[Backend]:
    """Every storage of the program, open already or not, is kept in a memory of the block's own."""
    with swapped(Memory()) as backend:
        yield backend


@contextmanager
def in_folder(path: PathLike[str]) -> Iterator[Backend]:
    """The same in a folder."""
    with swapped(Folder(Path(path))) as backend:
        yield backend
