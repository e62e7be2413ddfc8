from bucketwright.contract.lifecycle.rules import Abort, Expiration
from bucketwright.estate import DirectoryBucketPosture
from bucketwright.facets.bucket.lifecycle import FRESH
from bucketwright.posture import Estate
from bucketwright.rules.added_lifecycle_rules import ending_uploads
from bucketwright.rules.example_lifecycles import having, off, on
from bucketwright.rules.examples import bad, good
from bucketwright.rules.lifecycle_scopes import enabled
from bucketwright.rules.rule import CHOSEN, DEPLOYED, Change, change, rule
from bucketwright.verdicts import LOW, Verdict, fails, passes


@rule(
    "directory-bucket-lifecycle",
    severity=LOW,
    tier=CHOSEN,
    maps_to=["FSBP S3.25"],
    reads=["lifecycle"],
    lenses=DEPLOYED,
    examples=lambda: [
        good(lifecycle=having(on(expiration=Expiration(days=7)))),
        good(lifecycle=having(off(expiration=Expiration(days=7)), on(abort=Abort(1)))),
        bad(lifecycle=FRESH),
        bad(lifecycle=having(off(abort=Abort(1)))),
    ],
)
def directory_bucket_lifecycle(bucket: DirectoryBucketPosture, _: Estate) -> Verdict:
    """Something in the directory bucket goes away by itself.

    **Why.** S3 Express One Zone is the dearest place to keep an object, and mostly one for work that is under
    way. What nobody needs any more, and parts of uploads that were never finished, are paid for until
    somebody notices.

    **Fix.** Give the bucket a lifecycle rule that expires objects or ends unfinished uploads. A contract
    declares no directory buckets.

    **Exempt it when** a program of your own deletes what is no longer needed, unfinished uploads too.
    """
    if enabled(bucket.lifecycle):
        return passes()
    disabled = "all rules are switched off" if bucket.lifecycle.rules else "there is no rule"
    return fails(disabled, expected="at least one rule that is switched on")


@directory_bucket_lifecycle.fix(is_safe=False)
def end_unfinished_uploads(bucket: DirectoryBucketPosture, estate: Estate) -> Change:
    """Adds a rule that ends unfinished uploads once they are stale; it touches no object."""
    return change(bucket, "lifecycle", ending_uploads(bucket.lifecycle, estate.terms.stale_upload))
