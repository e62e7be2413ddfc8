"""What does a contract say of one bucket, in the words that its settings need, and what are these?"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

from bucketwright.contract.access.bucket_policy import bucket_policy
from bucketwright.contract.access.deliveries import INVENTORY_NAME
from bucketwright.contract.access.keys import given_key, has_own_key
from bucketwright.contract.lifecycle import compile as lifecycle
from bucketwright.contract.lifecycle.rules import Predicates
from bucketwright.contract.names import bound_path, bucket_name, bucket_region, log_prefix
from bucketwright.facets.facet import Declared, Planned, Resolve
from bucketwright.facets.filters import tags_of
from bucketwright.posture import Unknown, Unset, reference

if TYPE_CHECKING:
    from bucketwright.contract.access.statement import Json
    from bucketwright.contract.buckets import AccessLogs, Bucket
    from bucketwright.contract.keys.templates import PathTemplate
    from bucketwright.contract.lifecycle.classes import MinimumSize
    from bucketwright.contract.model import Environment

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class BucketScope:
    """One bucket of one environment, with all around it that its settings need."""

    environment: "Environment"
    bucket_id: str

    @property
    def bucket(self) -> "Bucket":
        return self.environment.buckets[self.bucket_id]

    @property
    def name(self) -> str:
        return bucket_name(self.environment, self.bucket_id)

    @property
    def region(self) -> str:
        return bucket_region(self.environment, self.bucket)

    @property
    def address(self) -> str:
        return reference("bucket", self.bucket_id)

    @property
    def key(self) -> str | None:
        """Its KMS key: the address of one of ours, the ARN of a given one, or none."""
        return reference("key", self.bucket_id) if has_own_key(self.bucket) else given_key(self.bucket)

    @property
    def policy(self) -> "Json":
        """The document of its policy."""
        return bucket_policy(self.environment, self.bucket_id)

    @property
    def lifecycle_rules(self) -> list[lifecycle.S3Rule]:
        """Its lifecycle, as S3 is told."""
        return lifecycle.lifecycle_rules(self.environment, self.bucket_id)

    @property
    def minimum_size(self) -> "MinimumSize":
        """The smallest objects that transitions move, in S3's word."""
        return lifecycle.minimum_size(self.bucket)

    @property
    def inventory_name(self) -> str:
        """What the list of its objects is called, where it delivers one."""
        return INVENTORY_NAME

    def log_prefix(self, logs: "AccessLogs") -> str:
        """How the keys of its log begin."""
        return log_prefix(self.bucket_id, logs)

    def path(self, prefix_id: str) -> "PathTemplate":
        """Where a prefix lies."""
        return bound_path(self.environment, self.bucket_id, prefix_id)

    def objects_of(self, prefix_id: str, *, by_tag: bool = True) -> Predicates:
        """Selects the objects of a prefix: by the literal beginning of its path, and by a tag they have.

        They have it wherever the beginning is not enough. Without it a contract names no prefix whose
        beginning other prefixes share.
        """
        tags = lifecycle.object_tags(self.environment, self.bucket_id, prefix_id) if by_tag else {}
        chosen = {key: value for key, value in tags.items() if key == lifecycle.LIFECYCLE_TAG}
        return Predicates(self.path(prefix_id).literal_head or None, tags_of(chosen))

    def beside(self, bucket_id: str) -> "BucketScope":
        """Another bucket of the same environment."""
        return BucketScope(self.environment, bucket_id)


class BucketFacet(Protocol[Value]):
    """What the module of one setting of a bucket offers."""

    @property
    def FRESH(self) -> Value:  # noqa: N802 - a constant of the module
        """What AWS gives a bucket made today of which nothing is said."""

    def wanted(self, scope: BucketScope, /) -> Value:
        """What the contract declares."""

    def to_args(self, value: Value, resolve: Resolve, /) -> tuple[Declared, ...]:
        """The resources that say so; none where nothing has to be said."""

    def from_plan(self, planned: Planned, /) -> Value | Unset | Unknown:
        """What the plan says; Unset where it says nothing. May raise Undetermined."""
