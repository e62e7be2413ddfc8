"""Where the prefixes of an environment lie: bound templates, patterns and ARNs, by contract address."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from bucketwright.contract.keys.templates import NameTemplate, PathTemplate, Template
from bucketwright.contract.names import bucket_name, bucket_region, filled_in, path_template, reserved_values
from bucketwright.contract.partitions import partition_of
from bucketwright.contract.remembering import remembered

if TYPE_CHECKING:
    from bucketwright.contract.model import Environment
    from bucketwright.contract.prefixes import Prefix


@dataclass(frozen=True, slots=True)
class Place:
    """One prefix of one bucket as it lies in one environment."""

    bucket_id: str
    prefix_id: str
    prefix: "Prefix"
    path: PathTemplate
    keys: Template
    """The whole keys: the path, or the path and the name of an object."""
    path_pattern: str
    """IAM's pattern of everything below the paths."""
    key_pattern: str
    """IAM's pattern of the keys."""

    @property
    def address(self) -> str:
        return f"{self.bucket_id}/{self.prefix_id}"


def bucket_arn(environment: "Environment", bucket_id: str) -> str:
    """The ARN of a bucket, known before it exists."""
    partition = partition_of(bucket_region(environment, environment.buckets[bucket_id]))
    return f"arn:{partition}:s3:::{bucket_name(environment, bucket_id)}"


def addresses(environment: "Environment") -> Iterator[str]:
    """The prefixes of an environment, as `files/documents`."""
    for bucket_id, bucket in environment.buckets.items():
        yield from (f"{bucket_id}/{prefix_id}" for prefix_id in bucket.prefixes)


@remembered
def places(environment: "Environment", bucket_id: str) -> tuple[Place, ...]:
    """The prefixes of a bucket, in the order the contract names them."""
    values = tuple(reserved_values(environment, bucket_id).items())
    return tuple(
        Place(bucket_id, prefix_id, prefix, *_bound(prefix.path, prefix.objects, values))
        for prefix_id, prefix in environment.buckets[bucket_id].prefixes.items()
    )


def place_of(environment: "Environment", address: str) -> Place:
    """The place behind an address such as `files/documents`; ValueError where there is none."""
    bucket_id, _, prefix_id = address.partition("/")
    bucket = environment.buckets.get(bucket_id)
    if bucket is None or prefix_id not in bucket.prefixes:
        raise ValueError(f"{environment.name} has no prefix {address}")
    return next(place for place in places(environment, bucket_id) if place.prefix_id == prefix_id)


class _Bound(NamedTuple):
    path: PathTemplate
    keys: Template
    path_pattern: str
    key_pattern: str


@lru_cache(maxsize=16_384)
def _bound(path: str, objects: str | None, values: tuple[tuple[str, str], ...]) -> _Bound:
    """The templates with these values in place of the reserved variables; environments may share them."""
    template = filled_in(path, values)
    keys: Template = template
    if objects is not None:
        keys = path_template(path).joined(NameTemplate(objects)).bind(**dict(values))
    return _Bound(template, keys, template.key_pattern(), keys.key_pattern())
