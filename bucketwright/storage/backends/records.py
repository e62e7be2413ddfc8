"""What does a folder note of an object beside its content? JSON, trusted no further than it fits."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from bucketwright.plain_text import shown
from bucketwright.storage.errors import Damaged
from bucketwright.storage.stored import Attributes, Stored

LARGEST: Final = 64 * 1024
CONTENT: Final = re.compile(r"[0-9a-f]{32}")
"""How the file of a content is called."""
_TEXTS: Final = (
    "key", "etag", "content", "modified", "content_type",
    "cache_control", "content_disposition", "content_encoding",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Record:
    """An object, the name of the file that holds its content, and its tags."""

    stored: Stored
    content: str
    tags: Mapping[str, str]


def record_text(record: Record) -> bytes:
    """The record as it is kept."""
    stored = record.stored
    return json.dumps(
        {
            "key": stored.key,
            "size": stored.size,
            "etag": stored.etag,
            "content": record.content,
            "modified": (stored.modified or datetime.now(UTC)).isoformat(),
            **attributes_json(stored.attributes),
            "tags": dict(record.tags),
        },
        indent=1,
    ).encode("ascii")


def read_record(text: bytes, where: str) -> Record:
    """The record that is kept so; Damaged where it is none."""
    values = json_mapping(text, where)
    texts = {name: values.get(name) for name in _TEXTS}
    size = values.get("size")
    sound = all(isinstance(one, str) for one in texts.values()) and isinstance(size, int)
    if not sound or not CONTENT.fullmatch(str(texts["content"])):
        raise _unreadable(where)
    said = attributes_of(values, where)
    stored = Stored(
        str(texts["key"]),
        size if isinstance(size, int) else 0,
        str(texts["etag"]),
        moment(texts["modified"], where),
        said.content_type,
        "",
        said.metadata,
        said.cache_control,
        said.content_disposition,
        said.content_encoding,
    )
    return Record(stored, str(texts["content"]), said.tags)


def attributes_json(attributes: Attributes) -> Mapping[str, object]:
    """Attributes as JSON holds them."""
    return {
        "content_type": attributes.content_type,
        "cache_control": attributes.cache_control,
        "content_disposition": attributes.content_disposition,
        "content_encoding": attributes.content_encoding,
        "metadata": dict(attributes.metadata),
        "tags": dict(attributes.tags),
    }


def attributes_of(values: Mapping[str, object], where: str) -> Attributes:
    """The attributes that are kept so; Damaged where they are none."""
    return Attributes(
        _text(values, "content_type", where),
        _texts(values, "metadata", where),
        _texts(values, "tags", where),
        _text(values, "cache_control", where),
        _text(values, "content_disposition", where),
        _text(values, "content_encoding", where),
    )


def json_mapping(text: bytes, where: str) -> Mapping[str, object]:
    """What a small file of JSON says; Damaged where it says nothing."""
    try:
        values: object = json.loads(text)
    except (ValueError, RecursionError):
        raise _unreadable(where) from None
    if not isinstance(values, dict):
        raise _unreadable(where)
    return values


def moment(text: object, where: str) -> datetime:
    """A time as it is kept."""
    try:
        return datetime.fromisoformat(str(text))
    except ValueError:
        raise _unreadable(where) from None


def _text(values: Mapping[str, object], name: str, where: str) -> str:
    found = values.get(name)
    if not isinstance(found, str):
        raise _unreadable(where)
    return found


def _texts(values: Mapping[str, object], name: str, where: str) -> Mapping[str, str]:
    found = values.get(name)
    if not isinstance(found, dict) or not all(isinstance(one, str) for one in found.values()):
        raise _unreadable(where)
    return found


def _unreadable(where: str) -> Damaged:
    return Damaged(
        f"the file {shown(where, 200)} is no record of this client: another program has been there"
    )
