"""How is one value of a lifecycle configuration read from JSON, YAML or an SDK's answer?"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import TypeVar

from bucketwright.plain_text import clipped, did_you_mean

Value = TypeVar("Value")

_ISO_8601 = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?",
)
_KINDS: tuple[tuple[type, str], ...] = (
    (type(None), "nothing"),
    (bool, "true or false"),
    (str, "a text"),
    (int, "a number"),
    (float, "a number"),
    (Mapping, "an object"),
    (Sequence, "a list"),
)


class ReadingError(ValueError):
    """A value that is not of the form its field has."""

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(f"{field} {problem}")
        self.field = field
        self.problem = problem


def kind(value: object) -> str:
    """Say in a word what a value is, never the value itself."""
    return next((name for known, name in _KINDS if isinstance(value, known)), "something else")


def mapping(value: object, field: str) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise ReadingError(field, f"must be an object, found {kind(value)}")
    return value


def members(value: object, field: str, known: Collection[str]) -> Mapping[str, object]:
    """Read an object that has no members but the known ones."""
    found = mapping(value, field)
    no_others(found, known, f"{field}.")
    return found


def no_others(found: Mapping[str, object], known: Collection[str], inside: str = "") -> None:
    """Refuse the first member that is not known; null says nothing, whatever its name."""
    for name, value in found.items():
        if value is not None and name not in known:
            near = did_you_mean(name, known)
            problem = f"is not known to S3{near and f' ({near})'}; known here: {', '.join(known)}"
            raise ReadingError(f"{inside}{clipped(name)}", problem)


def sequence(value: object, field: str) -> tuple[object, ...]:
    if not isinstance(value, list | tuple):
        raise ReadingError(field, f"must be a list, found {kind(value)}")
    return tuple(value)


def text(value: object, field: str) -> str:
    if not isinstance(value, str):
        raise ReadingError(field, f"must be a text, found {kind(value)}")
    return value


def truth(value: object, field: str) -> bool:
    if isinstance(value, bool):
        return value
    word = value.lower() if isinstance(value, str) else None
    if word not in ("true", "false"):
        raise ReadingError(field, f"must be true or false, found {kind(value)}")
    return word == "true"


def whole_number(value: object, field: str) -> int:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise ReadingError(field, f"must be a whole number, found {kind(value)}")
    return value


def moment(value: object, field: str) -> datetime:
    """Read a time in UTC. A day alone is its midnight, a time without offset is UTC."""
    found = _calendar(value)
    if found is None:
        raise ReadingError(field, "must be a date or time in ISO 8601, such as 2027-01-31T00:00:00Z")
    try:
        return in_utc(found)
    except OverflowError:
        raise ReadingError(field, "lies outside the years 1 to 9999 in UTC") from None


def in_utc(found: datetime) -> datetime:
    """Give the same moment in UTC; a time without offset is taken as UTC."""
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


def _calendar(value: object) -> datetime | None:
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day, tzinfo=UTC)
    if not isinstance(value, str) or _ISO_8601.fullmatch(value) is None:
        return None
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        return None


def optional(
    source: Mapping[str, object],
    name: str,
    read: Callable[[object, str], Value],
    inside: str = "",
) -> Value | None:
    """Read a field that may be absent or null."""
    value = source.get(name)
    return None if value is None else read(value, f"{inside}{name}")
