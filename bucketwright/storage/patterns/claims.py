"""What does a message say whose payload may lie elsewhere, and how is it read that anybody may have sent?

A small payload is the body itself, as text or in base64; a large one is stored, and the body names it. Which
of them it is stands in an attribute of the message, so that no payload is taken for a name.
"""

import json
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, Literal

from bucketwright.plain_text import shown
from bucketwright.storage.errors import Damaged, Refused
from bucketwright.strict_json import NotJsonError, read_json

KIND: Final = "bucketwright-claim"
"""The attribute that says how the payload travels, and the mark of a body that names a stored one."""
LARGEST_MESSAGE: Final = 256 * 1024
"""Bytes that every queue takes, attributes included. SQS takes up to 1 MiB where a queue is set to it."""
LARGEST_EVER: Final = 1024 * 1024
SMALLEST_LIMIT: Final = 1024
MOST_ATTRIBUTES: Final = 9
"""Those of the application; SQS takes ten, and one is ours."""
_HEX: Final = frozenset("0123456789abcdef")
_VERSION: Final = 1

Travel = Literal["text", "base64", "stored"]


@dataclass(frozen=True, slots=True)
class Inline:
    """A payload that travels in the message itself."""

    payload: bytes


@dataclass(frozen=True, slots=True)
class Pointer:
    """A payload that is stored: its name below the place that sender and receiver know."""

    name: str
    size: int
    sha256: str


def pointer_to(name: str, payload: bytes) -> Pointer:
    """What names a payload."""
    return Pointer(name, len(payload), sha256(payload).hexdigest())


def pointer_body(pointer: Pointer) -> str:
    """The body of a message that names a stored payload."""
    said = {KIND: _VERSION, "name": pointer.name, "size": pointer.size, "sha256": pointer.sha256}
    return json.dumps(said, separators=(",", ":"))


def inline_body(payload: bytes) -> tuple[Travel, str]:
    """The body of a message that is the payload: as text where SQS takes every character of it."""
    try:
        text = payload.decode("utf-8")
    except UnicodeDecodeError:
        text = ""
    if text and all(map(_is_taken, text)):
        return "text", text
    return "base64", b64encode(payload).decode("ascii")


def message_size(body: str, attributes: Mapping[str, str]) -> int:
    """Bytes as SQS counts them: of the body, and of name, type and text of each attribute."""
    told = sum(len(f"{name}String{text}".encode()) for name, text in attributes.items())
    return len(body.encode()) + told


def keep_attributes(attributes: Mapping[str, str]) -> None:
    """Raises where a message cannot carry these."""
    if len(attributes) > MOST_ATTRIBUTES:
        raise Refused(f"a message carries {MOST_ATTRIBUTES} attributes, and {len(attributes)} were given")
    for name, text in attributes.items():
        if not all(isinstance(one, str) for one in (name, text)):
            raise Refused(f"attributes are texts with a name, found {shown(repr(name))}: {shown(repr(text))}")
        if name.startswith("bucketwright-"):
            raise Refused(f"{shown(name)} is no name for an attribute: those with bucketwright- are ours")
        if not text or not all(map(_is_taken, text)):
            raise Refused(
                f"the attribute {shown(name)} is empty, or holds a character that SQS does not take"
            )


def read_body(body: str, attributes: Mapping[str, str]) -> Inline | Pointer:
    """How the payload of a message travels; Damaged where that cannot be told.

    A message of somebody else, without our attribute, is its own payload.
    """
    kind = attributes.get(KIND)
    if kind == "stored":
        return _pointer(body)
    if kind == "base64":
        try:
            return Inline(b64decode(body, validate=True))
        except (NotBase64, ValueError):
            raise Damaged("the message says that it is base64, and it is not") from None
    if kind is None and body.startswith(f'{{"{KIND}":'):
        raise Damaged(
            "the message names a stored payload, and its attributes were lost on the way: let what hands it "
            "on keep them (for SNS: raw message delivery)"
        )
    if kind in {None, "text"}:
        return Inline(body.encode("utf-8", "surrogatepass"))
    raise Damaged(f"the message travels in a way that is not known here: {shown(kind)}")


def keep_payload(pointer: Pointer, payload: bytes) -> bytes:
    """The payload; Damaged where it is not the one that was sent."""
    if sha256(payload).hexdigest() != pointer.sha256:
        raise Damaged(f"what is stored under {shown(pointer.name, 120)} is not the payload that was sent")
    return payload


def _pointer(body: str) -> Pointer:
    try:
        read = read_json(body)
    except NotJsonError:
        raise Damaged("the message says that its payload is stored, and does not name it") from None
    values = read.value if isinstance(read.value, dict) and not read.complaints else {}
    name, size, digest = values.get("name"), values.get("size"), values.get("sha256")
    if (
        values.get(KIND) == _VERSION
        and isinstance(name, str)
        and isinstance(size, int)
        and isinstance(digest, str)
        and not isinstance(size, bool)
        and len(digest) == 64
        and set(digest) <= _HEX
        and size >= 0
    ):
        return Pointer(name, size, digest)
    raise Damaged("the message says that its payload is stored, and does not name it as this version does")


def _is_taken(char: str) -> bool:
    """Whether SQS takes it: what XML 1.0 can hold."""
    code = ord(char)
    return code in {0x9, 0xA, 0xD} or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or code >= 0x10000
