"""Objects and delete markers of all sorts, and buckets around them, out of all examples of the catalogue."""

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from typing import Final

import hypothesis.strategies as st

from bucketwright.objects.postures import DeleteMarkerPosture, KeyedPosture, ObjectPosture
from bucketwright.posture import Estate, Posture, Unknown, reference
from bucketwright.rules import catalogue
from bucketwright.rules.example_objects import HERE
from bucketwright.rules.examples import Example
from bucketwright.rules.rule import Rule

KINDS: Final[tuple[type[KeyedPosture], ...]] = (ObjectPosture, DeleteMarkerPosture)
_REASONS: Final = st.sampled_from([Unknown("is denied"), Unknown("was not asked for")])


def rules() -> tuple[Rule[Posture], ...]:
    """Those about what very many of lie in a bucket."""
    return tuple(one for one in catalogue().values() if one.kind in KINDS and "live" in one.lenses)


@cache
def _examples() -> tuple[tuple[Rule[Posture], Example], ...]:
    return tuple((rule, example) for rule in rules() for example in rule.examples)


def pool(kind: type[KeyedPosture]) -> Mapping[str, tuple[object, ...]]:
    """What each fact of a kind is in one example or the other."""
    return _pool(kind.kind)


@cache
def _pool(kind: str) -> Mapping[str, tuple[object, ...]]:
    found: dict[str, list[object]] = defaultdict(list)
    for rule, example in _examples():
        for name, value in example.facts.items() if rule.kind.kind == kind else ():
            if value not in found[name]:
                found[name].append(value)
    return {name: tuple(values) for name, values in found.items()}


def estates() -> st.SearchStrategy[Estate]:
    """A bucket of some example, and the contract around it."""
    return st.sampled_from(range(len(_examples()))).map(_estate)


@cache
def _estate(number: int) -> Estate:
    rule, example = _examples()[number]
    return example.estate(rule.kind, "live")


def keys() -> st.SearchStrategy[str]:
    """Keys that rules have something to say of, and any others."""
    return st.sampled_from(pool(ObjectPosture)["key"]).map(str) | st.text(max_size=12)


@st.composite
def facts(draw: st.DrawFn, kind: type[KeyedPosture]) -> Mapping[str, object]:
    """All facts of a thing, some of them not known."""
    told = {
        name: draw(st.sampled_from(values) | _REASONS)
        for name, values in pool(kind).items()
        if name not in {"bucket", "key"}
    }
    return {**told, "bucket": HERE, "key": draw(keys())}


def posture(kind: type[KeyedPosture], told: Mapping[str, object]) -> Posture:
    """The thing itself, as the plain judge takes it."""
    key = str(told["key"])
    return kind(reference(kind.kind, f"example/{key}"), key, told)
