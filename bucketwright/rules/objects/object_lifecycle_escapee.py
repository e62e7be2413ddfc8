from datetime import timedelta
from typing import Final

from bucketwright.contract.lifecycle.days import first_due
from bucketwright.contract.temp import effective_expiry
from bucketwright.objects.layout import declared, declared_bucket
from bucketwright.objects.postures import ObjectPosture
from bucketwright.posture import Estate
from bucketwright.rules.example_objects import ago, bad, good, says_of_docs, says_of_two
from bucketwright.rules.examples import EXAMPLE, NOW, declares
from bucketwright.rules.rule import BASELINE, LIVE, rule
from bucketwright.verdicts import MEDIUM, Fault, Verdict, fails, not_applicable, passes

_WEEK: Final = says_of_docs(expire="7 days")
_DOCS: Final = {"docs": {"path": "docs/"}}
_SESSIONS: Final = declares(buckets={EXAMPLE: {"temp": {"session_ttl": "1 day"}, "prefixes": _DOCS}})
_PATIENT: Final = declares(**_WEEK.settings, rules={"expiry_grace": "9 days"})
_TURN: Final = NOW.replace(hour=0) - timedelta(days=9)
"""What was put there earlier was due at the latest of the midnights that lie two days back."""


@rule(
    "object-lifecycle-escapee",
    severity=MEDIUM,
    tier=BASELINE,
    lenses=LIVE,
    reads=["modified", "bucket", "is_latest", "key"],
    examples=lambda: [
        good(around=_WEEK, is_latest=True, modified=ago(days=1)),
        good(around=_WEEK, is_latest=True, modified=_TURN),
        good(around=_WEEK, is_latest=False, modified=ago(days=400)),
        good(around=_WEEK, key="elsewhere/a", is_latest=True, modified=ago(days=400)),
        good(around=says_of_docs(), is_latest=True, modified=ago(days=400)),
        good(around=_PATIENT, is_latest=True, modified=ago(days=15)),
        good(is_latest=True, modified=ago(days=400)),
        bad(around=_WEEK, is_latest=True, modified=ago(days=400)),
        bad(around=_WEEK, is_latest=True, modified=_TURN - timedelta(seconds=1)),
        bad(around=_SESSIONS, is_latest=True, modified=ago(days=9)),
        bad(
            around=says_of_two({"expire": "7 days"}, {"expire": "7 days", "data_class": "public"}),
            key="docs/old/a",
            is_latest=True,
            modified=ago(days=400),
        ),
    ],
)
def object_lifecycle_escapee(one: ObjectPosture, estate: Estate) -> Verdict:
    """Objects are gone once their time is over.

    **Why.** What should have been deleted is still paid for, and can still be read, demanded or stolen. The
    rule of lifecycle may be off, or select by a tag that the object does not carry.

    **Fix.** Deploy the contract's lifecycle; give the object the tags of its prefix (see
    `object-tags-missing`). `expiry_grace` of `rules` says how late lifecycle may be.

    **Exempt it when** an object is kept for an inquiry, until that is over.
    """
    bucket = declared_bucket(one, estate)
    if bucket is None:
        return not_applicable("the contract says nothing of the bucket")
    days = declared(one, estate, lambda place: effective_expiry(bucket, place.prefix))
    if days is None:
        return not_applicable("the contract lets nothing expire where it lies")
    if not one.is_latest:
        return not_applicable("it is an old version, whose time is counted otherwise")
    due = first_due(one.modified, days)
    if due is None or estate.now - timedelta(days=estate.terms.expiry_grace) < due:
        return passes()
    seen = f"{(estate.now - one.modified).days} days old and still there"
    return fails(Fault(seen, form="still there after its time"), expected=f"gone after {days} days")
