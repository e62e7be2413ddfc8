from datetime import timedelta
from typing import Final

from bucketwright.objects.postures import ObjectPosture
from bucketwright.posture import Estate
from bucketwright.rules.example_objects import ago, bad, good
from bucketwright.rules.examples import declares
from bucketwright.rules.rule import BASELINE, LIVE, rule
from bucketwright.verdicts import LOW, Fault, Verdict, fails, passes

_PATIENT: Final = declares(rules={"stuck_restore": "10 days"})


@rule(
    "object-restore-stuck",
    severity=LOW,
    tier=BASELINE,
    lenses=LIVE,
    reads=["restoring", "restoring_since"],
    examples=lambda: [
        good(restoring=False),
        good(restoring=True, restoring_since=ago(days=3)),
        good(around=_PATIENT, restoring=True, restoring_since=ago(days=9)),
        bad(restoring=True, restoring_since=ago(days=3, seconds=1)),
        bad(around=_PATIENT, restoring=True, restoring_since=ago(days=11)),
    ],
)
def object_restore_stuck(one: ObjectPosture, estate: Estate) -> Verdict:
    """A restore from an archive comes to its end.

    **Why.** The slowest restore takes two days. Whoever waits longer waits for something that will not come,
    and the object cannot be read meanwhile.

    **Fix.** Ask for the restore again, in a faster tier, and look at AWS's health page. `stuck_restore` of
    `rules` says how long one may take. S3 does not say when a restore began, so it counts from the audit that
    saw it first.

    **Exempt it when** very many objects are being restored at once, and slowly on purpose.
    """
    if not one.restoring:
        return passes()
    waiting = estate.now - one.restoring_since
    if waiting <= timedelta(days=estate.terms.stuck_restore):
        return passes("it is under way")
    seen = f"its restore has been under way for {waiting.days} days"
    return fails(Fault(seen, form="its restore has been under way for too long"), expected="restored")
