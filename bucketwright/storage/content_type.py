"""Which content type does a write carry?

What is said, what the name stands for and how the content begins have to agree, and the contract has to allow
it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bucketwright.contract.media_types import allows, types_of
from bucketwright.contract.words import DeliveryWay
from bucketwright.objects.content_types import (
    BYTES,
    ENCODINGS,
    extension,
    fitting,
    packing,
    types_inside,
)
from bucketwright.plain_text import shown
from bucketwright.storage.errors import Refused
from bucketwright.storage.looks import PLAIN_TEXT, charset, contradiction, guesses

READ_BY_PROGRAMS: Final[frozenset[DeliveryWay]] = frozenset({"none", "archive"})
"""Deliveries that no browser of an outsider takes part in."""
_RUN: Final = re.compile(r"text/(html|xml|xsl|rdf)|application/xml|.*\+xml|multipart/.*|message/rfc822")
_TYPE: Final = re.compile(r"[a-z0-9][a-z0-9.+-]*/[a-z0-9][a-z0-9.+-]*(; ?[a-z0-9_-]+=[a-z0-9_.+\"-]+)*")
_PACKED: Final = {"gzip": "application/gzip", "zstd": "application/zstd"}
"""What content looks like that is packed so; Brotli has no signature."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is known of the type before the content is looked at."""

    key: str
    given: str
    """The type that the caller names; empty: none."""
    encoding: str
    """The compression that the caller names; empty: none."""
    allowed: Sequence[str]
    """The types that the contract allows; empty: any."""
    has_readers: bool


def is_run(media_type: str) -> bool:
    """Whether a browser runs what is in it, with the rights of the page's origin, as it does in all XML."""
    return _RUN.fullmatch(media_type) is not None


def content_type(wanted: Wanted, head: bytes, *, is_utf8: bool = True) -> str:
    """The type that the write carries; Refused where it cannot be told, or something contradicts it.

    `is_utf8` is False where more of the content than its beginning was looked at, and is spelled otherwise.
    """
    _keep_encoding(wanted)
    _keep_packed(wanted, head)
    given = _given(wanted)
    spelling = _spelling(head, is_utf8=is_utf8)
    media_type = given.partition(";")[0] or _likeliest(wanted, head, spelling)
    _keep_agreement(wanted, media_type)
    against = "" if wanted.encoding else contradiction(media_type, head)
    if against:
        raise Refused(f"{shown(wanted.key, 120)} is no {media_type}: {against}", wanted.key)
    return given if ";" in given else media_type + _charset(media_type, wanted, spelling)


def announced_type(wanted: Wanted) -> str:
    """The type that content will carry which nobody has seen yet; Refused where it cannot be told."""
    _keep_encoding(wanted)
    given = _given(wanted)
    media_type = given.partition(";")[0] or _likeliest(wanted, b"", "")
    _keep_agreement(wanted, media_type)
    if media_type.startswith("text/") and ";" not in given and wanted.has_readers:
        raise _unspelled(wanted, media_type)
    return given or media_type


def _given(wanted: Wanted) -> str:
    given = wanted.given.strip().lower()
    if given and not _TYPE.fullmatch(given):
        raise Refused(f"{shown(wanted.given)} is no content type, such as application/pdf", wanted.key)
    return given


def _keep_agreement(wanted: Wanted, media_type: str) -> None:
    """Raises where the name stands for another type, or the contract does not allow this one."""
    named = fitting(_named(wanted), tuple(wanted.allowed))
    if named and media_type not in named:
        raise Refused(
            f"the type is {shown(media_type)}, and the name of {shown(wanted.key, 120)} stands for "
            f"{' or '.join(named)}",
            wanted.key,
        )
    if wanted.allowed and not allows(wanted.allowed, media_type):
        raise Refused(
            f"{shown(wanted.key, 120)} is of type {shown(media_type)}, and the contract allows "
            f"{', '.join(wanted.allowed)} there",
            wanted.key,
        )


def _likeliest(wanted: Wanted, head: bytes, spelling: str) -> str:
    """By the name, else by the content, else some bytes; of several the first that the contract allows."""
    named, allowed = _named(wanted), tuple(wanted.allowed)
    if named and BYTES not in allowed:
        return next(iter(fitting(named, allowed)), named[0])
    seen = () if wanted.encoding else [one for one in guesses(head) if spelling or one != PLAIN_TEXT]
    return next(iter((*fitting(named, allowed), *fitting(seen, allowed))), BYTES)


def _named(wanted: Wanted) -> Sequence[str]:
    """The types that the name stands for; those of what is inside where readers get it unpacked."""
    if wanted.encoding and packing(wanted.key) == wanted.encoding:
        return types_inside(wanted.key)
    return types_of(extension(wanted.key))


def _spelling(head: bytes, *, is_utf8: bool) -> str:
    """How all of the text is spelled in bytes; empty where it cannot be told."""
    found = charset(head)
    return found if is_utf8 or found != "utf-8" else ""


def _charset(media_type: str, wanted: Wanted, spelling: str) -> str:
    """What is said of how text is spelled; readers from outside have to be told."""
    if not media_type.startswith("text/"):
        return ""
    found = "" if wanted.encoding else spelling
    if found:
        return f"; charset={found}"
    if wanted.has_readers:
        raise _unspelled(wanted, media_type)
    return ""


def _unspelled(wanted: Wanted, media_type: str) -> Refused:
    return Refused(
        f"how {shown(wanted.key, 120)} is spelled in bytes cannot be told: name it, as in "
        f"content_type='{media_type}; charset=windows-1252'",
        wanted.key,
    )


def _keep_encoding(wanted: Wanted) -> None:
    encoding = wanted.encoding
    if encoding and encoding not in ENCODINGS.values():
        known = ", ".join(sorted(ENCODINGS.values()))
        raise Refused(f"{shown(encoding)} is no compression that readers undo: {known}", wanted.key)


def _keep_packed(wanted: Wanted, head: bytes) -> None:
    look = _PACKED.get(wanted.encoding)
    if look and contradiction(look, head):
        raise Refused(
            f"the content of {shown(wanted.key, 120)} is not packed with {wanted.encoding}", wanted.key
        )
