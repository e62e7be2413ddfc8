"""How does a fact read: the value of a facet in plain words, on one line?"""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import MISSING, fields, is_dataclass
from datetime import datetime
from typing import Final

from bucketwright.contract.lifecycle.rules import Predicates, Tag
from bucketwright.facets.bucket.public_access_block import PublicAccessBlock
from bucketwright.facets.grants import Grant
from bucketwright.plain_text import clipped
from bucketwright.rules.public_block import SWITCHES

_CLOSED: Final = PublicAccessBlock()
_WIDTH: Final = 100
_MOST: Final = 3
_FACTS: Final[Mapping[str, str]] = {
    "abac": "ABAC",
    "acl": "ACL",
    "blocks_sse_c": "blocking of SSE-C",
    "cors": "CORS",
    "force_destroy": "deletion with all objects",
    "managed": "policies of AWS",
    "max_session": "longest session in seconds",
    "mfa_delete": "MFA delete",
    "minimum_tls": "oldest TLS",
    "requester_pays": "payment by the requester",
}
"""Facts whose names are no words by themselves."""
_FIELDS: Final[Mapping[type, Mapping[str, str]]] = {PublicAccessBlock: dict(SWITCHES.items())}
_SILENT: Final = frozenset({"enabled"})
"""Fields that are said only where they are off."""


def named(fact: str) -> str:
    """What a fact is called in a sentence."""
    return _FACTS.get(fact, fact.replace("_", " "))


def field_named(owner: object, name: str) -> str:
    """What a field of a value is called in a sentence."""
    return _FIELDS.get(type(owner), {}).get(name, named(name))


def word(value: object) -> str:
    """A value in words; what comes from outside is made printable, and long lists are cut."""
    match value:
        case None | "":
            return "none"
        case bool():
            return "on" if value else "off"
        case str():
            return clipped(value, _WIDTH)
        case datetime():
            return str(value.date())
        case PublicAccessBlock() if value == _CLOSED:
            return "all four switches on"
        case Grant():
            return f"{value.permission} for {clipped(value.grantee, _WIDTH)}"
        case Tag():
            return f"{clipped(value.key)}={clipped(value.value)}"
    return _several(value)


def _several(value: object) -> str:
    """What is made of more than one thing."""
    match value:
        case Mapping():
            return listed(f"{clipped(str(name))}={word(one)}" for name, one in sorted(value.items()))
        case AbstractSet():
            return listed(sorted(map(word, value)))
        case tuple():
            return listed(map(word, value))
    return ", ".join(_said(value)) or ", ".join(_all_of(value)) or clipped(str(value), _WIDTH)


def listed(words: Iterable[str]) -> str:
    """Words as a list for a sentence, cut where it is long."""
    several = list(words)
    more = len(several) - _MOST
    return ", ".join(several[:_MOST]) + (f" and {more} more" if more > 0 else "") if several else "none"


def selected(chosen: Predicates) -> str:
    """The objects that a filter selects: `for keys that begin with 'tmp/' tagged a=b`; empty: all."""
    return " ".join(_selects(chosen))


def _selects(chosen: Predicates) -> Iterator[str]:
    if chosen.prefix:
        yield f"for keys that begin with '{clipped(chosen.prefix)}'"
    if chosen.tags:
        yield f"tagged {listed(map(word, chosen.tags))}"
    if chosen.greater_than is not None:
        yield f"above {chosen.greater_than} bytes"
    if chosen.less_than is not None:
        yield f"below {chosen.less_than} bytes"


def _all_of(value: object) -> Iterator[str]:
    """Every field of what is as it usually is."""
    for one in fields(value) if is_dataclass(value) else ():
        if one.compare:
            yield f"{field_named(value, one.name)} {word(getattr(value, one.name))}"


def _said(value: object) -> Iterator[str]:
    """The fields that are not as they usually are; the name of the thing, where it has one, by itself."""
    if isinstance(value, Predicates):
        yield selected(value) or "for all objects"
        return
    for one in fields(value) if is_dataclass(value) else ():
        found = getattr(value, one.name)
        if not one.compare or found == one.default or (one.default is MISSING and found in (None, "")):
            continue
        if one.name in {"name", "id"}:
            yield f"'{word(found)}'"
        elif one.name in _SILENT:
            yield "enabled" if found else "disabled"
        else:
            yield f"{field_named(value, one.name)} {word(found)}"
