"""What does the contract say of a place to write to, and what must a write there therefore carry?"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final, Protocol

from bucketwright.contract.buckets import Bucket, Transfer
from bucketwright.contract.delivery import link_life
from bucketwright.contract.keys.errors import Mismatch, TemplateError
from bucketwright.contract.keys.key_text import MAX_KEY_BYTES, key_fault
from bucketwright.contract.keys.variable_types import TYPES, Value
from bucketwright.contract.lifecycle.compile import object_tags
from bucketwright.contract.model import Environment
from bucketwright.contract.placement import Place as DeclaredPlace
from bucketwright.contract.placement import addresses, place_of, places
from bucketwright.contract.prefixes import Prefix
from bucketwright.objects.content_types import SHOWN_BY_BROWSERS, extension, packing
from bucketwright.objects.secret_names import secret_kind
from bucketwright.plain_text import did_you_mean, shown
from bucketwright.storage.content import too_large
from bucketwright.storage.content_type import READ_BY_PROGRAMS, Wanted, content_type, is_run
from bucketwright.storage.dispositions import attachment
from bucketwright.storage.errors import Misconfigured, Refused
from bucketwright.storage.inner import inner_of
from bucketwright.storage.said import Said, keep_texts
from bucketwright.storage.stored import OWN_METADATA, Attributes

FOR_EVER: Final = "max-age=31536000, immutable"
"""For caches: what has this key never changes."""
_MOST_METADATA: Final = 2_048 - 256
"""Bytes that S3 takes, less what the client notes for itself."""
_METADATA_NAME: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,127}")
_METADATA_TEXT: Final = re.compile(r"[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?")
_HEADER_TEXT: Final = re.compile(r"[\x20-\x7e]{0,1024}")


@dataclass(frozen=True, slots=True)
class Declared:
    """One prefix of the contract, as it lies in one environment."""

    place: DeclaredPlace
    bucket: str
    """The name of its bucket."""
    tags: Mapping[str, str] = field(repr=False)
    """Those that every object there carries."""
    transfer: Transfer = field(repr=False)
    """How large files travel there."""
    settings: Bucket = field(repr=False)
    """What the contract says of its bucket."""
    beside: Sequence[DeclaredPlace] = field(repr=False)
    """The other prefixes of its bucket."""
    written_by_aws: bool = False

    @property
    def address(self) -> str:
        """As the contract spells it: `files/documents`."""
        return self.place.address

    @property
    def prefix(self) -> Prefix:
        """What the contract says of it."""
        return self.place.prefix


def declared(environment: Environment, address: str, bucket: str) -> Declared:
    """The prefix behind an address such as `files/documents`; Misconfigured where the contract has none."""
    known = [*addresses(environment)]
    if address not in known:
        near = did_you_mean(address, known) or f"it has {', '.join(known[:20]) or 'none'}"
        raise Misconfigured(f"the contract has no prefix {shown(address)} in {environment.name}; {near}")
    bucket_id, _, prefix_id = address.partition("/")
    of_bucket = environment.buckets[bucket_id]
    return Declared(
        place_of(environment, address),
        bucket,
        object_tags(environment, bucket_id, prefix_id),
        of_bucket.transfer or environment.transfer,
        of_bucket,
        [one for one in places(environment, bucket_id) if one.prefix_id != prefix_id],
        of_bucket.purpose != "data",
    )


def path_of(there: Declared, values: Mapping[str, Value]) -> str:
    """The beginning of all keys of these values; Refused where values are missing, unknown or unfit."""
    template = there.place.path
    missing = [name for name in template.variables if name not in values]
    strange = [name for name in values if name not in template.variables]
    if missing or strange:
        known = ", ".join(template.variables) or "no variables"
        told = [f"needs {', '.join(missing)}"] if missing else []
        told += [f"knows no {', '.join(map(shown, strange))}"] if strange else []
        raise Refused(f"{there.address} {' and '.join(told)}: its path is {template.text} ({known})")
    try:
        return template.format(**values)
    except TemplateError as error:
        raise Refused(f"{there.address}: {error.message}") from None


def name_of(there: Declared, values: Mapping[str, Value], path: str) -> str:
    """The name of the object of these values below a path, where the contract has a template of names."""
    try:
        key = there.place.keys.format(**values)
    except TemplateError as error:
        raise Refused(f"{there.address}: {error.message}") from None
    return key.removeprefix(path)


def key_of(there: Declared, path: str, name: str) -> str:
    """The key of a name below a path; Refused where the contract, or who reads keys, would not have it."""
    if not isinstance(name, str):
        raise Refused(f"the name of an object is text, found {type(name).__name__}")
    key = path + name
    if not name or name.endswith("/"):
        raise Refused(f"{shown(name)} is no name of an object", key)
    if fault := key_fault(key):
        raise Refused(f"{shown(name, 120)} can be no name: {fault.reason}", key)
    read = there.place.keys.parse(key) if there.prefix.objects is not None else None
    if isinstance(read, Mismatch):
        raise Refused(f"{shown(name, 120)} is no name for {there.address}: {read.reason}", key)
    return key


def keep_name_rules(there: Declared, key: str) -> None:
    """Raises where an object may be read under this key, and not written."""
    if there.written_by_aws:
        raise Refused(f"{there.address} is for what AWS delivers: nobody else writes there", key)
    inner = inner_of(there.place, there.beside, key)
    if inner is not None:
        raise Refused(
            f"{shown(key, 120)} lies in {inner.address}, which has rules of its own: write it through "
            f"{inner.address}, not through {there.address}",
            key,
        )
    extensions = there.prefix.extensions
    if extensions and not key.lower().endswith(extensions):
        raise Refused(
            f"{shown(key, 120)} ends in none of {', '.join(extensions)}, as the contract wants", key
        )
    kind = secret_kind(key)
    if kind is not None and not (extensions and key.lower().endswith(extensions)):
        raise Refused(f"{shown(key, 120)} is called as {kind} is: no secrets are kept in buckets", key)


class Looked(Protocol):
    """Content that was looked at."""

    @property
    def size(self) -> int:
        """How many bytes it has."""

    @property
    def head(self) -> bytes:
        """How it begins."""

    @property
    def is_utf8(self) -> bool:
        """Whether all of it can be text in UTF-8, as far as it was looked at."""


def attributes_for(there: Declared, key: str, content: Looked, said: Said) -> Attributes:
    """All that a write of this content carries beside it; Refused where the contract does not take it."""
    keep_size(there, content.size)
    found = content_type(wanted_type(there, key, said), content.head, is_utf8=content.is_utf8)
    return attributes_of_type(there, key, said, found)


def wanted_type(there: Declared, key: str, said: Said) -> Wanted:
    """What is known of the type before the content is looked at."""
    keep_texts(said, key)
    has_readers = there.prefix.delivery.via not in READ_BY_PROGRAMS
    return Wanted(key, said.content_type, said.encoding, there.prefix.types, has_readers)


def attributes_of_type(there: Declared, key: str, said: Said, found: str) -> Attributes:
    """All that a write of content of that type carries beside it."""
    _keep_metadata(said.metadata, key)
    return Attributes(
        found,
        said.metadata,
        there.tags,
        _header(said.cache_control, key) or _cache_control(there.prefix),
        _disposition(said, found.partition(";")[0], there.prefix),
        said.encoding,
    )


def keep_size(there: Declared, size: int) -> None:
    """Raises where so much is more than the contract allows."""
    most = there.prefix.max_size
    if most is not None and size > most:
        raise too_large(most)


def keep_address(there: Declared, key: str, digest: str) -> None:
    """Raises where a key that says the hash of its content says another."""
    if there.prefix.delivery.via != "content-addressed":
        return
    values = there.place.keys.parse(key)
    kinds = there.place.keys.variables
    said = {} if isinstance(values, Mismatch) else values
    hashes = [text for name, text in said.items() if kinds[name] == TYPES["sha256"]]
    if any(text != digest for text in hashes):
        raise Refused(
            f"{shown(key, 120)} is not named by the hash of its content, {digest or 'unknown'}", key
        )


def with_suffix(there: Declared, path: str, name: str, suffix: str, joint: str = "-") -> str:
    """The name with a suffix before its extension, which stays what the contract and readers go by.

    A name that is too long for it then is cut before.
    """
    ending = f"{joint}{suffix}{_ending(there, name)}"
    stem = name[: len(name) - len(_ending(there, name))]
    while stem and len((path + stem + ending).encode()) > MAX_KEY_BYTES:
        stem = stem[:-1]
    return stem + ending


def _ending(there: Declared, name: str) -> str:
    fitting = [one for one in there.prefix.extensions if name.lower().endswith(one)]
    packed = extension(name.rpartition(".")[0]) if packing(name) else ""
    longest = max((len(packed) + len(extension(name)), *map(len, fitting)))
    return name[len(name) - longest :] if longest < len(name.rpartition("/")[2]) else ""


def _disposition(said: Said, media_type: str, prefix: Prefix) -> str:
    """Saved, not shown: what is given a name, what a browser would run, what has only a hash for a name."""
    if said.file_name:
        return attachment(said.file_name)
    via = prefix.delivery.via
    has_power = via not in READ_BY_PROGRAMS and is_run(media_type)
    is_saved = via == "content-addressed" and not media_type.startswith(SHOWN_BY_BROWSERS)
    return attachment() if has_power or is_saved else ""


def _cache_control(prefix: Prefix) -> str:
    """How long caches may keep it: under its hash for ever, all else as long as a link to it lives."""
    match prefix.delivery.via:
        case "content-addressed":
            return FOR_EVER
        case "cloudfront":
            return f"max-age={link_life(prefix.delivery) // timedelta(seconds=1)}"
    return ""


def _header(text: str, key: str) -> str:
    if not _HEADER_TEXT.fullmatch(text):
        raise Refused(f"{shown(text)} cannot stand in a header: letters of ASCII, at most 1024", key)
    return text


def _keep_metadata(metadata: Mapping[str, str], key: str) -> None:
    for name, text in metadata.items():
        if name.startswith(OWN_METADATA) or not _METADATA_NAME.fullmatch(name):
            raise Refused(
                f"{shown(name)} is no name of metadata: a-z, 0-9, - and _, and not beginning {OWN_METADATA}",
                key,
            )
        if not _METADATA_TEXT.fullmatch(text):
            raise Refused(
                f"the metadata {name} is {shown(text)}: one line of ASCII, without blanks around", key
            )
    size = sum(len(name) + len(text) for name, text in metadata.items())
    if size > _MOST_METADATA:
        raise Refused(f"the metadata has {size:,} bytes, and {_MOST_METADATA:,} have room", key)
