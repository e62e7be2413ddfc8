"""How fast is a scan, and what does it take of the machine? Every rate an estimate goes by, and its origin.

What is measured is from one machine with two cores and the servers on it, under Python 3.11: another machine
is faster or slower. What others say is said to be theirs.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final


@dataclass(frozen=True, slots=True)
class Figure:
    """One number, its unit, and where it is from."""

    value: Decimal
    unit: str
    origin: str


_HERE: Final = "measured"
_AWS: Final = "documented by AWS"
_OTHERS: Final = "published by the makers of s3-fast-list"


@dataclass(frozen=True, slots=True)
class Rates:
    """What bounds the time of a scan: the processor, the waiting for pages, what S3 answers in a second."""

    key: Figure
    """To list one key."""
    call: Figure
    """To ask about one object: HEAD, ACL or tags."""
    pages: Figure
    calls: Figure
    memory: Figure


FAST: Final = Rates(
    key=Figure(Decimal("0.0000027"), "CPU seconds", _HERE),
    call=Figure(Decimal("0.000079"), "CPU seconds, over TLS", _HERE),
    pages=Figure(Decimal(980), "pages a second, at 100 connections", _OTHERS),
    calls=Figure(Decimal(5500), "calls a second, to one partitioned prefix", _AWS),
    memory=Figure(Decimal(31), "MB, before rules are loaded", _HERE),
)
"""The protocol of our own, one process."""

SDK: Final = Rates(
    key=Figure(Decimal("0.000185"), "CPU seconds", _HERE),
    call=Figure(Decimal("0.00297"), "CPU seconds", _HERE),
    pages=Figure(Decimal("4.8"), "pages a second, one after the other", _HERE),
    calls=Figure(Decimal(340), "calls a second, in 32 threads", _HERE),
    memory=Figure(Decimal(96), "MB", _HERE),
)
"""The SDK in threads."""

SHORT_PAGES: Final = Figure(
    Decimal("1.05"),
    "pages for each full one",
    "published by the makers of swath: 41,582 for 39.6 million keys",
)
"""A parallel listing ends its ranges with pages that are not full."""
