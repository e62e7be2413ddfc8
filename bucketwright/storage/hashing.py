"""What are the size, the beginning and the hashes of content that passes by once?"""

import codecs
from hashlib import sha256
from typing import Final

HEAD: Final = 64 * 1024
"""How much of the beginning of content is looked at to tell its type."""
_NO_END: Final = 1 << 62


class Hashing:
    """Content as it passes by; the hashes are the SHA-256 of all of it, and of each part of that size."""

    def __init__(self, part_size: int = 0) -> None:
        self.part_size: Final = part_size
        self.size = 0
        self.head = b""
        self._whole, self._part = sha256(), sha256()
        self._ended: list[str] = []
        self._room = part_size or _NO_END
        self._spelled: codecs.IncrementalDecoder | None = codecs.getincrementaldecoder("utf-8")()

    def add(self, piece: bytes) -> None:
        """The next bytes."""
        if len(self.head) < HEAD:
            self.head += bytes(piece[: HEAD - len(self.head)])
        self.size += len(piece)
        self._spell(piece, final=False)
        left = memoryview(piece)
        while left:
            now, left = left[: self._room], left[self._room :]
            self._whole.update(now)
            if self._ended:  # the hash of the first part is that of the whole until then
                self._part.update(now)
            self._room -= len(now)
            if not self._room:
                self._end_part()

    @property
    def is_utf8(self) -> bool:
        """Whether all that passed is spelled so; nothing can come after this was asked."""
        self._spell(b"", final=True)
        return self._spelled is not None

    @property
    def sha256(self) -> str:
        """Of all that passed, in hexadecimal digits."""
        return self._whole.hexdigest()

    @property
    def parts(self) -> tuple[str, ...]:
        """Of each part that passed, the last of which may be shorter."""
        open_part = self.part_size and self._room < self.part_size
        return (*self._ended, *((self._of_part(),) if open_part else ()))

    def _spell(self, piece: bytes, *, final: bool) -> None:
        if self._spelled is not None:
            try:
                self._spelled.decode(piece, final)
            except UnicodeDecodeError:
                self._spelled = None

    def _end_part(self) -> None:
        self._ended.append(self._of_part())
        self._part, self._room = sha256(), self.part_size

    def _of_part(self) -> str:
        return (self._part if self._ended else self._whole).hexdigest()
