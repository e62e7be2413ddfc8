"""How large are the parts in which content goes?"""

from typing import Final

from bucketwright.contract.buckets import Transfer
from bucketwright.contract.limits import MOST_PARTS

LARGEST_AT_ONCE: Final = 5 * 10**9
"""Bytes that one request writes, or copies."""
_LARGEST_RANGE: Final = 16 * 10**6


def part_size(size: int, transfer: Transfer) -> int:
    """As the contract has it, and larger where there would be too many; 0 where all of it goes at once."""
    if size <= min(transfer.threshold, LARGEST_AT_ONCE):
        return 0
    return max(transfer.part_size, -(-size // MOST_PARTS))


def range_size(size: int, transfer: Transfer) -> int:
    """Of what is read at a time; 0 where all of it comes at once.

    No more than it takes for the hash to keep up with what comes, and for the last ones to come side by side.
    """
    part = part_size(size, transfer)
    return part and max(min(part, _LARGEST_RANGE), -(-size // MOST_PARTS))


def spans(size: int, part: int) -> list[tuple[int, int]]:
    """Where each part begins, and how long it is."""
    return [(first, min(part, size - first)) for first in range(0, size, part)]
