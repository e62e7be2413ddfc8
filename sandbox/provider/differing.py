"""What differs between the inputs of before and those of now, property by property?"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

_PLAIN: Final = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*")
_ABSENT: Final = object()


@dataclass(frozen=True, slots=True)
class Difference:
    """One property that differs; `path` as the engine spells it, `top` its first step."""

    kind: Literal["add", "delete", "update"]
    path: str
    top: str


def differences(old: Mapping[str, object], new: Mapping[str, object]) -> tuple[Difference, ...]:
    """Every difference, at the deepest place where it can be told."""
    return tuple(
        Difference(kind, path, name)
        for name in sorted({*old, *new})
        for kind, path in _between(old.get(name, _ABSENT), new.get(name, _ABSENT), _step("", name))
    )


def _between(old: object, new: object, path: str) -> Iterator[tuple[Literal["add", "delete", "update"], str]]:
    match old, new:
        case Mapping(), Mapping():
            for name in sorted({*old, *new}):
                yield from _between(old.get(name, _ABSENT), new.get(name, _ABSENT), _step(path, name))
        case list(), list():
            for index in range(max(len(old), len(new))):
                yield from _between(_at(old, index), _at(new, index), f"{path}[{index}]")
        case _ if old is _ABSENT and new is not _ABSENT:
            yield "add", path
        case _ if new is _ABSENT and old is not _ABSENT:
            yield "delete", path
        case _ if old != new:
            yield "update", path


def _at(values: list[object], index: int) -> object:
    return values[index] if index < len(values) else _ABSENT


def _step(path: str, name: str) -> str:
    if not _PLAIN.fullmatch(name):
        escaped = name.replace("\\", "\\\\").replace('"', '\\"')
        return f'{path}["{escaped}"]'
    return f"{path}.{name}" if path else name
