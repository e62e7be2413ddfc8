from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from bucketwright.contract.lifecycle.days import first_due
from bucketwright.facets.bucket.object_lock import ObjectLock
from bucketwright.objects.layout import declared
from bucketwright.objects.postures import ObjectPosture
from bucketwright.posture import Estate
from bucketwright.rules.example_objects import ago, bad, bucket, good, says_of_docs
from bucketwright.rules.examples import declares
from bucketwright.rules.home_bucket import home
from bucketwright.rules.rule import BASELINE, LIVE, rule
from bucketwright.verdicts import LOW, Fault, Verdict, fails_if, not_applicable

_MONTH: Final = says_of_docs(noncurrent={"expire": "30 days"})
_KEEPS_THREE: Final = says_of_docs(noncurrent={"expire": "30 days", "keep_newest": 3})
_FEW: Final = declares(rules={"noncurrent_versions": 5})
_FREE: Final = bucket(object_lock=ObjectLock())
_LOCKED: Final = bucket(object_lock=ObjectLock(enabled=True))
_OLD: Final = {"is_latest": False, "noncurrent_since": ago(days=40)}
_SECOND: Final = timedelta(seconds=1)
_TURN: Final = ago(days=32, hours=12)
"""What was replaced earlier was due at the latest of the midnights that lie two days back."""
_HELD: Final = ago(days=2) + _SECOND


@rule(
    "noncurrent-backlog",
    severity=LOW,
    tier=BASELINE,
    lenses=LIVE,
    reads=[
        "newer_noncurrent",
        "bucket",
        "is_latest",
        "key",
        "legal_hold",
        "noncurrent_since",
        "retain_until",
        "bucket.object_lock",
    ],
    examples=lambda: [
        good(is_latest=True),
        good(is_latest=False, newer_noncurrent=99),
        good(around=_MONTH, is_latest=False, newer_noncurrent=0, noncurrent_since=_TURN),
        good(_FREE, around=_KEEPS_THREE, **_OLD, newer_noncurrent=2),
        good(around=says_of_docs(noncurrent={"keep_newest": 3}), **_OLD, newer_noncurrent=9),
        good(_LOCKED, around=_MONTH, **_OLD, newer_noncurrent=0, legal_hold=True, retain_until=None),
        good(_LOCKED, around=_MONTH, **_OLD, newer_noncurrent=0, legal_hold=False, retain_until=_HELD),
        good(_LOCKED, around=_MONTH, **_OLD, newer_noncurrent=0, legal_hold=False, retain_until=ago(-9)),
        bad(is_latest=False, newer_noncurrent=100),
        bad(around=_FEW, **_OLD, newer_noncurrent=5),
        bad(_FREE, around=_MONTH, is_latest=False, newer_noncurrent=0, noncurrent_since=_TURN - _SECOND),
        bad(_FREE, around=_KEEPS_THREE, **_OLD, newer_noncurrent=3),
        bad(_LOCKED, around=_MONTH, **_OLD, newer_noncurrent=0, legal_hold=False, retain_until=None),
        bad(_LOCKED, around=_MONTH, **_OLD, newer_noncurrent=0, legal_hold=False, retain_until=ago(days=2)),
    ],
)
def noncurrent_backlog(one: ObjectPosture, estate: Estate) -> Verdict:
    """Old versions do not pile up.

    **Why.** Each is paid for like an object of its own, and no list of objects shows them. Keys with very
    many versions also make S3 slow down requests for them.

    **Fix.** Say `noncurrent: {expire: 30 days}` of the prefix, and deploy. `noncurrent_versions` of `rules`
    says how many versions of one key are too many.

    **Exempt it when** every version is a record that has to stay; better say so with `keep: forever`, and a
    higher `noncurrent_versions`.
    """
    if one.is_latest:
        return not_applicable("it is no old version")
    most = estate.terms.noncurrent_versions
    crowded = one.newer_noncurrent >= most and Fault(
        f"{one.newer_noncurrent:,} old versions of its key are newer", form="too many old versions are newer"
    )
    return fails_if(
        crowded, *_overdue(one, estate), expected=f"at most {most} old versions, gone when declared"
    )


def _overdue(one: ObjectPosture, estate: Estate) -> Iterator[Fault]:
    stated = declared(one, estate, lambda place: place.prefix.noncurrent)
    if stated is None or stated.expire is None or one.newer_noncurrent < (stated.keep_newest or 0):
        return
    due, latest = first_due(one.noncurrent_since, stated.expire), _latest_due(estate)
    if due is not None and due <= latest and not _is_held(one, estate):
        age = (estate.now - one.noncurrent_since).days
        yield Fault(
            f"replaced {age} days ago, and versions go after {stated.expire}",
            form="still there after its time as an old version",
        )


def _is_held(one: ObjectPosture, estate: Estate) -> bool:
    """Whether S3 cannot delete it yet, or only just can."""
    if not home(one, estate).object_lock.enabled:
        return False
    return one.legal_hold or (one.retain_until is not None and one.retain_until > _latest_due(estate))


def _latest_due(estate: Estate) -> datetime:
    return estate.now - timedelta(days=estate.terms.expiry_grace)
