from bucketwright.estate import BucketPosture
from bucketwright.posture import Estate
from bucketwright.rules.examples import bad, declares, good
from bucketwright.rules.rule import CHOSEN, Change, change, rule
from bucketwright.verdicts import MEDIUM, Verdict, fails, passes


@rule(
    "versioning-enabled",
    severity=MEDIUM,
    tier=CHOSEN,
    maps_to=["FSBP S3.14"],
    reads=["versioning"],
    examples=lambda: [
        good(versioning="Enabled"),
        bad(versioning="Suspended"),
        bad(versioning="Disabled"),
        bad(versioning="Disabled", around=declares(buckets={"example": {"purpose": "access-logs"}})),
    ],
)
def versioning_enabled(bucket: BucketPosture, _: Estate) -> Verdict:
    """Every overwrite or delete can be undone.

    **Why.** Without versions, an overwritten or deleted object is gone at once: by a mistake, by a faulty
    program or by somebody with stolen credentials.

    **Fix.** Say `versioning: enabled` of the bucket. Add a life for old versions, or they are paid for for
    ever.

    **Exempt it when** what the bucket holds can be made or delivered again, as build results can. Buckets of
    access logs are asked like any other: logs are what an intruder deletes first. Where nobody would miss
    them, say so in an exemption.
    """
    if bucket.versioning == "Enabled":
        return passes()
    state = "was never turned on" if bucket.versioning == "Disabled" else "is suspended"
    return fails(f"versioning {state}", expected="versioning Enabled")


@versioning_enabled.fix()
def turn_on(bucket: BucketPosture, _: Estate) -> Change:
    """Turns versioning on; it can be suspended later, never removed."""
    return change(bucket, "versioning", "Enabled")
