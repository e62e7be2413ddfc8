"""How are the parts of an upload read as the one content that they become, without a copy on the way?"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from hashlib import sha256
from io import RawIOBase
from pathlib import Path
from typing import BinaryIO, cast

from bucketwright.storage.backends.folder_files import opened
from bucketwright.storage.pieces import chunks


@dataclass(frozen=True, slots=True)
class Joined:
    """Files that are one content, one after the other."""

    paths: Sequence[Path]
    size: int
    sha256: str

    @contextmanager
    def opened(self, first: int = 0, size: int | None = None) -> Iterator[BinaryIO]:
        """All of it: nobody asks for less of what is to be an object."""
        if first or size is not None:
            raise ValueError("the parts of an upload are read as a whole")
        with _InTurn(self.paths) as file:
            yield cast("BinaryIO", file)


def joined(paths: Sequence[Path]) -> Joined:
    """The content of these files."""
    hashed, size = sha256(), 0
    with _InTurn(paths) as file:
        for chunk in chunks(file):
            hashed.update(chunk)
            size += len(chunk)
    return Joined(paths, size, hashed.hexdigest())


class _InTurn(RawIOBase):
    """One file after the other; one of them is open at a time."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self._left = list(paths)
        self._open = ExitStack()
        self._file: BinaryIO | None = None

    def readable(self) -> bool:
        return True

    def read(self, most: int | None = -1, /) -> bytes:
        """The next bytes, of one file; none at the end of the last."""
        while self._file is not None or self._left:
            if self._file is None:
                self._file = self._open.enter_context(opened(self._left.pop(0)))
            if piece := self._file.read(-1 if most is None else most):
                return piece
            self._open.close()
            self._file = None
        return b""

    def close(self) -> None:
        self._open.close()
        super().close()
