from bucketwright.contract.lifecycle.rules import Abort, Expiration
from bucketwright.estate import BucketPosture
from bucketwright.facets.bucket.lifecycle import FRESH
from bucketwright.posture import Estate
from bucketwright.rules.added_lifecycle_rules import ending_uploads
from bucketwright.rules.example_lifecycles import having, off, on
from bucketwright.rules.examples import bad, good
from bucketwright.rules.lifecycle_scopes import enabled
from bucketwright.rules.rule import CHOSEN, Change, change, rule
from bucketwright.verdicts import LOW, Verdict, fails, not_applicable, passes


@rule(
    "lifecycle-configured",
    severity=LOW,
    tier=CHOSEN,
    maps_to=["FSBP S3.13"],
    reads=["lifecycle", "mfa_delete"],
    examples=lambda: [
        good(lifecycle=having(on(abort=Abort(7)))),
        good(lifecycle=having(off(abort=Abort(7)), on(expiration=Expiration(days=30)))),
        good(lifecycle=FRESH, mfa_delete=True),
        bad(lifecycle=FRESH, mfa_delete=False),
        bad(lifecycle=having(off(abort=Abort(7))), mfa_delete=False),
    ],
)
def lifecycle_configured(bucket: BucketPosture, _: Estate) -> Verdict:
    """Something in the bucket moves or goes away by itself.

    **Why.** Without lifecycle all that was ever stored is paid for at the dearest price for ever, unfinished
    uploads too, which no list shows.

    **Fix.** Say of each prefix how long its objects stay, with `expire` or `archive`, or `keep: forever`. A
    bucket of a contract ends unfinished uploads in any case, after `abort_uploads`.

    **Exempt it when** a program of your own deletes what is no longer needed, unfinished uploads too.
    """
    if enabled(bucket.lifecycle):
        return passes()
    if bucket.mfa_delete:
        return not_applicable("S3 has no lifecycle for a bucket with MFA delete")
    disabled = "all rules are switched off" if bucket.lifecycle.rules else "there is no rule"
    return fails(disabled, expected="at least one rule that is switched on")


@lifecycle_configured.fix(is_safe=False)
def end_unfinished_uploads(bucket: BucketPosture, estate: Estate) -> Change:
    """Adds a rule that ends unfinished uploads once they are stale; it touches no object."""
    return change(bucket, "lifecycle", ending_uploads(bucket.lifecycle, estate.terms.stale_upload))
