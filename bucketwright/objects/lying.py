"""What lies in a bucket, as somebody listed it: all that decides its life and who reaches it?"""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple


class Lying(NamedTuple):
    """One version of an object, or a delete marker. What was not read is None."""

    key: str
    size: int
    modified: datetime | None
    storage_class: str = "STANDARD"
    """In S3's spelling."""
    version_id: str = ""
    """Empty where the bucket keeps none."""
    is_latest: bool = True
    is_marker: bool = False
    noncurrent_since: datetime | None = None
    newer_noncurrent: int | None = None
    tags: Mapping[str, str] | None = None
    tags_read: datetime | None = None
    """When, which matters because tags change in place."""
    tag_count: int | None = None
    """How many there are, where that alone was told."""
