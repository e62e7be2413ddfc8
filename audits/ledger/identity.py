"""Which bucket is kept, under which name in the ledger, and how is it said that something cannot be?"""

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from bucketwright.plain_text import shown

_UNUSUAL: Final = re.compile(r"[^A-Za-z0-9-]+")
_RUN: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,127}")
_LONGEST: Final = 63
DIGITS: Final = 12
_FOLDER: Final = re.compile(rf"(?:[A-Za-z0-9-]+-)?[0-9a-f]{{{DIGITS}}}")


class LedgerError(Exception):
    """The ledger cannot be used so: the text is a sentence for people."""


class AddressError(LedgerError):
    """No ledger can be there."""


class NewerFormatError(LedgerError):
    """A newer version of this program wrote it."""


class BrokenError(LedgerError):
    """What is kept of a bucket is damaged or gone: to forget that bucket mends the ledger."""


@dataclass(frozen=True, slots=True, order=True)
class BucketIdentity:
    """One bucket; the same name on another server is another bucket."""

    name: str
    endpoint: str = ""
    """The server's address; empty: AWS."""

    def __str__(self) -> str:
        return f"{self.name} at {self.endpoint}" if self.endpoint else self.name

    @property
    def folder(self) -> str:
        """Its own in the ledger: readable, and no other's."""
        about = f"{self.endpoint}\0{self.name}"
        digest = sha256(about.encode("utf-8", "surrogatepass")).hexdigest()[:DIGITS]
        readable = _UNUSUAL.sub("-", self.name)[:_LONGEST].strip("-")
        return "-".join(filter(None, (readable, digest)))


def is_folder(name: str) -> bool:
    """Whether a bucket's folder can be called so."""
    return _FOLDER.fullmatch(name) is not None


def run_named(run: str) -> str:
    """The run's name; LedgerError where no run can be called so."""
    if not _RUN.fullmatch(run):
        raise LedgerError(f"{shown(run)} is no name of a run: letters, digits, dots and dashes, at most 128")
    return run
