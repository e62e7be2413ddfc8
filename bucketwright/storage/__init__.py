"""What applications import: storage as the contract declares it.

from bucketwright.storage import Storage
"""

from bucketwright.storage.client import Storage
from bucketwright.storage.errors import (
    AlreadyThere,
    Cancelled,
    Changed,
    Damaged,
    Denied,
    InDoubt,
    Misconfigured,
    NotFound,
    Refused,
    StorageError,
    Unreachable,
)
from bucketwright.storage.said import Said
from bucketwright.storage.settings import Settings
from bucketwright.storage.signing.link import Link
from bucketwright.storage.signing.signed import BrowserUpload
from bucketwright.storage.waiting import AsyncStorage

__all__ = [
    "AlreadyThere",
    "AsyncStorage",
    "BrowserUpload",
    "Cancelled",
    "Changed",
    "Damaged",
    "Denied",
    "InDoubt",
    "Link",
    "Misconfigured",
    "NotFound",
    "Refused",
    "Said",
    "Settings",
    "Storage",
    "StorageError",
    "Unreachable",
]
