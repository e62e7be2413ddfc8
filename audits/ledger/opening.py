"""Where does a ledger lie: in a folder, or in a bucket under a prefix?"""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from audits.ledger.identity import AddressError, LedgerError
from bucketwright.plain_text import shown

if TYPE_CHECKING:
    from audits.ledger.ledger import Ledger
    from audits.ledger.stores import Store
    from bucketwright.s3.sessions import Sessions

_S3: Final = "s3://"
_OTHERS: Final = "://"
_LETS_MEMORY_GO: Final = ("ARROW_DEFAULT_MEMORY_POOL", "system")
"""Read by pyarrow as it is loaded: its own pools keep what was used once, and that is as much again."""


def open_ledger(url: str, sessions: "Sessions | None" = None) -> "Ledger":
    """The ledger in a folder or at s3://BUCKET/PREFIX, which need not be there yet; LedgerError where it
    cannot be one. Without `sessions` S3 is asked as the environment says."""
    os.environ.setdefault(*_LETS_MEMORY_GO)
    try:
        from audits.ledger.ledger import Ledger  # noqa: PLC0415 - brings pyarrow, which takes its time
    except ModuleNotFoundError as missing:
        if (missing.name or "").partition(".")[0] != "pyarrow":
            raise
        raise LedgerError("pyarrow is not installed: the extra `ledger` brings it") from None
    return Ledger(_store(url, sessions))


def _store(url: str, sessions: "Sessions | None") -> "Store":
    if url.startswith(_S3):
        from audits.ledger.s3_store import Prefix  # noqa: PLC0415 - brings the SDK

        return Prefix.at(url.removeprefix(_S3), sessions)
    if _OTHERS in url or not url:
        raise AddressError(f"{shown(url)} is no ledger: name a folder, or s3://BUCKET/PREFIX")
    from audits.ledger.stores import Folder  # noqa: PLC0415 - where it is needed

    root = Path(url)
    try:
        is_file = root.exists() and not root.is_dir()
    except OSError as error:
        raise LedgerError(f"{root}: {error.strerror or 'it cannot be used'}") from None
    if is_file:
        raise AddressError(f"{root} is a file, and a ledger is a folder")
    return Folder(root)
