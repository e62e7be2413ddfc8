"""Which single values of a resource differ, and what were they before?"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bucketwright.contract.problems import Path, spelled
from bucketwright.strict_json import NotJsonError, read_json

if TYPE_CHECKING:
    from bucketwright.changes.resources import ResourceChange

_DEEPEST: Final = 12
"""What lies deeper is told as a whole."""


@dataclass(frozen=True, slots=True)
class ValueChange:
    """One value, or one entry of a list, before and after; None where there is none."""

    path: str
    before: object
    after: object


def value_changes(change: "ResourceChange") -> Iterator[ValueChange]:
    """Every value that an update alters, within lists and policies too."""
    now, was = change.resource, change.was
    if was is not None:
        yield from _within((), was.inputs, now.inputs)
        options = {"protect": (was.protect, now.protect)}
        options["retainOnDelete"] = (was.retain_on_delete, now.retain_on_delete)
        yield from (ValueChange(name, *both) for name, both in options.items() if both[0] != both[1])


def _within(path: Path, before: object, after: object) -> Iterator[ValueChange]:
    if before == after:
        return
    match _read(before), _read(after):
        case (Mapping() as old, Mapping() as new) if len(path) < _DEEPEST:
            for name in sorted({*old, *new}):
                yield from _within((*path, str(name)), old.get(name), new.get(name))
        case (list() | tuple() as old, list() | tuple() as new) if len(path) < _DEEPEST:
            yield from _within_list(path, old, new)
        case (str() as old, list() as new):
            yield from _within_list(path, [old], new)
        case (list() as old, str() as new):
            yield from _within_list(path, old, [new])
        case _:
            yield ValueChange(spelled(path), before, after)


def _within_list(path: Path, old: Sequence[object], new: Sequence[object]) -> Iterator[ValueChange]:
    """Entry by entry; where there are more or fewer, those that went and those that came."""
    gone, come = _lacking(old, new), _lacking(new, old)
    if len(gone) == len(come):
        if not gone and old != new:
            yield ValueChange(spelled(path), old, new)
        for (number, before), (_, after) in zip(gone, come, strict=True):
            yield from _within((*path, number), before, after)
        return
    yield from (ValueChange(spelled((*path, number)), one, None) for number, one in gone)
    yield from (ValueChange(spelled((*path, number)), None, one) for number, one in come)


def _lacking(several: Sequence[object], others: Sequence[object]) -> list[tuple[int, object]]:
    """The entries that the others do not hold, with their places."""
    held = set(map(_text, others))
    return [(number, one) for number, one in enumerate(several) if _text(one) not in held]


def _read(value: object) -> object:
    """What a policy holds, which is a text to the engine; of all else, itself."""
    if not isinstance(value, str) or not value.startswith("{"):
        return value
    try:
        found = read_json(value)
    except NotJsonError:
        return value
    return value if found.complaints else found.value


def _text(value: object) -> str:
    return json.dumps(value, sort_keys=True, default=str)
