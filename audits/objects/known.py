"""What is known of one object or delete marker: what a list says of it, and what was asked besides.

A fact of the list is read when somebody looks at it. One that was not asked for so far says what would have
to be asked.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Final, TypeAlias

from audits import object_facts as facts_of
from audits.object_answers import time_of
from audits.object_facts import Home
from audits.objects.alike import Unasked
from audits.objects.ways import Look
from bucketwright.facets.said import Said
from bucketwright.objects.postures import DeleteMarkerPosture, ObjectPosture
from bucketwright.objects.sources import SOURCES
from bucketwright.posture import Posture
from bucketwright.s3.wire.rows import Marker, Row

Base: TypeAlias = Mapping[Look, object]
_NONE: Final[Mapping[str, object]] = {}
NOT_ASKED: Final = Posture("", "", {}).told("")
_ASKED: Final = frozenset({"head", "acl", "tagging"})
_OBJECT_FACTS: Final = tuple(ObjectPosture.fields())
_MARKER_FACTS: Final = tuple(DeleteMarkerPosture.fields())


class _Known(dict[Look, object], ABC):
    """By what is looked at: a fact by its name, or what follows from the key."""

    __slots__ = ("home", "row")
    row: Row | Marker
    home: Home

    def __missing__(self, look: Look) -> object:
        found = self._listed(look) if isinstance(look, str) else look(self.row.key)
        self[look] = found
        return found

    @abstractmethod
    def _listed(self, name: str) -> object:
        """A fact that nobody had to ask for."""

    def _facts(self, names: Iterable[str]) -> Mapping[str, object]:
        told = ((name, self[name]) for name in names)
        return {name: value for name, value in told if value != NOT_ASKED and not isinstance(value, Unasked)}


class KnownObject(_Known):
    """One version of one object."""

    __slots__ = ("answers", "is_gone", "lasts")
    row: Row
    answers: Mapping[str, object]
    """What was answered when it was asked about: the headers, else that there was an answer."""

    def __init__(self, base: Base, row: Row, home: Home) -> None:
        super().__init__(base)
        self.row, self.home, self.answers = row, home, _NONE
        self.is_gone = False
        self.lasts = True

    @property
    def posture(self) -> ObjectPosture:
        """All that is known of it."""
        row = self.row
        address = facts_of.object_address(self.home, row.key, row.version, is_latest=row.is_latest)
        return ObjectPosture(address, row.key, self._facts(_OBJECT_FACTS))

    def _listed(self, name: str) -> object:
        read = _OF_OBJECTS.get(name)
        if read is None:
            return NOT_ASKED
        found = read(self.row, self.home)
        return self.home.spoken({name: found})[name] if self.home.silent else found


class KnownMarker(_Known):
    """One delete marker."""

    __slots__ = ("lasts",)
    row: Marker

    def __init__(self, base: Base, row: Marker, home: Home) -> None:
        super().__init__(base)
        self.row, self.home = row, home
        self.lasts = True

    @property
    def posture(self) -> DeleteMarkerPosture:
        """All that is known of it."""
        kind = DeleteMarkerPosture
        address = facts_of.beside_address(kind.kind, self.home, self.row.key, self.row.version)
        return kind(address, self.row.key, self._facts(_MARKER_FACTS))

    def _listed(self, name: str) -> object:
        read = _OF_MARKERS.get(name)
        return NOT_ASKED if read is None else read(self.row, self.home)


Thing: TypeAlias = KnownObject | KnownMarker


def base(home: Home, needed: Iterable[str], *, asks_acl: bool) -> Base:
    """What is the same of all objects of a bucket before any of the facts that are needed was asked for."""
    unasked: dict[Look, object] = {
        name: Unasked("was not asked for", source)
        for name in needed
        if (source := SOURCES[ObjectPosture.kind][name][0]) in _ASKED and (asks_acl or source != "acl")
    }
    return {**unasked, "bucket": home.address, "on_aws": home.on_aws}


def keys(rows: Iterable[Row | Marker], of_object: Base, home: Home) -> Iterator[Thing]:
    """The objects of a list that shows only what readers get."""
    return (KnownObject(of_object, row, home) for row in rows if isinstance(row, Row))


def versions(rows: Iterable[Row | Marker], of_object: Base, home: Home) -> Iterator[Thing]:
    """What a list of versions shows, key by key, each with what was put there after it."""
    group: list[Row | Marker] = []
    for row in rows:
        if group and group[0].key != row.key:
            yield from _of_key(group, of_object, home)
            group = []
        group.append(row)
    yield from _of_key(group, of_object, home)


def _of_key(group: list[Row | Marker], of_object: Base, home: Home) -> Iterator[Thing]:
    if len(group) > 1:
        objects = [row for row in group if isinstance(row, Row)]
        markers = [row for row in group if isinstance(row, Marker)]
        group = sorted((*objects, *markers), key=_newest_first)
    of_marker: Base = {"bucket": home.address, "versions": sum(isinstance(row, Row) for row in group)}
    noncurrent, is_newest = 0, True
    for number, row in enumerate(group):
        if isinstance(row, Marker):
            yield KnownMarker(of_marker, row, home)
            continue
        one = KnownObject(of_object, row, home)
        one["version_id"] = None if row.version == facts_of.NO_VERSION else row.version
        if number:
            one["newer_noncurrent"] = noncurrent
            one["noncurrent_since"] = _moment(group[number - 1].modified)
            one["is_newest"] = is_newest
        noncurrent += not row.is_latest
        is_newest = False
        yield one


def _newest_first(row: Row | Marker) -> tuple[bool, float]:
    """In the order of S3; of two put in one second the later list entry is the older."""
    put = _moment(row.modified)
    return (not row.is_latest, -put.timestamp() if isinstance(put, datetime) else 0.0)


def _moment(text: str) -> object:
    """A time as it was listed; where it is none, what the thorough reading makes of it."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is not None and found.tzinfo is not None:
        return found
    return time_of(Said({"LastModified": text}, lambda *_: None), "LastModified")


_OF_OBJECTS: Final[Mapping[str, Callable[[Row, Home], object]]] = {
    "checksum_algorithms": lambda row, _: tuple(row.checksums.split(",")) if row.checksums else (),
    "etag": lambda row, _: row.etag,
    "is_latest": lambda row, _: row.is_latest,
    "is_newest": lambda *_: True,
    "key": lambda row, _: row.key,
    "modified": lambda row, _: _moment(row.modified),
    "owner": lambda row, home: home.whose(row.owner),
    "restoring": lambda row, _: row.restoring,
    "size": lambda row, _: row.size,
    "storage_class": lambda row, _: row.storage_class or "STANDARD",
}
_OF_MARKERS: Final[Mapping[str, Callable[[Marker, Home], object]]] = {
    "is_latest": lambda row, _: row.is_latest,
    "key": lambda row, _: row.key,
    "modified": lambda row, _: _moment(row.modified),
    "version_id": lambda row, _: row.version,
}
