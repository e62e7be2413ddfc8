"""Object lock: can objects be deleted before their time?"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bucketwright.facets.facet import (
    Args,
    Declared,
    Planned,
    Resolve,
    agreed,
)
from bucketwright.facets.reading import Asked, Read
from bucketwright.facets.said import Said
from bucketwright.facets.words import Mode
from bucketwright.facets.writing import Site, Unsettable, Write
from bucketwright.posture import UNSET, Undetermined, Unknown, Unset

if TYPE_CHECKING:
    from bucketwright.facets.bucket_scope import BucketScope


@dataclass(frozen=True, slots=True)
class ObjectLock:
    """Whether objects can be locked, and how long new ones are by default."""

    enabled: bool = False
    mode: Mode | None = None
    days: int | None = None
    years: int | None = None


KIND: Final = "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration"
FRESH: Final = ObjectLock()
_DECLARED: Final[dict[str, Mode]] = {"governance": "GOVERNANCE", "compliance": "COMPLIANCE"}
_CONFIGURATION: Final = Read(
    "s3",
    "GetObjectLockConfiguration",
    "s3:GetBucketObjectLockConfiguration",
    ("Bucket",),
    frozenset({"ObjectLockConfigurationNotFoundError"}),
)
READS: Final = (_CONFIGURATION,)


def wanted(scope: "BucketScope") -> ObjectLock:
    lock = scope.bucket.object_lock
    if lock is None:
        return FRESH
    return ObjectLock(True, lock.mode and _DECLARED[lock.mode], lock.retain)


def to_args(value: ObjectLock, _: Resolve) -> tuple[Declared, ...]:
    """A resource of its own says all: the bucket's input would replace a bucket that is there already."""
    if not value.enabled:
        return ()
    length = {"days": value.days} if value.years is None else {"years": value.years}
    rule = {} if value.mode is None else {"rule": {"default_retention": {"mode": value.mode, **length}}}
    return (Declared(KIND, {"object_lock_enabled": "Enabled", **rule}),)


def from_plan(planned: Planned) -> ObjectLock | Unset:
    """A resource of its own or an older property of the bucket; its input alone says that there is a lock."""
    said, inline = planned.one(KIND), planned.said.part("objectLockConfiguration")
    enabled = planned.said.flag("objectLockEnabled")
    lock = agreed("object_lock", _lock(said), _lock(inline))
    if isinstance(lock, Unset):
        return UNSET if enabled is None else ObjectLock(enabled)
    if enabled is False:
        raise Undetermined(
            "object_lock", Unknown("the bucket says it is off, a resource of its own how long")
        )
    return lock


def _lock(said: Said | None) -> ObjectLock | Unset:
    if said is None:
        return UNSET
    said.word("objectLockEnabled", ("Enabled",))
    default = said.inside("rule").part("defaultRetention")
    if default is None:
        return ObjectLock(True)
    mode: Mode = default.needed("mode", default.word("mode", _DECLARED.values()))
    return ObjectLock(True, mode, default.number("days"), default.number("years"))


def from_api(asked: Asked) -> ObjectLock:
    said = asked.said(_CONFIGURATION)
    if said is None:
        return FRESH
    found = said.needed("ObjectLockConfiguration", said.part("ObjectLockConfiguration"))
    found.needed("ObjectLockEnabled", found.word("ObjectLockEnabled", ("Enabled",)))
    rule = found.part("Rule")
    return ObjectLock(True) if rule is None else _default(rule)


def _default(rule: Said) -> ObjectLock:
    """Either days or years; a hold for events, which may stand beside them, keeps no object by itself."""
    default = rule.needed("DefaultRetention", rule.part("DefaultRetention"))
    mode: Mode | None = default.word("Mode", _DECLARED.values())
    days, years = default.number("Days"), default.number("Years")
    if mode is None and days is years is None:
        default.needed("Mode", default.part("DefaultEventHold"))
        return ObjectLock(True)
    if (days is None) == (years is None):
        raise Undetermined(
            "object_lock", Unknown("the default lasts days or years, and one of them is needed")
        )
    return ObjectLock(True, default.needed("Mode", mode), days, years)


def to_api(before: ObjectLock, after: ObjectLock, site: Site) -> tuple[Write, ...]:
    if before == after:
        return ()
    if not after.enabled:
        raise Unsettable("S3 cannot take an object lock off a bucket; its default can be removed")
    lock = {"ObjectLockConfiguration": {"ObjectLockEnabled": "Enabled", **_rule(after)}}
    return (site.write("PutObjectLockConfiguration", "s3:PutBucketObjectLockConfiguration", lock),)


def _rule(value: ObjectLock) -> Args:
    if value.mode is None:
        return {}
    length = {"Days": value.days} if value.years is None else {"Years": value.years}
    return {"Rule": {"DefaultRetention": {"Mode": value.mode, **length}}}
