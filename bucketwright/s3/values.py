"""How is what the SDK answers with held as JSON? Times as ISO 8601 in UTC, bytes as base64."""

from base64 import b64encode
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from math import isfinite
from typing import Final

_METADATA: Final = "ResponseMetadata"


def plain_values(parsed: Mapping[str, object]) -> Mapping[str, object]:
    """All that was answered, and nothing of how it came."""
    return {name: _plain(value) for name, value in parsed.items() if name != _METADATA}


def _plain(value: object) -> object:
    match value:
        case datetime():
            return time_text(value)
        case bytes() | bytearray():
            return b64encode(value).decode("ascii")
        case Mapping():
            return {str(name): _plain(inner) for name, inner in value.items()}
        case list() | tuple():
            return [_plain(inner) for inner in value]
        case Decimal() | float():
            return _finite(float(value))
        case None | bool() | int() | str():
            return value
    raise TypeError(f"an answer holds a value of type {type(value).__name__}")


def _finite(number: float) -> float:
    if not isfinite(number):
        raise ValueError("an answer holds a number that is none")
    return number


def time_text(moment: datetime) -> str:
    """A time as `2026-03-01T00:00:00Z`; one without a zone is taken to be UTC."""
    aware = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return aware.isoformat().replace("+00:00", "Z")
