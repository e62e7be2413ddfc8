"""What has to be known of a bucket to change what lies in it? What is not known is taken to forbid."""

from datetime import datetime

from audits.contents import home_of
from audits.fixing_things import ENCRYPTING, Ground, State
from audits.live import Looked
from bucketwright.calls import Failure
from bucketwright.estate import BucketPosture
from bucketwright.facets.bucket import object_lock, ownership
from bucketwright.facets.bucket.encryption import Encryption
from bucketwright.facets.bucket.object_lock import ObjectLock
from bucketwright.facets.reading import Asked, Read
from bucketwright.facets.references import is_address
from bucketwright.posture import Undetermined

_ENFORCED = "BucketOwnerEnforced"


def ground_of(
    looked: Looked, bucket: BucketPosture, now: datetime, *, on_aws: bool, in_place: bool
) -> Ground:
    """A bucket as it was looked at."""
    home = home_of(looked, bucket, on_aws=on_aws)
    lock, versions = bucket.told("object_lock"), bucket.told("versioning")
    replication = bucket.told("replication")
    return Ground(
        address=bucket.address,
        name=home.target.handles["Bucket"],
        region=home.target.region,
        now=now,
        signer=home.target.signer,
        owner=home.owner or "",
        on_aws=on_aws,
        in_place=in_place,
        has_acls=bucket.told("ownership") != _ENFORCED and not _has_none(looked, bucket, ownership.READS),
        has_locks=not _has_none(looked, bucket, object_lock.READS) and home.locks is not False,
        locks_new=_locking(looked, bucket, lock),
        versions=versions if isinstance(versions, str) else "",
        replicates=isinstance(replication, tuple | frozenset) and bool(replication),
        default=_default(looked, bucket.told("encryption")),
    )


def grounds_of(looked: Looked, now: datetime, *, on_aws: bool, in_place: bool) -> dict[str, Ground]:
    """All buckets that were looked at, by what they are called."""
    buckets = (one for one in looked.estate.every(BucketPosture) if one.address in looked.subjects)
    several = (ground_of(looked, one, now, on_aws=on_aws, in_place=in_place) for one in buckets)
    return {one.name: one for one in several}


def _has_none(looked: Looked, bucket: BucketPosture, reads: tuple[Read, ...]) -> bool:
    """Whether the server has nothing of the kind."""
    target = looked.targets[bucket.address]
    asked = Asked(target, looked.outcomes, looked.refer(bucket.address))
    outcomes = [looked.outcomes.get(call.identity) for read in reads for call in asked.calls(read)]
    return any(isinstance(one, Failure) and one.kind == "unsupported" for one in outcomes)


def _locking(looked: Looked, bucket: BucketPosture, lock: object) -> str:
    if not isinstance(lock, ObjectLock):
        return "" if _has_none(looked, bucket, object_lock.READS) else "which is not known"
    if lock.mode is None:
        return ""
    return f"{lock.mode}, {lock.days} days" if lock.days else f"{lock.mode}, {lock.years} years"


def _default(looked: Looked, told: object) -> State:
    if not isinstance(told, Encryption):
        return {}
    key = told.key
    try:
        key = looked.resolve(key, "arn") if key and is_address(key) else key
    except Undetermined:
        return {}
    return dict(zip(ENCRYPTING, (told.algorithm, key, told.bucket_key), strict=True))
