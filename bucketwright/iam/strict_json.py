"""What IAM takes for JSON, and nothing else: every oddity is a `PolicyError` that says where."""

import math
from collections.abc import Mapping, Sequence
from typing import Final

from bucketwright import plain_text
from bucketwright.strict_json import NotJsonError, read_json

_LONGEST_SHOWN: Final = 200
_HUGE: Final = 10**40


class PolicyError(ValueError):
    """The document is not one that IAM accepts."""


def decoded(raw: str | bytes) -> object:
    """Read JSON in UTF-8; a key named twice is refused, because readers disagree on which one counts."""
    try:
        found = read_json(raw)
    except NotJsonError:
        raise PolicyError("the policy is not JSON") from None
    if found.complaints:
        raise PolicyError(f"the policy is not JSON: {found.complaints[0]}")
    return found.value


def fields(value: object, where: str) -> dict[str, object]:
    """The members of an object, their names in small letters."""
    if not isinstance(value, Mapping):
        raise PolicyError(f"{where} is not an object")
    found: dict[str, object] = {}
    for name, member in value.items():
        small = text(name, where).lower()
        if small in found:
            raise PolicyError(f"{where} names {shown(small)} twice")
        found[small] = member
    return found


def refuse_unknown(found: Mapping[str, object], known: frozenset[str], where: str) -> None:
    for name in found:
        if name not in known:
            raise PolicyError(f"{where} has an element IAM does not know: {shown(name)}")


def several(value: object) -> Sequence[object]:
    """IAM takes one value for a list of one."""
    return value if isinstance(value, list | tuple) else (value,)


def text(value: object, where: str) -> str:
    """A text; numbers and booleans count as the text that spells them."""
    match value:
        case str() if _spells(value):
            return value
        case bool():
            return "true" if value else "false"
        case int() if abs(value) < _HUGE:
            return str(value)
        case float() if math.isfinite(value):
            return str(value)
    raise PolicyError(f"{where} holds something that is no text, number or boolean")


def shown(name: str) -> str:
    """A text from outside, quoted, in one line and not too long."""
    return plain_text.shown(name, _LONGEST_SHOWN)


def _spells(value: str) -> bool:
    """Half a surrogate pair spells nothing."""
    return value.isascii() or not any("\ud800" <= char <= "\udfff" for char in value)
