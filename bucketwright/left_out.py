"""Which objects is nobody to look into?"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Objects into which nobody looks because the contract keeps everybody but a scanner out."""

    bucket: str
    prefix: str
    scanner: str
    objects: int
    rules: tuple[str, ...]
    """Those that would have to look."""
