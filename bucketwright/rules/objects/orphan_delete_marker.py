from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bucketwright.contract.lifecycle.days import first_due
from bucketwright.objects.layout import declared
from bucketwright.objects.postures import DeleteMarkerPosture
from bucketwright.posture import Estate
from bucketwright.rules.example_objects import ago, bad, good, says_of_docs
from bucketwright.rules.examples import declares
from bucketwright.rules.rule import BASELINE, LIVE, Change, removal, rule
from bucketwright.verdicts import LOW, Verdict, fails, not_applicable, passes

if TYPE_CHECKING:
    from bucketwright.contract.placement import Place

_MONTH: Final = says_of_docs(noncurrent={"expire": "30 days"})
_HASTY: Final = declares(**_MONTH.settings, rules={"expiry_grace": "1 day"})


@rule(
    "orphan-delete-marker",
    severity=LOW,
    tier=BASELINE,
    lenses=LIVE,
    reads=["versions", "bucket", "is_latest", "key", "modified"],
    examples=lambda: [
        good(is_latest=True, versions=1),
        good(is_latest=False, versions=0),
        good(around=_MONTH, is_latest=True, versions=0, modified=ago(days=30, hours=12, seconds=1)),
        good(around=_MONTH, is_latest=True, versions=0, modified=ago(days=32, hours=12)),
        bad(is_latest=True, versions=0, modified=ago(days=32)),
        bad(around=says_of_docs(), is_latest=True, versions=0, modified=ago(days=32)),
        bad(around=_MONTH, is_latest=True, versions=0, modified=ago()),
        bad(around=_MONTH, is_latest=True, versions=0, modified=ago(days=30, hours=12)),
        bad(around=_MONTH, is_latest=True, versions=0, modified=ago(days=32, hours=12, seconds=1)),
        bad(around=_HASTY, is_latest=True, versions=0, modified=ago(days=32)),
        bad(around=_MONTH, key="elsewhere/a", is_latest=True, versions=0, modified=ago(days=32)),
    ],
)
def orphan_delete_marker(marker: DeleteMarkerPosture, estate: Estate) -> Verdict:
    """No delete marker is left where nothing else is.

    **Why.** It hides nothing any more, and lists that walk over very many of them are slow or time out.

    **Fix.** Delete the marker. A contract's lifecycle removes such markers wherever it expires anything:
    `expire` of the prefix, or `noncurrent: {expire: 30 days}`.

    **Exempt it when** the marker is the record of a deletion.
    """
    if not marker.is_latest:
        return not_applicable("something newer stands above it")
    if marker.versions:
        return passes()
    days = declared(marker, estate, _days_of_old)
    due = None if days is None else first_due(marker.modified, days)
    if due is not None and estate.now - timedelta(days=estate.terms.expiry_grace) < due <= estate.now:
        return passes("lifecycle removes it after what it hid, and may be that late")
    return fails("nothing is left under it", expected="no delete marker, or something under it")


def _days_of_old(place: "Place") -> int | None:
    """After how many days an old version goes."""
    return None if place.prefix.noncurrent is None else place.prefix.noncurrent.expire


@orphan_delete_marker.fix(is_safe=False)
def remove_marker(marker: DeleteMarkerPosture, _: Estate) -> Change:
    """Deletes the marker for good; that and when the object was deleted is recorded nowhere else."""
    return removal(marker)
