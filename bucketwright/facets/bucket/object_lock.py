"""Object lock: can objects be deleted before their time?"""

from dataclasses import dataclass
from typing import Final, Literal

from bucketwright.facets.facet import BucketScope, Declared, Planned, Resolve, agreed
from bucketwright.facets.said import Said
from bucketwright.posture import UNSET, Undetermined, Unknown, Unset

Mode = Literal["GOVERNANCE", "COMPLIANCE"]


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


def wanted(scope: BucketScope) -> ObjectLock:
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
