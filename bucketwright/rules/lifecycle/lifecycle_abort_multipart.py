from bucketwright.contract.lifecycle.rules import Abort, Expiration, Rule
from bucketwright.estate import BucketPosture
from bucketwright.facets.bucket.lifecycle import FRESH
from bucketwright.posture import Estate
from bucketwright.rules.added_lifecycle_rules import ending_uploads
from bucketwright.rules.example_lifecycles import below, having, off, on, sized, tagged
from bucketwright.rules.examples import bad, declares, good
from bucketwright.rules.lifecycle_scopes import chosen, fault_of, is_of_all
from bucketwright.rules.rule import BASELINE, Change, change, rule
from bucketwright.verdicts import LOW, Fault, Verdict, fails, not_applicable, passes


@rule(
    "lifecycle-abort-multipart",
    severity=LOW,
    tier=BASELINE,
    reads=["lifecycle", "mfa_delete"],
    examples=lambda: [
        good(lifecycle=having(on(abort=Abort(7)))),
        good(lifecycle=having(on(abort=Abort(1), filter=below("")))),
        good(lifecycle=having(on(abort=Abort(30), filter=below("tmp/")), on(abort=Abort(3)))),
        good(lifecycle=having(on(abort=Abort(14))), around=declares(rules={"stale_upload": "14 days"})),
        good(lifecycle=FRESH, mfa_delete=True),
        bad(lifecycle=FRESH, mfa_delete=False),
        bad(lifecycle=having(on(expiration=Expiration(days=1))), mfa_delete=False),
        bad(lifecycle=having(on(abort=Abort(8))), mfa_delete=False),
        bad(lifecycle=having(on(abort=Abort())), mfa_delete=False),
        bad(
            lifecycle=having(on(abort=Abort(7))),
            around=declares(rules={"stale_upload": "6 days"}),
            mfa_delete=False,
        ),
        bad(lifecycle=having(off(abort=Abort(7))), mfa_delete=False),
        bad(lifecycle=having(on(abort=Abort(7), filter=below("tmp/"))), mfa_delete=False),
        bad(lifecycle=having(on(abort=Abort(7), filter=tagged("tmp"))), mfa_delete=False),
        bad(lifecycle=having(on(abort=Abort(7), filter=sized(above=1))), mfa_delete=False),
    ],
)
def lifecycle_abort_multipart(bucket: BucketPosture, estate: Estate) -> Verdict:
    """Unfinished uploads go away once they are stale, wherever they lie.

    **Why.** The parts of an upload that was never finished are paid for, appear in no list of objects, and
    no expiration touches them. A broken client leaves terabytes behind.

    **Fix.** Leave `abort_uploads` out of the contract for 7 days, or give a span that is no longer than
    `stale_upload` under `rules`; one rule then holds for the whole bucket. An upload that takes longer is
    ended under way.

    **Exempt it when** uploads here may rightly take longer; better say so as `stale_upload`.
    """
    most = estate.terms.stale_upload
    ending = [(one, one.abort.days) for one in bucket.lifecycle.rules if one.abort is not None]
    misses = [(one, _miss(one, days, most)) for one, days in ending]
    if any(not miss for _, miss in misses):
        return passes()
    if bucket.mfa_delete:
        return not_applicable("S3 has no lifecycle for a bucket with MFA delete")
    faults = [fault_of(one, miss) for one, miss in misses] or [Fault("no rule ends unfinished uploads")]
    return fails(*faults, expected=f"a rule for the whole bucket that ends them after at most {most} days")


@lifecycle_abort_multipart.fix(is_safe=False)
def end_unfinished_uploads(bucket: BucketPosture, estate: Estate) -> Change:
    """Adds a rule that ends unfinished uploads once they are stale; one under way for longer is lost."""
    return change(bucket, "lifecycle", ending_uploads(bucket.lifecycle, estate.terms.stale_upload))


def _miss(one: Rule, days: int | None, most: int) -> str:
    """Why a rule does not end all stale uploads; empty where it does."""
    if not one.enabled:
        return "is switched off"
    if not is_of_all(one):
        return f"ends unfinished uploads of {chosen(one)} only"
    if days is None:
        return "does not say after how many days"
    return "" if days <= most else f"ends unfinished uploads after {days} days only"
