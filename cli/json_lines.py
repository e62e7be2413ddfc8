"""What does each line of the input say, or why can it not be read?"""

import json
import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO

from bucketwright.contract.problems import clipped

LONGEST_LINE = 16 * 2**20
DEEPEST_NESTING = 64

_CHUNK = 2**16
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_HALF_PAIR = re.compile(r"\\u[dD][89a-fA-F]")
_KIND_NAMES = {list: "a list", str: "a text", int: "a number", float: "a number", bool: "true or false"}


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A line that is no object to judge: the cause, and its id where that much is plain."""

    because: str
    id: object = None


Line = Mapping[str, object] | Unreadable


@dataclass(slots=True)
class _Strictly:
    """The hooks of one parse: they go on where the standard allows no value, and keep the complaint."""

    complaints: list[str] = field(default_factory=list)

    def parsed(self, text: str) -> object:
        value: object = json.loads(
            text,
            object_pairs_hook=self.once,
            parse_constant=self.constant,
            parse_float=self.finite,
            parse_int=self.short,
        )
        return value

    def once(self, pairs: list[tuple[str, object]]) -> dict[str, object]:
        kept = dict(pairs)
        if len(kept) < len(pairs):
            twice = [name for name, times in Counter(name for name, _ in pairs).items() if times > 1]
            self.complaints.append(f"the key '{clipped(twice[0])}' stands twice")
            for name in twice:
                del kept[name]
        return kept

    def constant(self, text: str) -> None:
        self.complaints.append(f"{text} is no JSON number")

    def finite(self, text: str) -> float | None:
        number = float(text)
        if math.isfinite(number):
            return number
        self.complaints.append(f"the number {clipped(text)} is too large")
        return None

    def short(self, text: str) -> int | None:
        try:
            return int(text)
        except ValueError:
            self.complaints.append(f"a number has {len(text)} digits")
            return None


def numbered_lines(stream: BinaryIO) -> Iterator[tuple[int, Line]]:
    """Read line by line, holding one at a time; blank lines are counted and left out."""
    pieces = iter(lambda: stream.readline(LONGEST_LINE + 1), b"")
    for number, raw in enumerate(pieces, start=1):
        if len(raw) > LONGEST_LINE and not raw.endswith(b"\n"):
            _skip_the_rest(stream)
            yield number, _unreadable(number, f"longer than {LONGEST_LINE} bytes")
            continue
        line = raw.removeprefix(_BYTE_ORDER_MARK) if number == 1 else raw
        if line.strip():
            yield number, _read(number, line)


def _skip_the_rest(stream: BinaryIO) -> None:
    while (chunk := stream.readline(_CHUNK)) and not chunk.endswith(b"\n"):
        pass


def _read(number: int, raw: bytes) -> Line:
    strictly = _Strictly()
    try:
        text = raw.decode("utf-8")
        value = strictly.parsed(text)
    except UnicodeDecodeError as error:
        return _unreadable(number, f"not UTF-8 at byte {error.start + 1}")
    except json.JSONDecodeError as error:
        return _unreadable(number, f"not JSON: {error.msg} at character {error.pos + 1}")
    except RecursionError:
        return _unreadable(number, _TOO_DEEP)
    if _deeper_than(DEEPEST_NESTING, value):
        return _unreadable(number, _TOO_DEEP)
    if _HALF_PAIR.search(text) and not _is_text(value):
        strictly.complaints.append("a text holds half of a surrogate pair")
    return _judgeable(number, value, strictly.complaints)


_TOO_DEEP = f"nested deeper than {DEEPEST_NESTING}"


def _judgeable(number: int, value: object, complaints: list[str]) -> Line:
    if not isinstance(value, dict):
        kind = _KIND_NAMES.get(type(value), "null")
        return _unreadable(number, complaints[0] if complaints else f"not a JSON object but {kind}")
    if complaints:
        known = value.get("id")
        return _unreadable(number, complaints[0], known if _is_text(known) else None)
    return value


def _unreadable(number: int, cause: str, known: object = None) -> Unreadable:
    return Unreadable(f"line {number}: {cause}", known)


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


def _is_text(value: object) -> bool:
    """Whether every text in it can be written as UTF-8."""
    try:
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
