"""How are quantities and amounts written for people?"""

from decimal import ROUND_HALF_UP, Decimal
from typing import Final

_CENT: Final = Decimal("0.01")
_HUGE: Final = Decimal(10) ** 12
_UNITS: Final = ("B", "KB", "MB", "GB", "TB", "PB", "EB")


def size(count: Decimal) -> str:
    """Bytes in the largest unit that fits, of thousands, with up to three digits."""
    step = 0
    while count >= 1000 and step < len(_UNITS) - 1:
        count, step = count / 1000, step + 1
    return f"{_short(count)} {_UNITS[step]}"


def days(count: Decimal) -> str:
    """A time in days."""
    return "1 day" if count == 1 else f"{_plain(count)} days"


def dollars(amount: Decimal) -> str:
    """An amount in whole cents; what rounds to none but is not nothing says so."""
    if 0 < amount < _CENT / 2:
        return "<$0.01"
    sign = "-" if amount < 0 else ""
    if abs(amount) >= _HUGE:
        return f"{sign}${abs(amount):.2e}"
    return f"{sign}${abs(amount).quantize(_CENT, ROUND_HALF_UP):,}"


def in_money(amount: Decimal) -> str:
    """An amount in cents, and where there is none of them in a few digits."""
    return f"${price(amount)}" if 0 < amount < _CENT else dollars(amount)


def quantity(count: Decimal) -> str:
    """A number with thousands set apart and no digits nobody needs."""
    if count >= _HUGE:
        return f"{count:.3e}"
    if count >= 100:
        return f"{count.quantize(Decimal(1), ROUND_HALF_UP):,}"
    return _short(count)


def price(amount: Decimal) -> str:
    """A unit price, as AWS lists it or to four digits."""
    return _plain(amount) if len(amount.normalize().as_tuple().digits) <= 4 else f"{amount:.4g}"


def _short(count: Decimal) -> str:
    if count and count < Decimal("0.001"):
        return f"{count:.1e}"
    return _plain(Decimal(f"{count:.3g}"))


def _plain(count: Decimal) -> str:
    text = f"{count:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
