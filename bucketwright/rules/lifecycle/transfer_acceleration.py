from bucketwright.estate import BucketPosture
from bucketwright.posture import Estate
from bucketwright.rules.examples import bad, declares, good
from bucketwright.rules.rule import BASELINE, Change, change, rule
from bucketwright.verdicts import MEDIUM, Verdict, fails, not_applicable, passes

_ON = declares(buckets={"example": {"acceleration": True}})
_OFF = declares(buckets={"example": {}})


@rule(
    "transfer-acceleration",
    severity=MEDIUM,
    tier=BASELINE,
    reads=["acceleration"],
    examples=lambda: [
        good(around=_ON, acceleration=True),
        good(around=_OFF, acceleration=False),
        good(around=_OFF, acceleration=False, called="with.dots"),
        good(acceleration=True),
        good(acceleration=False, called="with.dots"),
        bad(around=_ON, acceleration=False),
        bad(around=_OFF, acceleration=True),
        bad(acceleration=True, called="with.dots"),
        bad(around=_ON, acceleration=True, called="with.dots"),
    ],
)
def transfer_acceleration(bucket: BucketPosture, estate: Estate) -> Verdict:
    """Uploads come in through edge locations where the contract says so, and the bucket's name allows it.

    **Why.** Clients that count on the accelerated endpoint fail where it is off; where it is on without need,
    every byte through it is paid for on top. With a dot in the bucket's name that endpoint does not work.

    **Fix.** Say `acceleration: true` of the bucket or leave it out, and deploy again. A bucket whose name has
    dots needs another name.

    **Exempt it when** it is being measured whether acceleration pays.
    """
    if bucket.acceleration and "." in bucket.name:
        return fails("acceleration is on, and the bucket's name has dots", expected="acceleration off")
    wanted = estate.intended(bucket)
    if wanted is None:
        return not_applicable("no contract says whether uploads are to be accelerated")
    if bucket.acceleration == wanted.acceleration:
        return passes()
    state, meant = ("on", "off") if bucket.acceleration else ("off", "on")
    return fails(f"acceleration is {state}", expected=f"acceleration {meant}, as declared")


@transfer_acceleration.fix(is_safe=False)
def accelerate_as_declared(bucket: BucketPosture, estate: Estate) -> Change:
    """Turns acceleration on where the contract says so and the name allows it, else off; clients of the
    accelerated endpoint then fail."""
    wanted = estate.intended(bucket)
    after = wanted is not None and wanted.acceleration and "." not in bucket.name
    return change(bucket, "acceleration", after)
