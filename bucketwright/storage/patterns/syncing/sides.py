"""What is on one side, as one listing tells of it?"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Item:
    """A file or an object."""

    name: str
    size: int
    mark: str
    """Another one after every change."""
    etag: str = ""
    """Empty for a file."""


@dataclass(frozen=True, slots=True)
class Listing:
    """One side, listed once."""

    items: Mapping[str, Item]
    unfit: Mapping[str, str] = field(default_factory=dict)
    """Names of what is there and cannot be moved, and why."""
    unseen: str = ""
    """Why not everything could be listed; empty where it could."""
