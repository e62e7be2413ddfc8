"""How large is an object of a prefix taken to be, where one stands for all?"""

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from bucketwright.contract.prefixes import Prefix

TYPICAL_OBJECT: Final = 1_000_000
"""Bytes in an object of which nothing is known."""


def typical_size(prefix: "Prefix") -> int:
    """What the contract calls typical, else as much as any; never more than it allows."""
    stated = TYPICAL_OBJECT if prefix.usage is None else prefix.usage.average_object
    return stated if prefix.max_size is None else min(stated, prefix.max_size)
