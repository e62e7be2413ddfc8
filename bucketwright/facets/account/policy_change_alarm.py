"""Policy change alarm: who learns at once that somebody changed who may do what with a bucket?"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bucketwright.facets.alarms import goes_off
from bucketwright.facets.facet import Declared, Planned, Resolve
from bucketwright.facets.live_alarms import ALARMS, FILTERS, watching
from bucketwright.facets.log_groups import log_group
from bucketwright.facets.log_patterns import UnreadPattern, chooses_all
from bucketwright.facets.reading import Asked
from bucketwright.facets.tokens import METRIC_FILTER
from bucketwright.plan import Resource
from bucketwright.posture import UNSET, Undetermined, Unset

if TYPE_CHECKING:
    from bucketwright.facets.scopes import AccountScope


@dataclass(frozen=True, slots=True)
class Watch:
    """What one metric filter counts."""

    log_group: str
    """In which it looks: an address, or a stranger's name."""
    calls: frozenset[str]
    """Of CHANGES those of which it counts every one."""
    alarmed: bool
    """Whether an alarm goes off at the first of them, and tells somebody."""
    doubt: str = ""
    """Why it may do more than is said here: look elsewhere, count more, set off an alarm."""


Watches = frozenset[Watch]
KIND: Final = METRIC_FILTER
READS: Final = (FILTERS, ALARMS)
CHANGES: Final = frozenset(
    {
        "PutBucketAcl", "PutBucketPolicy", "PutBucketCors", "PutBucketLifecycle", "PutBucketReplication",
        "DeleteBucketPolicy", "DeleteBucketCors", "DeleteBucketLifecycle", "DeleteBucketReplication",
    }
)  # fmt: skip
"""The calls of S3 that CIS names, as CloudTrail calls them."""
_ALWAYS: Final = {"$.eventSource": "s3.amazonaws.com", "$.errorCode": None, "$.errorMessage": None}
"""What CloudTrail says of every call of S3 that has changed something."""


def wanted(_: "AccountScope") -> Unset:
    """A contract leaves alarms to whoever has the account."""
    return UNSET


def to_args(_: Watches | Unset, __: Resolve) -> tuple[Declared, ...]:
    return ()


def from_plan(planned: Planned) -> Watches | Unset:
    """The filters that count such calls, or may; others are none of this account's watches."""
    return _watches(planned) or UNSET


def from_api(asked: Asked) -> Watches:
    """Those of the region that was asked."""
    return _watches(watching(asked))


def across(regions: Iterable[Watches]) -> Watches:
    """Those of all regions, each of which is asked by itself."""
    return frozenset[Watch]().union(*regions)


def _watches(planned: Planned) -> Watches:
    filters = (part for part in planned.parts if part.kind == KIND)
    found = (_watch(planned, one) for one in filters)
    return frozenset(one for one in found if one.calls or one.doubt)


def _watch(planned: Planned, counting: Resource) -> Watch:
    said = planned.says(counting)
    group, calls = "", frozenset[str]()
    try:
        pattern = said.needed("pattern", said.text("pattern"))
        calls = frozenset(one for one in CHANGES if chooses_all(pattern, {**_ALWAYS, "$.eventName": one}))
        group = said.needed("logGroupName", log_group(said, "logGroupName")) if calls else ""
        return Watch(group, calls, alarmed=bool(calls) and goes_off(planned, counting))
    except (Undetermined, UnreadPattern) as unread:
        return Watch(group, calls, alarmed=False, doubt=str(unread))
