"""What does a contract say that comes true only by hand, or that does less than it sounds?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bucketwright.contract.access.cloudfront import delivered
from bucketwright.contract.access.crossings import crossings, lost_keys
from bucketwright.contract.access.verbs import WHOLE_BUCKET, held
from bucketwright.contract.lifecycle.classes import SMALL_OBJECT_TARGETS, s3_class
from bucketwright.contract.lifecycle.compile import minimum_size
from bucketwright.contract.limits import SMALL_OBJECT
from bucketwright.contract.problems import Path
from bucketwright.contract.quantities import spell_size
from bucketwright.plain_text import shown

if TYPE_CHECKING:
    from bucketwright.contract.buckets import Bucket
    from bucketwright.contract.model import Environment
    from bucketwright.contract.prefixes import Prefix

_MOST_NAMED: Final = 3
_DELETED_TOO: Final = "noncurrent: {expire: 30 days} deletes that, too"


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to know about a setting, at its path."""

    path: Path
    message: str

    def __str__(self) -> str:
        return f"{'.'.join(map(str, self.path))}: {self.message}"


def remarks(environment: "Environment") -> tuple[Remark, ...]:
    """What is to be known of all buckets."""
    return tuple(one for bucket_id in environment.buckets for one in bucket_remarks(environment, bucket_id))


def bucket_remarks(environment: "Environment", bucket_id: str) -> tuple[Remark, ...]:
    """What is to be known of one bucket."""
    bucket = environment.buckets[bucket_id]
    found = (
        *_settings(bucket),
        *_kept_as_versions(bucket),
        *_too_small_to_move(bucket),
        *_not_handed_out(environment, bucket_id),
        *_never_unchanged(environment, bucket_id),
    )
    return tuple(Remark(("buckets", bucket_id, *path), message) for path, message in found)


def _settings(bucket: "Bucket") -> Iterator[tuple[Path, str]]:
    if bucket.mfa_delete:
        yield ("mfa_delete",), "no program can turn it on: the root user does it by hand, with its device"
    if bucket.cloudfront is not None and bucket.cloudfront.certificate is None:
        yield ("cloudfront",), "under CloudFront's own certificate readers may come with TLS 1.0"


def _kept_as_versions(bucket: "Bucket") -> Iterator[tuple[Path, str]]:
    """What expires where versions are kept, and is not deleted; said once where there is much of it."""
    if bucket.versioning != "enabled":
        return
    kept = [one for one, prefix in bucket.prefixes.items() if prefix.expire and prefix.noncurrent is None]
    if len(kept) == 1:
        message = f"what expires stays as an old version for ever; {_DELETED_TOO}"
        yield ("prefixes", kept[0], "expire"), message
    elif kept:
        message = f"what expires in {_named(kept)} stays as old versions for ever; {_DELETED_TOO}"
        yield ("versioning",), message


def _too_small_to_move(bucket: "Bucket") -> Iterator[tuple[Path, str]]:
    """Moves that S3 does not make, for the objects of the prefix are below its minimum size."""
    moved_all_the_same = SMALL_OBJECT_TARGETS[minimum_size(bucket)]
    for prefix_id, prefix in bucket.prefixes.items():
        old = prefix.noncurrent.archive if prefix.noncurrent is not None else ()
        for path, steps in ((("archive",), prefix.archive), (("noncurrent", "archive"), old)):
            targets = {s3_class(step.to) for step in steps}
            if targets and targets.isdisjoint(moved_all_the_same) and (because := _why_small(prefix)):
                yield ("prefixes", prefix_id, *path), because


def _why_small(prefix: "Prefix") -> str:
    """Why no object, or no typical one, is large enough to move; empty where they are, or a size is asked."""
    left = f"S3 leaves what is below {spell_size(SMALL_OBJECT)} where it is, unless archive_above is given"
    if prefix.archive_above is not None:
        return ""
    if prefix.max_size is not None and prefix.max_size < SMALL_OBJECT:
        return f"moves nothing: objects here have at most {spell_size(prefix.max_size)}, and {left}"
    if prefix.usage is not None and prefix.usage.average_object < SMALL_OBJECT:
        typical = spell_size(prefix.usage.average_object)
        return f"moves no typical object: it has {typical}, and {left}"
    return ""


def _not_handed_out(environment: "Environment", bucket_id: str) -> Iterator[tuple[Path, str]]:
    """An example of what the distribution loses of a prefix, for it looks like another's."""
    handed_out = frozenset(place.prefix_id for place in delivered(environment, bucket_id))
    for crossing in crossings(environment, bucket_id, handed_out):
        key = lost_keys(crossing)
        if key is not None:
            like = f"keys that look like those of {crossing.shut_out.prefix_id} are not handed out"
            yield ("prefixes", crossing.granted.prefix_id, "delivery"), f"{like}, such as {shown(key)}"


def _never_unchanged(environment: "Environment", bucket_id: str) -> Iterator[tuple[Path, str]]:
    """Writers of what is replaced only unchanged who may not read: S3 wants both of whoever says If-Match."""
    for prefix_id, prefix in environment.buckets[bucket_id].prefixes.items():
        if prefix.write.mode != "if-unchanged":
            continue
        here = {prefix_id, WHOLE_BUCKET}
        unable = [
            access_id
            for access_id, access in environment.access.items()
            if held(access, "write", bucket_id) & here and not held(access, "read", bucket_id) & here
        ]
        if unable:
            message = (
                f"{_named(unable)} may write and not read here, and S3 compares ETags only for who reads"
            )
            yield ("prefixes", prefix_id, "write"), f"{message}; grant read too"


def _named(ids: Sequence[str]) -> str:
    """Some of these by their names, and how many more there are."""
    more = len(ids) - _MOST_NAMED
    some = [*ids[:_MOST_NAMED], *([f"{more} more"] if more > 0 else [])]
    return " and ".join(filter(None, (", ".join(some[:-1]), some[-1])))
