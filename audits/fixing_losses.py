"""What would a copy of an object onto itself lose, and what did one lose?

The first are reasons to leave the object alone, for people.
"""

from collections.abc import Iterator
from typing import Final

from audits.fixing_things import ENCRYPTING, GRANTS, KEPT, LARGEST_COPY, LOCK, TAGS, Ground, State
from bucketwright.facets.grants import OWNER

_ARCHIVES: Final = frozenset({"GLACIER", "DEEP_ARCHIVE"})
_RESTORED: Final = 'ongoing-request="false"'
_IN_HEADERS: Final = frozenset({"FULL_CONTROL", "READ", "READ_ACP", "WRITE_ACP"})
_SECOND: Final = "a copy would be a second one that nobody can delete until then"
COMPARED: Final = (*KEPT, GRANTS, "Owner", "ContentLength", "TagCount", "ChecksumAlgorithm")
"""What is the same after a change as before it, but for what changes."""


def losses(one: State, ground: Ground) -> Iterator[str]:
    """Why a copy of the current object would not be the same but for what changes."""
    yield from _of_content(one)
    yield from _of_locks(one, ground)
    yield from _of_access(one)
    yield from _of_headers(one)
    yield from _of_copies(one, ground)


def _of_content(one: State) -> Iterator[str]:
    is_restored = _RESTORED in str(one.get("Restore", ""))
    tier = one.get("ArchiveStatus") or (one["StorageClass"] if one["StorageClass"] in _ARCHIVES else None)
    if tier is not None and not is_restored:
        yield f"it lies in {tier}: restore it first"
    if one.get("Annotations"):
        yield "it has annotations, and a copy in parts leaves them behind"


def _of_locks(one: State, ground: Ground) -> Iterator[str]:
    if one.get(LOCK[0]) == "COMPLIANCE":
        yield f"it is locked in compliance mode until {one.get(LOCK[1])}: {_SECOND}"
    elif one.get(LOCK[0]) is None and ground.locks_new:
        yield f"it is not locked, and a copy would be, by the bucket's default ({ground.locks_new})"


def _of_access(one: State) -> Iterator[str]:
    if one.get("Owner", OWNER) != OWNER:
        yield "another account owns it, and a copy would be the bucket owner's"
    for grantee, permission in _pairs(one.get(GRANTS)):
        if permission not in _IN_HEADERS:
            yield f"its ACL gives {permission}, which means nothing on objects and which no copy takes over"
        if not grantee or '"' in grantee:
            yield "its ACL names somebody whom no copy can name"


def _of_headers(one: State) -> Iterator[str]:
    metadata = one.get("Metadata")
    told = {name: one.get(name) for name in KEPT}
    told |= dict(metadata) if isinstance(metadata, dict) else {}
    for name, value in told.items():
        if isinstance(value, str) and not (value.isascii() and value.isprintable() and name.isascii()):
            yield f"{name.encode('ascii', 'replace').decode()} holds characters that no header carries"
    if one.get("MissingMeta"):
        yield "it has metadata that S3 does not show"
    if one.get("ExpiresString") and not one.get("Expires"):
        yield "its Expires is no date"


def _of_copies(one: State, ground: Ground) -> Iterator[str]:
    """Of what other copies are there: in another bucket, and older ones in this."""
    status = one.get("ReplicationStatus")
    if status == "REPLICA":
        yield "it is a replica: fix the object that it is a copy of, or it is one no more"
    elif status == "PENDING":
        yield "its replication is under way: wait for its end"
    elif status is not None and not ground.replicates:
        yield "what it says of its replication would be gone, and nothing would copy it again"
    if one.get("OtherNull"):
        yield "versioning is suspended: a copy would replace the version that was put before it was enabled"


def lost(before: State, after: State, wanted: State) -> tuple[str, ...]:
    """The names of what was to be kept, and is read as something else."""
    other = [name for name in COMPARED if before.get(name) != after.get(name)]
    kept = [name for name in other if name not in changing(wanted)]
    sums = [before.get("Checksum"), after.get("Checksum")]
    is_same_kind = before.get("ChecksumAlgorithm") == after.get("ChecksumAlgorithm")
    return (*kept, *(("Checksum",) if is_same_kind and None not in sums and sums[0] != sums[1] else ()))


def changing(wanted: State) -> frozenset[str]:
    """What may be another once all that is wanted is there."""
    of_tags = {"TagCount"} if TAGS in wanted else set()
    encrypting = set() if wanted.keys().isdisjoint(ENCRYPTING) else set(ENCRYPTING)
    return frozenset({*wanted, *of_tags, *encrypting})


def needs_parts(one: State) -> bool:
    """Whether it is too large for one CopyObject."""
    size = one.get("ContentLength")
    return isinstance(size, int) and size > LARGEST_COPY


def _pairs(grants: object) -> Iterator[tuple[str, str]]:
    for one in grants if isinstance(grants, list) else ():
        if isinstance(one, list) and len(one) == 2:
            yield str(one[0]), str(one[1])
