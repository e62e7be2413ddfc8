"""The types a template's variable can have: which texts each allows, and what value a text stands for.

A type's shapes are exact: a text is of the type if and only if one of them spells it, and only one does.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from itertools import product
from types import MappingProxyType
from typing import Final
from uuid import UUID

from bucketwright.contract.keys.key_text import MAX_KEY_BYTES, UNWRITABLE
from bucketwright.iam.charset import CharSet, Repeat

Value = str | int | date | UUID
Shape = tuple[Repeat, ...]


@dataclass(frozen=True, slots=True)
class VariableType:
    """One type; `hull` is a single shape that spells every text of it, and for some types more."""

    name: str
    description: str = field(compare=False)
    shapes: tuple[Shape, ...] = field(compare=False, repr=False)
    hull: Shape = field(compare=False, repr=False)
    read: Callable[[str], Value] = field(compare=False, repr=False)
    show: Callable[[object], str | None] = field(compare=False, repr=False)

    def fits(self, text: str) -> bool:
        return re.fullmatch(expression(self), text) is not None

    def spell(self, value: object) -> str | None:
        """Return the text of a value, spelled already or not; None where it is not of this type."""
        text = value if isinstance(value, str) else self.show(value)
        return text if text is not None and self.fits(text) else None

    @property
    def length(self) -> int | None:
        """The one length that all its texts have, if they have one."""
        return shortest(self.hull) if all(part.low == part.high for part in self.hull) else None


def shortest(shape: Shape) -> int:
    """The length of a shape's shortest texts."""
    return sum(part.low for part in shape)


@lru_cache(maxsize=64)
def expression(kind: VariableType) -> str:
    """The regular expression of a type's texts."""
    return "|".join("".join(map(_part, shape)) for shape in kind.shapes)


def _part(part: Repeat) -> str:
    listed = "".join(sorted(map(re.escape, part.chars.chars)))
    high = "" if part.high is None else part.high
    return f"[{'^' if part.chars.negated else ''}{listed}]{{{part.low},{high}}}"


def _each(*sets: str) -> Shape:
    """One character of each set."""
    return tuple(Repeat(CharSet(frozenset(chars)), 1, 1) for chars in sets)


def _many(chars: str, low: int, high: int | None) -> Shape:
    return (Repeat(CharSet(frozenset(chars)), low, high),)


_DIGITS = "0123456789"
_HEX = _DIGITS + "abcdef"
_WORD = "abcdefghijklmnopqrstuvwxyz" + _DIGITS
_YEAR = ("123456789", _DIGITS, _DIGITS, _DIGITS)
_LEAP_YEARS = (
    *product(("123456789",), (_DIGITS,), ("0",), ("48",)),
    *product(("123456789",), (_DIGITS,), ("2468",), ("048",)),
    *product(("123456789",), (_DIGITS,), ("13579",), ("26",)),
    ("2468", "048", "0", "0"),
    ("13579", "26", "0", "0"),
)
_TEXT: Final = (Repeat(CharSet(UNWRITABLE | {"/"}, negated=True), 1, None),)
_UUID: Final = (
    *_many(_HEX, 8, 8),
    *(part for _ in range(3) for part in (*_each("-"), *_many(_HEX, 4, 4))),
    *_each("-"),
    *_many(_HEX, 12, 12),
)


def _dates() -> Iterator[Shape]:
    """The days from 1000-01-01 to 9999-12-31."""
    months = (("0", "123456789"), ("1", "012"))
    without_february = (("0", "13456789"), ("1", "012"))
    with_31_days = (("0", "13578"), ("1", "02"))
    days_to_28 = (("0", "123456789"), ("1", _DIGITS), ("2", "012345678"))
    for month, day in (
        *product(months, days_to_28),
        *product(without_february, (("2", "9"), ("3", "0"))),
        *product(with_31_days, (("3", "1"),)),
    ):
        yield _each(*_YEAR, "-", *month, "-", *day)
    for year in _LEAP_YEARS:
        yield _each(*year, "-", "0", "2", "-", "2", "9")


def _no_other_spelling(_: object) -> None:
    return None


def _number(digits: int) -> Callable[[object], str | None]:
    """Spell whole numbers with at least so many digits; nothing too long for a key is spelled."""
    limit = 10**MAX_KEY_BYTES

    def show(value: object) -> str | None:
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < limit:
            return None
        return f"{int(value):0{digits}d}"

    return show


def _show_date(value: object) -> str | None:
    return value.isoformat() if isinstance(value, date) and not isinstance(value, datetime) else None


def _show_uuid(value: object) -> str | None:
    return str(value) if isinstance(value, UUID) else None


def _text_type(name: str, description: str, *shapes: Shape, hull: Shape | None = None) -> VariableType:
    return VariableType(name, description, shapes, hull or shapes[0], str, _no_other_spelling)


def _number_type(
    name: str, description: str, digits: int, *shapes: Shape, hull: Shape | None = None
) -> VariableType:
    return VariableType(name, description, shapes, hull or shapes[0], int, _number(digits))


_NONZERO = "123456789"
TEXT: Final = _text_type("str", "text of one or more characters, without '/' or control characters", _TEXT)
TYPES: Final = MappingProxyType(
    {
        kind.name: kind
        for kind in (
            TEXT,
            _text_type(
                "slug",
                "a word of a-z, 0-9 and inner hyphens",
                (*_each(_WORD), *_many(_WORD + "-", 0, None), *_each(_WORD)),
                _each(_WORD),
                hull=_many(_WORD + "-", 1, None),
            ),
            _number_type(
                "int",
                "a whole number without leading zeros",
                1,
                _each("0"),
                (*_each(_NONZERO), *_many(_DIGITS, 0, None)),
                hull=_many(_DIGITS, 1, None),
            ),
            VariableType("uuid", "a UUID in lower case", (_UUID,), _UUID, UUID, _show_uuid),
            VariableType(
                "date",
                "a real date written YYYY-MM-DD",
                tuple(_dates()),
                _each(*_YEAR, "-", "01", _DIGITS, "-", "0123", _DIGITS),
                date.fromisoformat,
                _show_date,
            ),
            _number_type("year", "a year of four digits", 4, _each(*_YEAR)),
            _number_type(
                "month",
                "a month from 01 to 12",
                2,
                _each("0", _NONZERO),
                _each("1", "012"),
                hull=_each("01", _DIGITS),
            ),
            _number_type(
                "day",
                "a day of a month from 01 to 31",
                2,
                _each("0", _NONZERO),
                _each("12", _DIGITS),
                _each("3", "01"),
                hull=_each("0123", _DIGITS),
            ),
            _text_type("hex2", "two hexadecimal digits in lower case", _many(_HEX, 2, 2)),
            _text_type("sha256", "64 hexadecimal digits in lower case", _many(_HEX, 64, 64)),
        )
    }
)
