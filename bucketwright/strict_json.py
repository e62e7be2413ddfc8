"""What does a JSON text hold, by the letter of its standard, and where do readers of it disagree?"""

import json
import math
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from bucketwright.plain_text import clipped, shown

DEEPEST_NESTING: Final = 64
_BYTE_ORDER_MARK: Final = "\ufeff"
_TOO_DEEP: Final = f"nested deeper than {DEEPEST_NESTING}"


class NotJsonError(ValueError):
    """A text that no reader takes for JSON; the message says why, and where."""


@dataclass(frozen=True, slots=True)
class Json:
    """What a text holds; where it goes beyond the standard that part is left out, and complained of."""

    value: object
    complaints: tuple[str, ...]


def read_json(raw: bytes | str, fraction: Callable[[str], object] | None = None) -> Json:
    """Read a text, numbers with a fraction or exponent by that function where one is given."""
    reader = _Reader(fraction or _finite)
    try:
        text = raw.decode("utf-8") if isinstance(raw, bytes) else raw
        if text.startswith(_BYTE_ORDER_MARK):
            raise NotJsonError("not JSON: a byte order mark stands before it")
        value = reader.read(text)
    except UnicodeDecodeError as error:
        raise NotJsonError(f"not UTF-8 at byte {error.start + 1}") from None
    except json.JSONDecodeError as error:
        raise NotJsonError(f"not JSON: {error.msg} at {_place(error)}") from None
    except RecursionError:
        raise NotJsonError(_TOO_DEEP) from None
    if _deeper_than(DEEPEST_NESTING, value):
        raise NotJsonError(_TOO_DEEP)
    return Json(value, tuple(reader.complaints))


def _finite(text: str) -> object:
    number = float(text)
    return number if math.isfinite(number) else None


@dataclass(slots=True)
class _Reader:
    """The hooks of one reading: they go on where the standard allows no value, and keep the complaint."""

    fraction: Callable[[str], object]
    complaints: list[str] = field(default_factory=list)

    def read(self, text: str) -> object:
        value: object = json.loads(
            text,
            object_pairs_hook=self.once,
            parse_constant=self.constant,
            parse_float=self.number,
            parse_int=self.whole,
        )
        return value

    def once(self, pairs: list[tuple[str, object]]) -> dict[str, object]:
        kept = dict(pairs)
        if len(kept) < len(pairs):
            twice = [name for name, times in Counter(name for name, _ in pairs).items() if times > 1]
            self.complaints.append(f"the key {shown(twice[0])} stands twice")
            for name in twice:
                del kept[name]
        return kept

    def constant(self, text: str) -> None:
        self.complaints.append(f"{text} is no JSON number")

    def number(self, text: str) -> object:
        number = self.fraction(text)
        if number is None:
            self.complaints.append(f"the number {clipped(text)} is too large")
        return number

    def whole(self, text: str) -> int | None:
        try:
            return int(text)
        except ValueError:
            self.complaints.append(f"a number has {len(text)} digits")
            return None


def _place(error: json.JSONDecodeError) -> str:
    return f"character {error.colno}" if error.lineno == 1 else f"line {error.lineno}, column {error.colno}"


def _deeper_than(limit: int, value: object) -> bool:
    level = [value]
    for _ in range(limit):
        level = [child for parent in level for child in _children(parent)]
        if not level:
            return False
    return True


def _children(value: object) -> tuple[object, ...]:
    match value:
        case dict():
            return tuple(value.values())
        case list():
            return tuple(value)
        case _:
            return ()
