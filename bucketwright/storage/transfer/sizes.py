"""How large are the parts in which content goes?"""

from typing import Final

from bucketwright.contract.buckets import Transfer
from bucketwright.contract.limits import MOST_PARTS

LARGEST_AT_ONCE: Final = 5 * 10**9
"""Bytes that one request writes, or copies."""


def part_size(size: int, transfer: Transfer) -> int:
    """As the contract has it, and larger where there would be too many; 0 where all of it goes at once."""
    if size <= min(transfer.threshold, LARGEST_AT_ONCE):
        return 0
    return max(transfer.part_size, -(-size // MOST_PARTS))


def spans(size: int, part: int) -> list[tuple[int, int]]:
    """Where each part begins, and how long it is."""
    return [(first, min(part, size - first)) for first in range(0, size, part)]
