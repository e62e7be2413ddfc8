"""What can a caller say of an object beside its content, where the contract leaves it open?"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Said:
    """All of it is optional; the contract has the last word."""

    content_type: str = ""
    """Told by the name, else by the content, where it is not said."""
    encoding: str = ""
    """The compression of the content that readers undo: gzip, br or zstd."""
    file_name: str = ""
    """Under which name browsers save it, instead of showing it."""
    cache_control: str = ""
    """How long caches may keep it; by default as the contract's delivery says."""
    metadata: Mapping[str, str] = field(default_factory=dict)
    """Texts of the application, in ASCII."""
