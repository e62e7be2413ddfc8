"""For how long does a bucket's object lock hold new objects that ask for nothing?"""

from typing import Final

from bucketwright.facets.bucket.object_lock import ObjectLock

_YEAR: Final = 365


def days_locked(lock: ObjectLock) -> int:
    """In days, of which S3 counts 365 in a year."""
    return (lock.days or 0) + _YEAR * (lock.years or 0)
