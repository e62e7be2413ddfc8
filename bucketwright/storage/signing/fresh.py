"""Which values make a key that nothing has yet? Today's date, and ids that nobody had before."""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from bucketwright.contract.keys.variable_types import Value
from bucketwright.storage.declared import Declared
from bucketwright.storage.errors import Refused

if TYPE_CHECKING:  # a place is what asks here
    from bucketwright.storage.place import DeclaredPrefix, Place

_MADE: Final[Mapping[str, Callable[[date], Value]]] = {
    "uuid": lambda _: uuid4(),
    "date": lambda today: today,
    "year": lambda today: today.year,
    "month": lambda today: today.month,
    "day": lambda today: today.day,
}
"""By the types of a template's variables."""


def fresh_place(prefix: "DeclaredPrefix", /, **values: Value) -> "Place":
    """The place of these values; of those not given days are today's in UTC, and ids are new."""
    return prefix.at(**_filled(prefix.there, prefix.variables, values))


def fresh_name(place: "Place", /, **values: Value) -> str:
    """A name that no other object has, by the contract's template of names, filled in the same way."""
    there = place.there
    names = [name for name in there.place.keys.variables if name not in there.place.path.variables]
    if not names:
        raise Refused(f"{there.address} has no template of names with values: any name will do")
    return place.named(**_filled(there, names, values))


def _filled(there: Declared, names: Iterable[str], given: Mapping[str, Value]) -> dict[str, Value]:
    kinds, today = there.place.keys.variables, datetime.now(UTC).date()
    made = {name: _MADE[kinds[name].name](today) for name in names if kinds[name].name in _MADE}
    return {**made, **given}
