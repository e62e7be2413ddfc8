"""Which events does one selector of a trail choose? Both of CloudTrail's languages, in one form."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from bucketwright.facets.said import Said
from bucketwright.posture import Undetermined, Unknown

About = Literal["management", "objects"]
EVERY_BUCKET: Final = "*"


@dataclass(frozen=True, slots=True)
class Objects:
    """Objects of a bucket whose keys begin so."""

    bucket: str
    """An address, a stranger's name, or `*`."""
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class Selector:
    """Some events of one sort. What is about neither management nor objects in S3 is left out."""

    about: About
    reads: bool = True
    writes: bool = True
    objects: frozenset[Objects] = frozenset()
    """Of which objects; of none where it is about management."""
    narrowed: bool = False
    """Whether further conditions leave some of these events out."""


MANAGEMENT: Final = Selector("management")
_S3_OBJECT: Final = "AWS::S3::Object"
_ARN: Final = re.compile(r"arn:[a-z0-9-]+:s3(?::::)?(?P<bucket>[^/*?:]*)(?:/(?P<prefix>.*))?", re.DOTALL)
_CLASSIC: Final = {"All": (True, True), "ReadOnly": (True, False), "WriteOnly": (False, True)}
_READ_ONLY: Final = {"true": (True, False), "false": (False, True)}
_DECIDING: Final = ("eventCategory", "readOnly", "resources.type", "resources.ARN")
_NEGATIONS: Final = ("notEquals", "notStartsWiths", "notEndsWiths", "endsWiths")
Fields = Mapping[str, Said]


def classic(said: Said) -> Iterator[Selector]:
    """A selector of the first language: management events unless they are refused, and objects by ARN."""
    reads, writes = said.choice("readWriteType", _CLASSIC) or (True, True)
    if said.flag("includeManagementEvents") is not False:
        yield Selector(
            "management", reads, writes, narrowed=bool(said.texts("excludeManagementEventSources"))
        )
    for one in said.parts("dataResources"):
        if one.text("type") == _S3_OBJECT:
            yield Selector("objects", reads, writes, frozenset(_objects(one, "values")))


def advanced(said: Said) -> Iterator[Selector]:
    """A selector of the second language: fields that all have to fit."""
    fields = {one.needed("field", one.text("field")): one for one in said.parts("fieldSelectors")}
    narrowed = bool(fields.keys() - {*_DECIDING}) or any(map(_is_negated, fields.values()))
    for reads, writes in _directions(fields.get("readOnly")):
        for category in _equal(fields, "eventCategory"):
            if category == "Management":
                yield Selector("management", reads, writes, narrowed=narrowed)
            elif category == "Data" and _S3_OBJECT in _equal(fields, "resources.type"):
                where = fields.get("resources.ARN")
                exact = where is not None and bool(where.texts("equals"))
                yield Selector("objects", reads, writes, _where(where), narrowed or exact)


def _where(said: Said | None) -> frozenset[Objects]:
    """The objects an ARN has to begin with; every one where none is asked for."""
    if said is None:
        return frozenset({Objects(EVERY_BUCKET)})
    asked = (*_objects(said, "startsWiths"), *_objects(said, "equals"))
    return frozenset(asked) or frozenset({Objects(EVERY_BUCKET)})


def _objects(said: Said, name: str) -> Iterator[Objects]:
    for text in said.texts(name):
        found = _ARN.fullmatch(text)
        if found is None:
            raise Undetermined("selectors", Unknown(f"{text!r} is not the beginning of an object's ARN"))
        bucket = found["bucket"]
        address = said.address("bucket", name, text.partition("/")[0]) if bucket else EVERY_BUCKET
        yield Objects(address or bucket, found["prefix"] or "")


def _equal(fields: Fields, name: str) -> tuple[str, ...]:
    return fields[name].texts("equals") if name in fields else ()


def _directions(said: Said | None) -> tuple[tuple[bool, bool], ...]:
    words = () if said is None else said.texts("equals")
    return tuple(_READ_ONLY[word] for word in words if word in _READ_ONLY) or ((True, True),)


def _is_negated(said: Said) -> bool:
    return any(said.texts(name) for name in _NEGATIONS)
