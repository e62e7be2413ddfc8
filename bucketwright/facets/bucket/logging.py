"""Logging: where does S3 deliver the log of requests to the bucket?"""

from dataclasses import dataclass
from typing import Final, Literal

from bucketwright.contract.names import log_prefix
from bucketwright.facets.declaring import given
from bucketwright.facets.facet import BucketScope, Declared, Planned, Resolve, agreed
from bucketwright.facets.references import resolved
from bucketwright.facets.said import Said
from bucketwright.posture import UNSET, Unset, reference

Keys = Literal["EventTime", "DeliveryTime", "Simple"]


@dataclass(frozen=True, slots=True)
class Logging:
    """A log and how its keys are made."""

    target: str
    """The bucket that receives it: an address, or a stranger's name."""
    prefix: str
    keys: Keys = "Simple"
    """Partitioned by account, region, bucket and a date of which kind; or S3's flat form."""
    shared: bool = False
    """Whether others are given the delivered logs by ACL."""


KIND: Final = "aws:s3/bucketLogging:BucketLogging"
FRESH: Final[Logging | None] = None
_DECLARED: Final[dict[str, Keys]] = {
    "by-event-time": "EventTime",
    "by-delivery-time": "DeliveryTime",
    "simple": "Simple",
}
_SOURCES: Final[tuple[Keys, ...]] = ("EventTime", "DeliveryTime")


def wanted(scope: BucketScope) -> Logging | None:
    logs = scope.bucket.access_logs
    if logs is None:
        return None
    prefix = log_prefix(scope.bucket_id, logs)
    return Logging(reference("bucket", logs.to), prefix, _DECLARED[logs.keys])


def to_args(value: Logging | None, resolve: Resolve) -> tuple[Declared, ...]:
    if value is None:
        return ()
    if value.shared:
        raise ValueError("a contract gives delivered logs to nobody")
    partitioned = {"partitioned_prefix": {"partition_date_source": value.keys}}
    args = given(
        target_bucket=resolved(value.target, "name", resolve),
        target_prefix=value.prefix,
        target_object_key_format=None if value.keys == "Simple" else partitioned,
    )
    return (Declared(KIND, args),)


def from_plan(planned: Planned) -> Logging | Unset | None:
    return agreed("logging", _logging(planned.one(KIND)), _logging(planned.said.part("logging")))


def _logging(said: Said | None) -> Logging | Unset:
    if said is None:
        return UNSET
    partitioned = said.inside("targetObjectKeyFormat").part("partitionedPrefix")
    return Logging(
        target=said.needed("targetBucket", said.reference("bucket", "targetBucket")),
        prefix=said.text("targetPrefix") or "",
        keys="Simple" if partitioned is None else _source(partitioned),
        shared=bool(said.parts("targetGrants")),
    )


def _source(said: Said) -> Keys:
    return said.needed("partitionDateSource", said.word("partitionDateSource", _SOURCES))
