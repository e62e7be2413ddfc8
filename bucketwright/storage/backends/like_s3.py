"""What does S3 do that folder and memory do alike? Conditions, ranges, ETags and the rules of parts."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Final

from bucketwright.contract.limits import MOST_PARTS, SMALLEST_PART
from bucketwright.plain_text import shown
from bucketwright.storage.errors import AlreadyThere, Changed, Damaged, NotFound, Refused
from bucketwright.storage.stored import At, Attributes, Condition, IfAbsent, IfMatch, Part, Span, Stored

_ETAG_DIGITS: Final = 32


class OneByOne(ABC):
    """A backend that is asked for each object apart."""

    @abstractmethod
    def delete(self, at: At, condition: IfMatch | None = None) -> None:
        """Delete an object."""

    def delete_many(self, bucket: str, keys: Sequence[str]) -> Mapping[str, str]:
        """Delete objects; there is no reason why one could not be."""
        for key in keys:
            self.delete(At(bucket, key))
        return {}


def keep_condition(condition: Condition, current: Stored | None, key: str) -> None:
    """Raises where an object that is there, or not, breaks the condition."""
    match condition:
        case IfAbsent() if current is not None:
            raise AlreadyThere(f"there is an object under {shown(key)} already", key)
        case IfMatch() if current is None:
            raise Changed(f"{shown(key)} is gone since it was read", key)
        case IfMatch(etag) if current is not None and current.etag != etag:
            raise Changed(f"{shown(key)} has changed since it was read", key)


def not_there(key: str) -> NotFound:
    """What to say where no object has the key."""
    return NotFound(f"nothing is there under {shown(key, 120)}", key)


def no_upload(key: str) -> NotFound:
    """What to say where nobody began such an upload, or it is over."""
    return NotFound(f"there is no such unfinished upload of {shown(key, 120)}", key)


def covered(span: Span | None, size: int, key: str) -> tuple[int, int]:
    """Where the bytes asked for begin, and how many they are; Refused where there are none."""
    if span is None or span == Span():
        return 0, size
    last = size - 1 if span.last is None else min(span.last, size - 1)
    if span.first < 0 or span.first > last:
        raise no_range(key)
    return span.first, last - span.first + 1


def no_range(key: str) -> Refused:
    """What to say where the bytes asked for lie beyond the end."""
    return Refused(f"{shown(key, 120)} has no such bytes: it ends before them", key)


def keep_hash(found: str, said: str, key: str) -> None:
    """Raises where other bytes came than were announced."""
    if found != said:
        raise Damaged(f"other bytes came than were announced for {shown(key, 120)}: nothing was written", key)


def etag_of(content_hash: str) -> str:
    """An ETag of whole content, from its SHA-256."""
    return content_hash[:_ETAG_DIGITS]


def etag_of_parts(parts: Sequence[Part]) -> str:
    """An ETag of content that came in parts."""
    together = sha256("".join(part.etag for part in parts).encode()).hexdigest()
    return f"{etag_of(together)}-{len(parts)}"


def written_now(at: At, size: int, etag: str, attributes: Attributes) -> Stored:
    """The object that a write makes."""
    return Stored(
        at.key,
        size,
        etag,
        datetime.now(UTC),
        attributes.content_type,
        "",
        dict(attributes.metadata),
        attributes.cache_control,
        attributes.content_disposition,
        attributes.content_encoding,
    )


def keep_part_rules(parts: Sequence[Part], there: Mapping[int, Part], key: str) -> None:
    """Raises where an object cannot be made of these parts."""
    if not parts:
        raise Refused(f"no parts are named of which {shown(key)} is to be made", key)
    if [part.number for part in parts] != sorted({part.number for part in parts}):
        raise Refused(f"the parts of {shown(key)} are not named in their order", key)
    for part in parts:
        if part.number not in there or there[part.number].etag != part.etag:
            raise Refused(f"part {part.number} of {shown(key)} is not there as it is named", key)
    for part in parts[:-1]:
        if there[part.number].size < SMALLEST_PART:
            raise Refused(f"part {part.number} of {shown(key)} has less than 5 MiB, and is not the last", key)


def keep_number(number: int, key: str) -> None:
    """Raises where no part may have that number."""
    if not 1 <= number <= MOST_PARTS:
        raise Refused(f"part {number} of {shown(key)}: parts are numbered from 1 to {MOST_PARTS:,}", key)
