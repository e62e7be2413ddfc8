"""What does each line of the input say, or why can it not be read?"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from bucketwright.strict_json import NotJsonError, read_json

LONGEST_LINE = 16 * 2**20

_CHUNK = 2**16
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_HALF_PAIR = re.compile(rb"\\u[dD][89a-fA-F]")
_KIND_NAMES = {list: "a list", str: "a text", int: "a number", float: "a number", bool: "true or false"}


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A line that is no object to judge: the cause, and its id where that much is plain."""

    because: str
    id: object = None


Line = Mapping[str, object] | Unreadable


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
            yield number, _read(number, line.rstrip(b"\r\n"))


def _skip_the_rest(stream: BinaryIO) -> None:
    while (chunk := stream.readline(_CHUNK)) and not chunk.endswith(b"\n"):
        pass


def _read(number: int, raw: bytes) -> Line:
    try:
        found = read_json(raw)
    except NotJsonError as error:
        return _unreadable(number, str(error))
    value, complaint = found.value, next(iter(found.complaints), "")
    if not complaint and _HALF_PAIR.search(raw) and not is_text(value):
        complaint = "a text holds half of a surrogate pair"
    if not isinstance(value, dict):
        kind = _KIND_NAMES.get(type(value), "null")
        return _unreadable(number, complaint or f"not a JSON object but {kind}")
    if complaint:
        known = value.get("id")
        return _unreadable(number, complaint, known if is_text(known) else None)
    return value


def _unreadable(number: int, cause: str, known: object = None) -> Unreadable:
    return Unreadable(f"line {number}: {cause}", known)


def is_text(value: object) -> bool:
    """Whether every text in it can be written as UTF-8."""
    try:
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
