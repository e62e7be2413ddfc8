from bucketwright.contract.lifecycle.rules import Abort, Expiration, Transition
from bucketwright.estate import BucketPosture
from bucketwright.facets.bucket.lifecycle import FRESH
from bucketwright.posture import Estate
from bucketwright.rules.example_lifecycles import IN_YEARS, LONG_AGO, having, off, on
from bucketwright.rules.examples import bad, good
from bucketwright.rules.lifecycle_scopes import chosen, enabled, fault_of
from bucketwright.rules.rule import BASELINE, rule
from bucketwright.verdicts import HIGH, Verdict, fails_if


@rule(
    "lifecycle-date-rule",
    severity=HIGH,
    tier=BASELINE,
    reads=["lifecycle"],
    examples=lambda: [
        good(lifecycle=FRESH),
        good(
            lifecycle=having(
                on(expiration=Expiration(days=30)), on(expiration=Expiration(expired_marker=True))
            )
        ),
        good(lifecycle=having(off(expiration=Expiration(date=LONG_AGO)), on(abort=Abort(7)))),
        good(lifecycle=having(on(transitions=(Transition("GLACIER", date=LONG_AGO),)))),
        bad(lifecycle=having(on(expiration=Expiration(date=LONG_AGO)))),
        bad(lifecycle=having(on(expiration=Expiration(days=30)), on(expiration=Expiration(date=IN_YEARS)))),
    ],
)
def lifecycle_date_rule(bucket: BucketPosture, _: Estate) -> Verdict:
    """Nothing is deleted by a date, only by its age.

    **Why.** An expiration by date reads like a single clean-up and is none: from that day on S3 deletes every
    object that the rule selects, also those written later, within a day of their upload.

    **Fix.** Say `expire: 30 days`, or whatever age is meant, of the prefix. For a single clean-up, delete by
    hand or by Batch Operations, and take the rule away.

    **Exempt it when** the prefix is given up on that day, and nothing is ever written there again.
    """
    dated = [(one, one.expiration.date) for one in enabled(bucket.lifecycle) if one.expiration]
    return fails_if(
        *(
            fault_of(one, f"deletes {chosen(one)} from {date:%Y-%m-%d} on, new ones too")
            for one, date in dated
            if date
        ),
        expected="Days, not Date",
    )
