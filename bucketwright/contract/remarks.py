"""What does a contract say that comes true only by hand, or that does less than it sounds?"""

from collections.abc import Iterator
from dataclasses import dataclass

from bucketwright.contract.access import crossings, delivered, lost_keys
from bucketwright.contract.buckets import Bucket
from bucketwright.contract.model import Environment
from bucketwright.contract.problems import Path
from bucketwright.plain_text import shown


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to know about a setting, at its path."""

    path: Path
    message: str

    def __str__(self) -> str:
        return f"{'.'.join(map(str, self.path))}: {self.message}"


def remarks(environment: Environment) -> tuple[Remark, ...]:
    """What is to be known of all buckets."""
    return tuple(one for bucket_id in environment.buckets for one in bucket_remarks(environment, bucket_id))


def bucket_remarks(environment: Environment, bucket_id: str) -> tuple[Remark, ...]:
    """What is to be known of one bucket."""
    settings = _settings(environment.buckets[bucket_id])
    found = (*settings, *_not_handed_out(environment, bucket_id))
    return tuple(Remark(("buckets", bucket_id, *path), message) for path, message in found)


def _settings(bucket: Bucket) -> Iterator[tuple[Path, str]]:
    if bucket.mfa_delete:
        yield ("mfa_delete",), "no program can turn it on: the root user does it by hand, with its device"
    if bucket.cloudfront is not None and bucket.cloudfront.certificate is None:
        yield ("cloudfront",), "under CloudFront's own certificate readers may come with TLS 1.0"


def _not_handed_out(environment: Environment, bucket_id: str) -> Iterator[tuple[Path, str]]:
    """An example of what the distribution loses of a prefix, for it looks like another's."""
    handed_out = frozenset(place.prefix_id for place in delivered(environment, bucket_id))
    for crossing in crossings(environment, bucket_id, handed_out):
        key = lost_keys(crossing)
        if key is not None:
            like = f"keys that look like those of {crossing.shut_out.prefix_id} are not handed out"
            yield ("prefixes", crossing.granted.prefix_id, "delivery"), f"{like}, such as {shown(key)}"
