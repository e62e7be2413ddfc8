"""How long do objects live where sessions upload, and which variable tells sessions apart?"""

from datetime import timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from bucketwright.contract.buckets import Bucket
    from bucketwright.contract.prefixes import Prefix

SESSION_VARIABLES: Final = ("session", "session_id")
LONGEST_SESSION: Final = timedelta(days=7)
_DAY = timedelta(days=1)


def lifecycle_days(ttl: timedelta) -> int:
    """The whole days of lifecycle that hold a session; S3 adds up to one more, to the next midnight UTC."""
    return max(1, -(-ttl // _DAY))


def effective_expiry(bucket: "Bucket", prefix: "Prefix") -> int | None:
    """Days until S3 deletes a prefix's objects: as stated, else in a temp bucket its session's days."""
    if prefix.expire is not None:
        return prefix.expire
    return lifecycle_days(bucket.temp.session_ttl) if bucket.temp is not None else None
