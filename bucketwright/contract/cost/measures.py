"""In which units does AWS count bytes, months and dollars?"""

from collections.abc import Iterable
from decimal import Context, Decimal
from typing import Final

GB: Final = Decimal(2**30)
"""S3 bills gigabytes of 2^30 bytes, in storage and in transfer."""

KIB: Final = 2**10

MONTH: Final = Decimal("30.4375")
"""Days in a month: a twelfth of 365.25."""

EXACT: Final = Context(prec=60)
"""Arithmetic in which neither the largest contract nor the smallest price loses a digit that counts."""

_SMALLEST: Final = Decimal("1e-12")


def money(amount: Decimal) -> Decimal:
    """An amount to the trillionth of a dollar, so that sums of amounts are exact."""
    return EXACT.plus(amount.quantize(_SMALLEST, context=EXACT))


def sum_exactly(amounts: Iterable[Decimal]) -> Decimal:
    """A sum that depends neither on the order nor on who asks."""
    total = Decimal(0)
    for amount in amounts:
        total = EXACT.add(total, amount)
    return total
