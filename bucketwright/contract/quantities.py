"""The words for times, sizes and days, and what they mean as numbers."""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Final

_SECONDS: Mapping[str, int] = MappingProxyType(
    {
        "second": 1,
        "minute": 60,
        "hour": 3600,
        "day": 86_400,
        "week": 7 * 86_400,
        "year": 365 * 86_400,
    }
)
_BYTES: Mapping[str, int] = MappingProxyType(
    {
        "B": 1,
        "KB": 10**3,
        "MB": 10**6,
        "GB": 10**9,
        "TB": 10**12,
        "PB": 10**15,
        "KiB": 2**10,
        "MiB": 2**20,
        "GiB": 2**30,
        "TiB": 2**40,
        "PiB": 2**50,
    }
)
_SPAN_WORDS: Mapping[str, str] = MappingProxyType(
    {"s": "second", "sec": "second", "m": "minute", "min": "minute", "h": "hour", "hr": "hour"}
    | {"d": "day", "w": "week", "wk": "week", "y": "year", "yr": "year"}
    | {unit: unit for unit in _SECONDS}
)
_SIZE_WORDS: Mapping[str, str] = MappingProxyType(
    {"kilob": "KB", "megab": "MB", "gigab": "GB", "terab": "TB", "petab": "PB"}
    | {unit.removesuffix("B").lower(): unit for unit in _BYTES if unit != "B"}
    | {unit.lower(): unit for unit in _BYTES}
)
_DAYS_OF_A_MONTH = 30
_LONGEST = timedelta(days=200 * 365)
_LARGEST = 10**21
_NUMBER = r"[0-9]{1,24}(?:\.[0-9]{1,6})?"
_QUANTITY = re.compile(rf"({_NUMBER}) ?([A-Za-z]{{1,12}})", re.ASCII)
_LOOSE_QUANTITY = re.compile(rf"\s*({_NUMBER})[\s_-]*([A-Za-z]{{1,12}})\s*", re.ASCII)
SPAN_PATTERN: Final = rf"^{_NUMBER} ?({'|'.join(_SECONDS)})s?$"
SIZE_PATTERN: Final = rf"^{_NUMBER} ?({'|'.join(_BYTES)})$"
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


class MisspeltError(ValueError):
    """A text that is not of its form; `help` is the right spelling, where that can be told."""

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.help = remedy


def _quantity(value: object, example: str, meant: Callable[[Decimal, str], str]) -> tuple[Decimal, str]:
    text = value if isinstance(value, str) else ""
    if match := _QUANTITY.fullmatch(text):
        return Decimal(match[1]), match[2]
    loose = _LOOSE_QUANTITY.fullmatch(text)
    remedy = meant(Decimal(loose[1]), loose[2]) if loose else ""
    raise MisspeltError(f"a number and its unit are needed, such as {example}", remedy)


def parse_span(value: object) -> timedelta:
    """Read a time such as `24 hours`."""
    if isinstance(value, timedelta):
        return value
    number, unit = _quantity(value, "24 hours", _span_meant)
    seconds = _SECONDS.get(unit.removesuffix("s"))
    if seconds is None:
        known = ", ".join(f"{name}s" for name in _SECONDS)
        raise MisspeltError(f"the unit {unit!r} is unknown; known: {known}", _span_meant(number, unit))
    if number * seconds > _LONGEST.total_seconds():
        raise ValueError("longer than 200 years")
    return timedelta(microseconds=int(number * seconds * 10**6))


def _span_meant(number: Decimal, unit: str) -> str:
    """What to write for a time in other words; empty where nobody can tell."""
    word = unit.lower()
    if word in {"mo", "month", "months"}:
        return f"write {_counted(number * _DAYS_OF_A_MONTH, 'day')}"
    known = _SPAN_WORDS.get(word) or _SPAN_WORDS.get(word.removesuffix("s"))
    return f"write {_counted(number, known)}" if known else ""


def parse_days(value: object) -> int:
    """Read a time that S3 counts in whole days, such as `7 days` or `2 years` (of 365 days)."""
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        raise ValueError(f"the unit is missing: write {_short(value)} days")
    span = parse_span(value)
    if span % timedelta(days=1):
        raise ValueError("S3 counts in whole days, such as 7 days or 2 years")
    return span.days


def parse_size(value: object) -> int:
    """Read a size such as `350 MB` (millions of bytes) or `350 MiB` (of 1024 times 1024)."""
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        raise ValueError(f"the unit is missing: write {_short(value)} B, or KB, MB, GB …")
    number, unit = _quantity(value, "350 MB", _size_meant)
    if unit not in _BYTES:
        known = ", ".join(_BYTES)
        raise MisspeltError(f"the unit {unit!r} is unknown; known: {known}", _size_meant(number, unit))
    size = round(number * _BYTES[unit])
    if size > _LARGEST:
        raise ValueError("larger than a million petabytes")
    return size


def _size_meant(number: Decimal, unit: str) -> str:
    """What to write for a size in other words; empty where nobody can tell."""
    known = _SIZE_WORDS.get(unit.lower().removesuffix("s").replace("byte", "b"))
    return f"write {number} {known}" if known else ""


def parse_day(value: object) -> date:
    """Read a calendar day such as `2027-06-30`."""
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise ValueError("a day is needed, such as 2027-06-30")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ValueError("there is no such day") from None


def spell_span(span: timedelta) -> str:
    """A time as a contract writes it, in the largest unit that fits without a rest."""
    for unit, seconds in sorted(_SECONDS.items(), key=lambda row: -row[1]):
        if span and span % timedelta(seconds=seconds) == timedelta(0):
            return _counted(span // timedelta(seconds=seconds), unit)
    return f"{Decimal(span // timedelta(microseconds=1)) / 10**6:f} seconds"


def spell_days(days: int) -> str:
    """A number of days as a contract writes it."""
    return _counted(days, "day")


def spell_size(size: int) -> str:
    """A size as a contract writes it, in the largest unit that fits without a rest."""
    for unit, count in sorted(_BYTES.items(), key=lambda row: -row[1]):
        if size and size % count == 0:
            return f"{size // count} {unit}"
    return "0 B"


def _counted(number: int | Decimal, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"


def _short(number: int) -> str:
    return str(number) if number < 10**12 else "7"
