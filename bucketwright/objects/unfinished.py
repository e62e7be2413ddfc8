"""How many uploads lie in a bucket that nobody finished?"""

from dataclasses import dataclass


@dataclass(slots=True)
class Uploads:
    """Uploads that nobody finished."""

    count: int = 0
    size: int = 0
    """Bytes of their parts, as far as they are known."""
    unsized: int = 0
    """Of so many the bytes are not known."""

    def add(self, size: int | None) -> None:
        """One more; None where nobody knows how large its parts are."""
        self.count += 1
        self.size += size or 0
        self.unsized += size is None
