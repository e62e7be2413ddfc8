"""Where is kept what the last audits found? A file for each stack and account, whole or not there."""

import json
import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from audits.refusing import HistoryUnreadableError
from bucketwright.history import NOTHING, History, HistoryError, as_data, read
from bucketwright.s3.evidence import write_whole

LARGEST: Final = 256 * 2**20
_UNUSUAL: Final = re.compile(r"[^A-Za-z0-9.-]+")
_DIGITS: Final = 12
_LONGEST: Final = 60


@dataclass(frozen=True, slots=True)
class HistoryStore:
    """A folder of them."""

    folder: Path

    def of(self, *about: str) -> History:
        """What was found last of this stack, account and server; nothing where there was no run yet."""
        path = self._file(about)
        return read_history(path) if path.is_file() else NOTHING

    def keep(self, history: History, *about: str) -> None:
        """Keep it for the next run; an OSError where it cannot be."""
        write_history(self._file(about), history)

    def _file(self, about: tuple[str, ...]) -> Path:
        digest = sha256("\0".join(about).encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]
        readable = _UNUSUAL.sub("-", ".".join(filter(None, about)))[:_LONGEST].strip("-.")
        return self.folder / "history" / f"{'.'.join(filter(None, (readable, digest)))}.json"


def read_history(path: Path) -> History:
    """What a file remembers; HistoryUnreadableError where it is no such file."""
    try:
        size = path.stat().st_size
        text = b"" if size > LARGEST else path.read_bytes()
    except OSError as error:
        raise HistoryUnreadableError(f"{path}: {error.strerror or 'it cannot be read'}") from None
    if max(size, len(text)) > LARGEST:
        raise HistoryUnreadableError(f"{path} is larger than {LARGEST} bytes")
    try:
        return read(text)
    except HistoryError as error:
        raise HistoryUnreadableError(f"{path} {error}") from None


def write_history(path: Path, history: History) -> None:
    """Write a file of remembered findings."""
    text = json.dumps(as_data(history), indent=1, ensure_ascii=True)
    write_whole(path, f"{text}\n".encode(), path.parent)
