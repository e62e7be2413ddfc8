"""In which circumstances do some conditions hold, and in which do they not: every case, one by one?"""

from collections import defaultdict
from collections.abc import Iterable
from itertools import product
from typing import Final

from bucketwright.iam.conditions import Known
from bucketwright.iam.documents import Condition
from bucketwright.rules.request_conditions import SECURE_TRANSPORT

_COMPARED: Final = frozenset(
    {
        "stringequals", "stringnotequals", "stringequalsignorecase", "stringnotequalsignorecase",
        "stringlike", "stringnotlike", "arnequals", "arnnotequals", "arnlike", "arnnotlike", "bool", "null",
    }
)  # fmt: skip
_OF_TRUTHS: Final = frozenset({"bool", "null"})
_TRUTHS: Final = (("true",), ("false",))
_ABSENT: Final[tuple[str, ...]] = ()
_ANOTHER: Final = ("another value",)
_MOST: Final = 64


def cases(conditions: Iterable[Condition]) -> tuple[Known, ...]:
    """What may be known of a request, so that each request is as one of these.

    Only keys of which a few values tell all cases apart are gone through, and as many of them as can be.
    """
    by_key: dict[str, list[Condition]] = defaultdict(list)
    for one in conditions:
        by_key[one.key].append(one)
    values = {key: _values(key, several) for key, several in by_key.items() if all(map(_is_plain, several))}
    kept: dict[str, tuple[tuple[str, ...], ...]] = {}
    size = 1
    for key, some in sorted(values.items(), key=lambda pair: len(pair[1])):
        size *= len(some)
        if size <= _MOST:
            kept[key] = some
    return tuple(dict(zip(kept, chosen, strict=True)) for chosen in product(*kept.values()))


def _is_plain(condition: Condition) -> bool:
    """Whether it compares one value with fixed ones."""
    wild = any(sign in value for value in condition.values for sign in ("*", "?", "${"))
    return condition.operator in _COMPARED and not condition.quantifier and not wild


def _values(key: str, several: Iterable[Condition]) -> tuple[tuple[str, ...], ...]:
    """Those named, another one, and none at all; of what is true or false, both."""
    named: tuple[tuple[str, ...], ...] = _TRUTHS
    if not {one.operator for one in several} <= _OF_TRUTHS:
        listed = (value for one in several if one.operator != "null" for value in one.values)
        named = (*((value,) for value in dict.fromkeys(listed)), _ANOTHER)
    return named if key == SECURE_TRANSPORT else (*named, _ABSENT)
