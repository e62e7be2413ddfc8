"""What would a proper object of a prefix be? A key of its template, a type it allows, the tags it wants."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath
from typing import Any, Final
from urllib.parse import urlencode

from bucketwright.contract.keys.errors import TemplateError
from bucketwright.contract.keys.templates import NameTemplate, Template
from bucketwright.contract.keys.variable_types import Value
from bucketwright.contract.lifecycle.compile import object_tags
from bucketwright.contract.media_types import TYPES_OF_EXTENSION, allows, types_of
from bucketwright.contract.placement import Place, places
from sandbox.drifts.drift import Live, NoRoomError, On
from sandbox.drifts.settings import AnyBucket, Undo
from sandbox.drifts.subjects import PrefixScope, prefixes

_VALUES: Final[Mapping[str, Value]] = {
    "int": 7,
    "uuid": "0b8f4f5e-3a52-4a0c-9a59-1f9f3a0f2c11",
    "date": "2026-01-31",
    "year": 2026,
    "month": 1,
    "day": 31,
    "hex2": "e3",
    "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
}
_BODIES: Final[Mapping[str, bytes]] = {
    "application/pdf": b"%PDF-1.7\n%%EOF\n",
    "image/png": b"\x89PNG\r\n\x1a\n",
    "image/jpeg": b"\xff\xd8\xff\xe0",
    "image/gif": b"GIF89a",
    "application/zip": b"PK\x05\x06" + bytes(18),
    "application/json": b"{}",
}
"""What tells these types by their first bytes."""
_WORDS: Final = frozenset({"str", "slug"})
"""The types of variables that any word fits."""
_OTHER_BODY: Final = b"sample\n"
_PREFERRED: Final = (".pdf", ".png", ".json", ".zip")


@dataclass(frozen=True, slots=True)
class Sample:
    """An object that is as the contract wants it."""

    key: str
    content_type: str
    tags: Mapping[str, str]

    @property
    def body(self) -> bytes:
        """Content that is of its type."""
        return _BODIES.get(self.content_type, _OTHER_BODY)

    @property
    def shows_its_type(self) -> bool:
        """Whether the first bytes of such an object tell its type."""
        return self.content_type in _BODIES

    @property
    def names_its_type(self) -> bool:
        """Whether its key ends in the well-known extension of its type."""
        return self.content_type in types_of(PurePosixPath(self.key).suffix)


def sample(at: PrefixScope, word: str = "sample") -> Sample | None:
    """A proper object of a prefix, with a word in its key where the template takes one.

    None where its template or its types leave no object that is plain to make.
    """
    place = at.place
    if place.prefix.delivery.via == "content-addressed":
        return None
    own = places(at.environment, at.bucket_id)
    tags = object_tags(at.environment, at.bucket_id, place.prefix_id)
    for key in _keys(place, word):
        kind = next(_types(place, PurePosixPath(key).suffix), None)
        if kind is not None and [one.prefix_id for one in own if one.keys.owns(key)] == [place.prefix_id]:
            return Sample(key, kind, tags)
    return None


def proper(at: PrefixScope, word: str) -> Sample:
    """The same where there is one, as whoever picked the prefix knows."""
    one = sample(at, word)
    if one is None:
        raise NoRoomError(f"no proper object of {at.address} is plain to make")
    return one


def samples_of(
    needs: str, fits: Callable[[PrefixScope, Sample], bool] = lambda _at, _one: True
) -> On[PrefixScope]:
    """Prefixes of which a proper object can be made that fits."""

    def within(at: PrefixScope) -> bool:
        one = sample(at)
        return one is not None and fits(at, one)

    return prefixes(needs, within)


def key_below(at: PrefixScope, name: str) -> str:
    """The key of an object of that name below a prefix's path."""
    path = at.place.path
    return path.format(**_valued(path, "sample")) + name


def put(live: Live, at: AnyBucket, key: str, **content: object) -> Undo:
    """Put an object; gives the way back."""
    s3 = live.client("s3", at.region)
    answer = s3.put_object(Bucket=at.name, Key=key, **content)
    return partial(s3.delete_object, Bucket=at.name, Key=key, **version_in(answer))


def put_sample(live: Live, at: PrefixScope, one: Sample, **other: object) -> Undo:
    """Put a proper object, but for what is said of it otherwise; None leaves a part of it out."""
    proper = {"Body": one.body, "ContentType": one.content_type, "Tagging": urlencode(one.tags) or None}
    content = {name: value for name, value in {**proper, **other}.items() if value is not None}
    return put(live, at, one.key, **content)


def version_in(answer: Mapping[str, Any]) -> dict[str, str]:
    """The version that was made, where the bucket keeps versions."""
    return {"VersionId": answer["VersionId"]} if "VersionId" in answer else {}


def _keys(place: Place, word: str) -> Iterator[str]:
    endings = place.prefix.extensions or (*_PREFERRED, *TYPES_OF_EXTENSION)
    for ending in endings:
        try:
            stem = place.keys.format(**_valued(place.keys, word))
        except TemplateError:
            return
        yield stem if isinstance(place.keys, NameTemplate) else f"{stem}{word}{ending}"


def _types(place: Place, ending: str) -> Iterator[str]:
    """The types that an ending stands for and the prefix allows; without an ending, any allowed."""
    allowed, extensions = place.prefix.types, place.prefix.extensions
    if extensions and ending not in extensions:
        return
    known = types_of(ending) or ("application/pdf", *(one for one in allowed if not one.endswith("*")))
    yield from (kind for kind in known if not allowed or allows(allowed, kind))


def _valued(template: Template, word: str) -> dict[str, Value]:
    kinds = {name: kind.name for name, kind in template.variables.items()}
    return {name: word if kind in _WORDS else _VALUES[kind] for name, kind in kinds.items()}
