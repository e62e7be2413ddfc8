"""Which findings have room on a page that stays small? The gravest, and of the others how many there are."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from markupsafe import escape

from bucketwright.reports.html.found import Entry, Group, Resource, without
from bucketwright.verdicts import SEVERITIES

_GROUP: Final = 440
_ENTRY: Final = 18
_TEXTS: Final = (2, 15, 16, 46, 16)
_PAIR: Final = 105
_CONSEQUENCE: Final = 50
_CONSEQUENCES: Final = 120
"""What the template puts around texts, at most; those of an entry are in the order of `Told.texts`."""


def fitting(resources: Sequence[Resource], room: int) -> tuple[Resource, ...]:
    """The same resources with the findings for which there is room, in bytes."""
    kept: dict[str, list[Group]] = defaultdict(list)
    everything = [(one.anchor, group) for one in resources for group in one.groups]
    left = room
    for name, group in sorted(everything, key=lambda each: SEVERITIES.index(each[1].severity)):
        left -= _GROUP + _size((*(group.rule,) * 3, *group.common.texts))
        entries = []
        for entry in group.entries:
            left -= _size_of(entry)
            if left < 0:
                break
            entries.append(entry)
        if entries:
            kept[name].append(replace(group, entries=tuple(entries)))
    return tuple(without(one, tuple(kept[one.anchor])) for one in resources)


def _size_of(entry: Entry) -> int:
    own = entry.own
    around = sum(size for size, text in zip(_TEXTS, own.texts, strict=True) if text)
    around += _PAIR if own.seen and own.expected else 0
    around += _CONSEQUENCES if entry.consequences else 0
    inner = sum(
        _CONSEQUENCE + _size((one.rule, one.rule, one.weight, one.about, one.seen))
        for one in entry.consequences
    )
    return _ENTRY + around + inner + _size((entry.about, *own.texts))


def _size(texts: Iterable[str]) -> int:
    return sum(len(escape(one).encode()) for one in texts)
