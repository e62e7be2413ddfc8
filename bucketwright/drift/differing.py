"""In what do two values of a fact differ, by what they mean? Each difference in words."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, fields, is_dataclass
from typing import Final, Literal

from bucketwright.contract.own_tags import OWN_TAGS
from bucketwright.drift.words import field_named, named, word
from bucketwright.plain_text import clipped

Does = Literal["added", "missing", "changed"]
_Mapping = Mapping[object, object]
_Several = AbstractSet[object] | tuple[object, ...]
_IDENTITIES: Final = ("name", "id")
_NONE_SUCH: Final = "no such {}"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as declared."""

    does: Does
    seen: str
    expected: str
    part: str = ""
    """Of a declared lifecycle rule its id."""


Compare = Callable[[str, object, object], Iterator[Difference]]


def tags(_: str, wanted: object, found: object) -> Iterator[Difference]:
    """Those that are declared; what others add is theirs."""
    declared, there = _mapping(wanted), _mapping(found)
    kept = {name: there[name] for name in declared if name in there}
    yield from _entries("tag", declared, kept)


def plainly(fact: str, wanted: object, found: object) -> Iterator[Difference]:
    """By their parts, whatever they are made of."""
    name = named(fact)
    if isinstance(wanted, Mapping) and isinstance(found, Mapping):
        yield from _entries(name, wanted, found)
    elif isinstance(wanted, AbstractSet | tuple) and isinstance(found, AbstractSet | tuple):
        yield from _members(name, wanted, found)
    elif is_dataclass(wanted) and type(wanted) is type(found):
        yield from _fields(fact, wanted, found)
    elif wanted != found:
        yield _one(name, wanted, found)


def _one(name: str, wanted: object, found: object) -> Difference:
    if wanted is None:
        return Difference("added", f"{name} is there: {word(found)}", f"no {name}")
    if found is None:
        return Difference("missing", f"there is no {name}", f"{name} {word(wanted)}")
    return Difference("changed", f"{name} is {word(found)}", f"{name} {word(wanted)}")


def _mapping(value: object) -> _Mapping:
    return value if isinstance(value, Mapping) else {}


def _entries(name: str, wanted: _Mapping, found: _Mapping) -> Iterator[Difference]:
    for key in sorted({*wanted, *found}, key=_own_last):
        called = f"{name} '{clipped(str(key))}'"
        if key not in found:
            yield Difference("missing", f"{called} is not there", f"{called} {word(wanted[key])}")
        elif key not in wanted:
            yield Difference("added", f"{called} is there: {word(found[key])}", f"no {called}")
        elif wanted[key] != found[key]:
            yield _one(called, wanted[key], found[key])


def _own_last(key: object) -> tuple[bool, str]:
    text = str(key)
    return text.startswith(OWN_TAGS), text


def _members(name: str, wanted: _Several, found: _Several) -> Iterator[Difference]:
    """Entries that have a name are held against the one of that name."""
    gone = {_identity(one, number): one for number, one in enumerate(wanted) if one not in found}
    come = {_identity(one, number): one for number, one in enumerate(found) if one not in wanted}
    for identity, one in gone.items():
        other = come.get(identity) if isinstance(identity, str) else None
        if other is None:
            yield Difference("missing", f"{name} lacks {word(one)}", f"{name} {word(one)}")
        else:
            yield from _renamed(f"{name} '{clipped(str(identity))}'", _fields(name, one, other))
    for identity, one in come.items():
        if not isinstance(identity, str) or identity not in gone:
            yield Difference("added", f"{name} has {word(one)}", _NONE_SUCH.format(name))
    if not gone and not come and wanted != found:
        yield Difference("changed", f"the order of {name} is another", f"{name} in the declared order")


def _identity(one: object, number: int) -> object:
    names = (getattr(one, name, None) for name in _IDENTITIES)
    return next((name for name in names if isinstance(name, str) and name), number)


def _renamed(name: str, several: Iterable[Difference]) -> Iterator[Difference]:
    for one in several:
        yield Difference("changed", f"{name}: {one.seen}", f"{name}: {one.expected}")


def _fields(fact: str, wanted: object, found: object) -> Iterator[Difference]:
    """Field by field; what is a list itself says what was added to it."""
    if not is_dataclass(wanted) or not is_dataclass(found) or type(wanted) is not type(found):
        yield _one(named(fact), wanted, found)
        return
    for one in fields(wanted):
        if one.compare:
            name = field_named(wanted, one.name)
            own, other = getattr(wanted, one.name), getattr(found, one.name)
            if own != other:
                yield from _below(name, own, other)


def _below(name: str, wanted: object, found: object) -> Iterator[Difference]:
    if isinstance(wanted, AbstractSet | tuple) and isinstance(found, AbstractSet | tuple):
        yield from _members(name, wanted, found)
    else:
        yield Difference("changed", f"{name} is {word(found)}", f"{name} {word(wanted)}")
