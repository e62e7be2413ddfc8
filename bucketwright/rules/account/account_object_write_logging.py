from bucketwright.estate import AccountPosture
from bucketwright.posture import Estate
from bucketwright.rules.example_trails import READS, WRITES, recordings
from bucketwright.rules.recording import object_recording
from bucketwright.rules.rule import CHOSEN, DEPLOYED, rule
from bucketwright.verdicts import MEDIUM, Verdict


@rule(
    "account-object-write-logging",
    severity=MEDIUM,
    tier=CHOSEN,
    maps_to=["FSBP S3.22"],
    reads=["trail.logging", "trail.multi_region", "trail.selectors"],
    lenses=DEPLOYED,
    examples=lambda: recordings(WRITES, READS),
)
def account_object_write_logging(_: AccountPosture, estate: Estate) -> Verdict:
    """Every write and delete of an object is recorded, in every bucket of the account.

    **Why.** Without it nobody can tell who overwrote or deleted what, and when: the events of management that
    every trail records end at the bucket itself. One trail for all buckets covers the one made tomorrow, too.

    **Fix.** Give a trail of all regions a selector of S3 object events for every bucket: `WriteOnly` or `All`
    with the value `arn:aws:s3`, or an advanced selector without `resources.ARN`. Each event is paid for. A
    contract declares no trails: the account's own program does. At preview it is judged of stacks that
    declare a trail.

    **Exempt it when** the access logs of the buckets are enough, which S3 delivers late and without promise.
    """
    return object_recording(estate, "writes")
