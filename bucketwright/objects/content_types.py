"""Which content types does the name of an object stand for, which does the contract allow, which has it?"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from bucketwright.contract.media_types import allows, types_of
from bucketwright.objects.layout import declared
from bucketwright.posture import Estate

if TYPE_CHECKING:
    from bucketwright.objects.postures import ObjectPosture

BYTES: Final = "application/octet-stream"
"""Says nothing but that it is some bytes."""
_ALSO_BYTES: Final = frozenset({"", "binary/octet-stream"})
"""No type, and what S3 notes then."""
ENCODINGS: Final[Mapping[str, str]] = {".br": "br", ".gz": "gzip", ".zst": "zstd"}
"""Extensions of compressed files, with the Content-Encoding that undoes the compression on the way."""
SHOWN_BY_BROWSERS: Final = ("text/", "image/", "audio/", "video/", "application/pdf", "application/json")
"""How the types begin that a browser shows rather than saves."""


class Stated(NamedTuple):
    """A content type: what it names, and whether it says how text is spelled in bytes."""

    media_type: str
    has_charset: bool


def stated_type(one: "ObjectPosture") -> Stated:
    """What the object says of itself."""
    media_type, _, parameters = (one.content_type or "").lower().partition(";")
    names = (parameter.partition("=")[0].strip() for parameter in parameters.split(";"))
    return Stated(_normal(media_type.strip()), "charset" in names)


def allowed_types(one: "ObjectPosture", estate: Estate) -> tuple[str, ...]:
    """The types that the contract allows where it lies; empty where it allows any."""
    return tuple(map(_normal, declared(one, estate, lambda place: place.prefix.types) or ()))


def named_types(one: "ObjectPosture") -> tuple[str, ...]:
    """The types that the extension stands for; those of what is inside where readers get it unpacked."""
    named = one.of_key(_naming)
    if named.packed is not None and named.packed in encodings(one):
        return one.of_key(types_inside)
    return named.types


def packing(key: str) -> str | None:
    """The Content-Encoding that undoes the compression that the extension stands for; None without one."""
    return _naming(key).packed


def types_inside(key: str) -> tuple[str, ...]:
    """The types that the extension before the last stands for."""
    return types_of(extension(key.rpartition(".")[0]))


def fitting(named: Iterable[str], allowed: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the types of a name that are allowed."""
    return tuple(one for one in named if not allowed or allows(allowed, one))


def says_too_little(one: "ObjectPosture") -> bool:
    """Whether it says to be some bytes though its name stands for more."""
    named = named_types(one)
    return bool(named) and BYTES not in named and stated_type(one).media_type == BYTES


def encodings(one: "ObjectPosture") -> frozenset[str]:
    """The compressions that readers undo."""
    return frozenset(part.strip().lower() for part in (one.content_encoding or "").split(","))


def extension(key: str) -> str:
    """The last extension of a name, in lower case with its dot; empty where it has none."""
    stem, _, last = key.rpartition("/")[2].rpartition(".")
    return f".{last.lower()}" if stem else ""


class _Naming(NamedTuple):
    """What a last extension stands for."""

    packed: str | None
    """The Content-Encoding that undoes its compression; None without one."""
    types: tuple[str, ...]


def _naming(key: str) -> _Naming:
    return _named(extension(key))


@lru_cache(maxsize=256)
def _named(last: str) -> _Naming:
    return _Naming(ENCODINGS.get(last), types_of(last))


def _normal(media_type: str) -> str:
    return BYTES if media_type in _ALSO_BYTES else media_type
