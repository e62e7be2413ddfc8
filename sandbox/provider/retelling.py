"""What is live, told as the program told it, so that a refresh shows what changed and nothing else."""

import json
from collections.abc import Mapping, Sequence
from typing import Final

from sandbox.provider.handler import Plain


class _Computed:
    """Stands in a table of defaults for: whatever AWS chooses."""


COMPUTED: Final = _Computed()


def retold(live: Plain, said: Plain, defaults: Plain | None = None) -> Plain:
    """The live inputs; where they mean what the program says, in the program's own words.

    What the program leaves to its default is left out as long as that default is what is live.
    """
    return _record(live, said, defaults or {})


def _value(live: object, said: object, defaults: object) -> object:
    match live, said:
        case Mapping(), Mapping():
            return _record(live, said, defaults if isinstance(defaults, Mapping) else {})
        case Mapping(), None:
            return _record(live, {}, defaults if isinstance(defaults, Mapping) else {})
        case list() | tuple(), _:
            return _list(live, said if isinstance(said, list | tuple) else (), defaults)
        case str(), str() | Mapping():
            return said if _same_document(live, said) else live
        case _:
            return live


def _record(live: Plain, said: Plain, defaults: Plain) -> Plain:
    told: dict[str, object] = {}
    for name, value in live.items():
        shown = _value(value, said.get(name), defaults.get(name))
        if name in said or not _goes_unsaid(shown, defaults.get(name)):
            told[name] = shown
    absent = {
        name: value
        for name, value in said.items()
        if name not in live and _goes_unsaid(value, defaults.get(name))
    }
    return {**told, **absent}


def _list(live: Sequence[object], said: Sequence[object], defaults: object) -> Sequence[object]:
    if len(live) != len(said):
        return [_value(item, None, defaults) for item in live]
    if sorted(map(_text, live)) == sorted(map(_text, said)):
        return list(said)
    return [_value(item, other, defaults) for item, other in zip(live, said, strict=True)]


def _goes_unsaid(value: object, default: object) -> bool:
    return default is COMPUTED or value == default or value in ({}, [], "", None)


def _same_document(live: str, said: str | Plain) -> bool:
    """Whether two texts hold the same JSON object; a program may also say the object itself."""
    if live == said or not live.startswith("{"):
        return live == said
    try:
        return bool(json.loads(live) == (json.loads(said) if isinstance(said, str) else said))
    except ValueError:
        return False


def _text(value: object) -> str:
    return json.dumps(value, sort_keys=True, default=repr)
