from typing import Final

from bucketwright.estate import BucketPosture
from bucketwright.posture import Estate
from bucketwright.rules.declared import protected
from bucketwright.rules.examples import bad, declares, good
from bucketwright.rules.rule import BASELINE, Change, change, rule
from bucketwright.verdicts import HIGH, Verdict, fails, not_applicable, passes

_PROD: Final = declares(protect=True, buckets={"example": {}})


@rule(
    "force-destroy-in-prod",
    severity=HIGH,
    tier=BASELINE,
    reads=["force_destroy"],
    lenses=frozenset({"intended", "planned"}),
    examples=lambda: [
        good(around=_PROD, force_destroy=False),
        good(around=declares(buckets={"example": {}}), force_destroy=True),
        good(around=declares(protect=True, buckets={"example": {"protect": False}}), force_destroy=True),
        good(around=declares(protect=True, buckets={"other": {}}), force_destroy=True),
        good(force_destroy=True),
        bad(around=_PROD, force_destroy=True),
        bad(around=declares(buckets={"example": {"protect": True}}), force_destroy=True),
    ],
)
def force_destroy_in_prod(bucket: BucketPosture, estate: Estate) -> Verdict:
    """The objects of a protected bucket do not die with it.

    **Why.** S3 deletes no bucket that holds anything, which has saved many from a wrong command. With this
    setting the program empties it first, every version, and one `destroy` or one renamed resource is enough.

    **Fix.** Take `destroy_objects` out of the bucket, or `forceDestroy` out of the program. Whoever wants to
    delete the bucket empties it first.

    **Exempt it when** never; say `protect: false` of a bucket that may go with all it holds.
    """
    if not protected(bucket, estate):
        return not_applicable("no contract protects the bucket")
    return (
        fails("the program deletes all objects with the bucket", expected="forceDestroy off")
        if bucket.force_destroy
        else passes()
    )


@force_destroy_in_prod.fix()
def keep_objects(bucket: BucketPosture, _: Estate) -> Change:
    """Leaves the objects where they are; destroying the bucket fails until somebody has emptied it."""
    return change(bucket, "force_destroy", after=False)
