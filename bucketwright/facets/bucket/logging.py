"""Logging: where does S3 deliver the log of requests to the bucket?"""

import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, Literal

from bucketwright.facets.api_spelling import as_planned, as_sent
from bucketwright.facets.declaring import given
from bucketwright.facets.facet import (
    Args,
    Declared,
    Planned,
    Resolve,
    agreed,
)
from bucketwright.facets.handles import BUCKET
from bucketwright.facets.reading import Asked, Read
from bucketwright.facets.references import resolved
from bucketwright.facets.said import Said
from bucketwright.facets.writing import Site, Unsettable, Write
from bucketwright.posture import UNSET, Unset, reference

if TYPE_CHECKING:
    from bucketwright.facets.bucket_scope import BucketScope

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
    grants: str = field(default="", compare=False, repr=False)
    """To whom and what, in JSON, as S3 answered."""


KIND: Final = "aws:s3/bucketLogging:BucketLogging"
FRESH: Final[Logging | None] = None
_STATUS: Final = Read("s3", "GetBucketLogging", "s3:GetBucketLogging", BUCKET)
READS: Final = (_STATUS,)
_DECLARED: Final[dict[str, Keys]] = {
    "by-event-time": "EventTime",
    "by-delivery-time": "DeliveryTime",
    "simple": "Simple",
}
_SOURCES: Final[tuple[Keys, ...]] = ("EventTime", "DeliveryTime")


def wanted(scope: "BucketScope") -> Logging | None:
    logs = scope.bucket.access_logs
    if logs is None:
        return None
    return Logging(reference("bucket", logs.to), scope.log_prefix(logs), _DECLARED[logs.keys])


def to_args(value: Logging | None, resolve: Resolve) -> tuple[Declared, ...]:
    if value is None:
        return ()
    if value.shared:
        raise ValueError("a contract gives delivered logs to nobody")
    return (Declared(KIND, _args(value, resolve)),)


def from_plan(planned: Planned) -> Logging | Unset | None:
    return agreed("logging", _logging(planned.one(KIND)), _logging(planned.said.part("logging")))


def from_api(asked: Asked) -> Logging | None:
    """Nothing is answered where there is no log."""
    said = asked.answered(_STATUS)
    if said.values.get("LoggingEnabled") is None:
        return None
    part = said.needed("LoggingEnabled", said.part("LoggingEnabled"))
    found = _told(as_planned(part))
    return replace(found, grants=json.dumps(part.values["TargetGrants"])) if found.shared else found


def to_api(before: Logging | None, after: Logging | None, site: Site) -> tuple[Write, ...]:
    if before == after:
        return ()
    status: Args = {}
    if after is not None:
        status = {"LoggingEnabled": {**as_sent(_args(after, site.resolve)), **_grants(after)}}
    return (site.write("PutBucketLogging", "s3:PutBucketLogging", {"BucketLoggingStatus": status}),)


def _grants(value: Logging) -> Args:
    if value.shared and not value.grants:
        raise Unsettable("logs are given to others as S3 answered it, and this is not kept so")
    return {"TargetGrants": json.loads(value.grants)} if value.shared else {}


def _args(value: Logging, resolve: Resolve) -> Args:
    partitioned = {"partitioned_prefix": {"partition_date_source": value.keys}}
    return given(
        target_bucket=resolved(value.target, "name", resolve),
        target_prefix=value.prefix,
        target_object_key_format=None if value.keys == "Simple" else partitioned,
    )


def _logging(said: Said | None) -> Logging | Unset:
    return UNSET if said is None else _told(said)


def _told(said: Said) -> Logging:
    partitioned = said.inside("targetObjectKeyFormat").part("partitionedPrefix")
    return Logging(
        target=said.needed("targetBucket", said.reference("bucket", "targetBucket")),
        prefix=said.text("targetPrefix") or "",
        keys="Simple" if partitioned is None else _source(partitioned),
        shared=bool(said.parts("targetGrants")),
    )


def _source(said: Said) -> Keys:
    return said.needed("partitionDateSource", said.word("partitionDateSource", _SOURCES))
