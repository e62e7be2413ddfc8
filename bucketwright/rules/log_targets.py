"""Is a bucket one to which S3 delivers the access logs of others?"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from bucketwright.estate import BucketPosture
from bucketwright.posture import Estate, Undetermined
from bucketwright.rules.declared import declared


def is_log_target(bucket: BucketPosture, estate: Estate) -> bool:
    """Whether the contract says so, or another bucket logs to it.

    Undetermined where none is known to, and of some it is not known where they log to.
    """
    wanted = declared(bucket, estate)
    if wanted is not None and wanted.purpose == "access-logs":
        return True
    targets = estate.once(_targets)
    if targets.of_others(bucket):
        return True
    unread = targets.unread_beside(bucket)
    if unread is not None:
        raise unread
    return False


@dataclass(frozen=True, slots=True)
class _Targets:
    """Where the buckets of an estate log to."""

    by: Mapping[str, frozenset[str]]
    """Those that log to an address or a name."""
    unread: Mapping[str, Undetermined]
    """Those of which it is not known."""

    def of_others(self, bucket: BucketPosture) -> frozenset[str]:
        """What of the bucket's address and name another one logs to."""
        asked = {bucket.address, bucket.name}
        return frozenset(one for one in asked if self.by.get(one, frozenset()) - {bucket.address})

    def unread_beside(self, bucket: BucketPosture) -> Undetermined | None:
        return next((why for address, why in self.unread.items() if address != bucket.address), None)


def _targets(estate: Estate) -> _Targets:
    by: dict[str, set[str]] = defaultdict(set)
    unread: dict[str, Undetermined] = {}
    for one in estate.every(BucketPosture):
        try:
            logging = one.logging
        except Undetermined as undetermined:
            unread[one.address] = undetermined
            continue
        if logging is not None:
            by[logging.target].add(one.address)
    return _Targets({target: frozenset(those) for target, those in by.items()}, unread)
