"""What tests put into whatever places a contract has: values for variables, names, and contents that fit."""

from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from typing import Final
from uuid import UUID

from bucketwright.contract.keys.templates import NameTemplate, Template
from bucketwright.contract.keys.variable_types import Value
from bucketwright.storage.place import DeclaredPrefix, Place
from tests.storage.contracts import PDF, PNG

CONTENTS: Final[Mapping[str, bytes]] = {
    "a.pdf": PDF,
    "a.png": PNG,
    "b/c.txt": b"text",
    "d.json": b"{}",
    "page.html": b"<p>text",
    "e.webp": b"RIFF\x10\x00\x00\x00WEBPVP8 ",
    "f.csv": b"a,b\n",
    "g.zip": b"PK\x05\x06" + b"\x00" * 18,
    "h.ckpt": b"\x00\x01",
    "unnamed": b"text",
}
"""Content by names that fit it."""
VALUES: Final[Mapping[str, Value]] = {
    "int": 7,
    "uuid": UUID(int=7),
    "date": date(2026, 1, 2),
    "year": 2026,
    "month": 1,
    "day": 2,
    "hex2": "ab",
    "slug": "a-b",
    "str": "a b",
}
"""By the kind of a variable."""


def values_of(template: Template, data: bytes = b"") -> dict[str, Value]:
    """A value for each variable; hashes are those of the content."""
    digest = sha256(data).hexdigest()
    hashes = {"sha256": digest, "hex2": digest[:2]}
    return {name: {**VALUES, **hashes}[kind.name] for name, kind in template.variables.items()}


def place_for(prefix: DeclaredPrefix, data: bytes = b"") -> Place:
    """Where that content goes."""
    return prefix.at(**values_of(prefix.there.place.path, data))


def called(place: Place, name: str, data: bytes, **more: Value) -> str:
    """The name there, made by the contract's template of names where it has one."""
    template = place.there.prefix.objects
    if template is None:
        return name
    values = values_of(NameTemplate(template), data)
    suffix = {"suffix": f".{name.rpartition('.')[2]}"} if "suffix" in template else {}
    chosen = {one: value for one, value in more.items() if one in values}
    wanted = {**values, **suffix, **chosen}
    return place.named(**{one: value for one, value in wanted.items() if one not in place.values})
