"""What can a scanner say of a file? That it is clean, that it is not, or why nobody knows."""

from dataclasses import dataclass
from typing import Protocol, TypeAlias

from bucketwright.storage.pieces import Readable


@dataclass(frozen=True, slots=True)
class Clean:
    """All of it was looked at, and nothing was found."""


@dataclass(frozen=True, slots=True)
class Infected:
    """Something was found."""

    signature: str
    """What the scanner calls it."""


@dataclass(frozen=True, slots=True)
class Unscanned:
    """Nobody knows: the file was not looked at, or not all of it."""

    reason: str
    may_pass: bool
    """Whether the same file may be scanned later, by a scanner that is well again."""


Verdict: TypeAlias = Clean | Infected | Unscanned


class Scanner(Protocol):
    """Whoever looks for viruses."""

    @property
    def largest(self) -> int:
        """How many bytes of one file it was seen to look at, to the last."""

    def keep_sound(self) -> None:
        """Raises Unreachable or Misconfigured where nothing it said now could be believed."""

    def scan(self, file: Readable) -> Verdict:
        """What it says of all that can be read there."""
