"""What a key says: the values its segments stand for, or the first thing in it that does not fit."""

import re
from collections.abc import Sequence
from functools import lru_cache

from bucketwright.contract.keys.errors import Mismatch
from bucketwright.contract.keys.segments import Item, Literal, Segment, Variable
from bucketwright.contract.keys.variable_types import Value, expression
from bucketwright.plain_text import shown


def read_values(segments: Sequence[Segment], parts: Sequence[str]) -> dict[str, Value] | None:
    """Read the text of each segment; None where one does not fit."""
    values: dict[str, Value] = {}
    for segment, part in zip(segments, parts, strict=True):
        if segment.literal is not None:
            if part != segment.literal:
                return None
            continue
        match = _reader(segment).fullmatch(part)
        if match is None:
            return None
        for variable in segment.variables:
            values[variable.name] = variable.type.read(match[variable.name])
    return values


def first_misfit(segments: Sequence[Segment], parts: Sequence[str]) -> Mismatch:
    """Explain to people where a key, cut at its slashes, stops to fit."""
    offset = 0
    for segment, part in zip(segments, parts, strict=False):
        if misfit := _misfit(segment, part):
            return Mismatch(misfit.reason, offset + misfit.position)
        offset += len(part) + 1
    if len(parts) <= len(segments):
        missing = segments[len(parts)].source if len(parts) < len(segments) else ""
        return Mismatch(f"the key ends where {shown('/' + missing)} should follow", max(offset - 1, 0))
    return Mismatch(f"nothing may follow, found {shown('/'.join(parts[len(segments) :]))}", offset)


@lru_cache(maxsize=4_096)
def _reader(segment: Segment) -> re.Pattern[str]:
    return re.compile(
        "".join(
            re.escape(item.text) if isinstance(item, Literal) else f"(?P<{item.name}>{expression(item.type)})"
            for item in segment.items
        )
    )


def _misfit(segment: Segment, part: str) -> Mismatch | None:
    """Walk the items from left to right, each variable up to where the next literal begins."""
    if read_values((segment,), (part,)) is not None:
        return None
    at = 0
    for index, item in enumerate(segment.items):
        if isinstance(item, Literal):
            if not part.startswith(item.text, at):
                return Mismatch(f"expected {shown(item.text)}, found {_found(part[at:])}", at)
            at += len(item.text)
            continue
        end = _end(item, segment.items[index + 1 :], part, at)
        if not item.type.fits(part[at:end]):
            return Mismatch(f"{item.name} must be {item.type.description}, found {_found(part[at:end])}", at)
        at = end
    return Mismatch(f"expected {shown(segment.source)}, found {_found(part)}", 0)


def _end(variable: Variable, tail: Sequence[Item], part: str, at: int) -> int:
    """Where a variable's text most likely ends, seen from the items that follow it."""
    if variable.type.length is not None:
        return at + variable.type.length
    if not tail:
        return len(part)
    follower = tail[0]
    if isinstance(follower, Variable):
        return len(part) - sum(_length(item) for item in tail)
    if len(tail) == 1 and part.endswith(follower.text):
        return len(part) - len(follower.text)
    found = part.find(follower.text, at + 1)
    if found >= 0:
        return found
    fitting = re.match(expression(variable.type), part[at:])
    return at + fitting.end() if fitting else len(part)


def _length(item: Item) -> int:
    return len(item.text) if isinstance(item, Literal) else item.type.length or 1


def _found(text: str) -> str:
    return shown(text) if text else "nothing"
