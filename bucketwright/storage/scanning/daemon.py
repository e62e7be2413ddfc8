"""Which daemon of ClamAV is asked, and can it be believed? It has to find what is hidden before it is.

By default it calls clean what is larger, or packed more often, than its limits let it look: such a daemon is
not used. How large a file may be is tried, too, because it tells nobody its limits.
"""

from dataclasses import dataclass, replace
from io import BytesIO
from typing import Final

from bucketwright.storage.errors import Misconfigured, Unreachable
from bucketwright.storage.pieces import Readable
from bucketwright.storage.scanning.trials import (
    HARMLESS,
    VirusAtTheEnd,
    eicar,
    too_deep,
    zeros_in_gzip,
    zeros_in_zip,
)
from bucketwright.storage.scanning.verdicts import Clean, Infected, Unscanned, Verdict
from bucketwright.storage.scanning.wire import Address, address, scanned

LARGEST: Final = 25_000_000
"""Just below what the daemon takes by default."""
PATIENCE: Final = 300.0
"""Seconds; the daemon itself gives a file up after two minutes by default."""
_LARGEST_EVER: Final = 2**31
"""It takes no limit of a file above that."""
LEAST: Final = 3_000_000
"""Who does not take that much cannot be tried."""


@dataclass(frozen=True, slots=True)
class Clamd:
    """A daemon that was tried; safe to share between threads."""

    where: Address
    largest: int
    patience: float = PATIENCE

    def keep_sound(self) -> None:
        """Raises where it does not answer, knows no virus, sees some everywhere, or calls clean what it did
        not look into."""
        if not isinstance(self._asked(eicar()), Infected):
            raise self.unfit("does not know the test virus EICAR: have its signatures been loaded?")
        if not isinstance(self._asked(HARMLESS), Clean):
            raise self.unfit("finds something in a line of harmless text: look at its signatures")
        if isinstance(self._asked(too_deep()), Clean):
            raise self.unfit(
                "calls clean what goes beyond its limits: say `AlertExceedsMax yes` in its clamd.conf"
            )

    def scan(self, file: Readable) -> Verdict:
        """What it says of all that can be read there."""
        return scanned(self.where, file, self.largest, self.patience)

    def _asked(self, data: bytes) -> Verdict:
        return _answered(scanned(self.where, BytesIO(data), LEAST, self.patience))

    def unfit(self, why: str) -> Misconfigured:
        """What to say where it cannot be believed."""
        return Misconfigured(f"the scanner at {self.where} {why}")


def clamd(where: str, largest: int = LARGEST, patience: float = PATIENCE) -> Clamd:
    """The daemon at `unix:/run/clamav/clamd.ctl` or `127.0.0.1:3310`, once it has shown what it can.

    Files up to `largest` bytes are scanned, or as large as it was seen to find a virus at the end of: half of
    that, or half again. Unreachable or Misconfigured where it is not to be believed.
    """
    if largest < LEAST:
        raise Misconfigured(f"{largest:,} bytes of a file are too few to be scanned: {LEAST:,} are the least")
    asked = Clamd(address(where), largest, patience)
    asked.keep_sound()
    tried = replace(asked, largest=_largest(asked))
    _keep_whole(tried)
    return tried


def _largest(asked: Clamd) -> int:
    """How large an archive may be in which it finds what is at the end."""
    size = asked.largest
    while size >= LEAST:
        found = scanned(asked.where, VirusAtTheEnd(size), size, asked.patience)
        if isinstance(_answered(found), Infected):
            return size
        size //= 2
    raise asked.unfit(
        f"finds nothing at the end of an archive of {2 * size:,} bytes: raise StreamMaxLength, MaxFileSize "
        "and MaxScanSize in its clamd.conf"
    )


def _keep_whole(tried: Clamd) -> None:
    """Raises where it looks into the beginning of a large file in a zip file, and says nothing of the rest.

    Of gzip it says so: thus is found how large a file has to be.
    """
    size = tried.largest
    while size < _LARGEST_EVER and isinstance(_answered(tried.scan(BytesIO(zeros_in_gzip(size)))), Clean):
        size *= 2
    if isinstance(_answered(tried.scan(BytesIO(zeros_in_zip(size)))), Clean):
        raise tried.unfit(
            "calls clean a zip file of which it saw only a part: give MaxScanSize the value of MaxFileSize "
            "in its clamd.conf"
        )


def _answered(found: Verdict) -> Verdict:
    """The same; Unreachable where it was no answer."""
    if isinstance(found, Unscanned) and found.may_pass:
        raise Unreachable(found.reason)
    return found
