from dataclasses import replace
from typing import Final

from bucketwright.contract.lifecycle.rules import Abort, Expiration, NoncurrentExpiration, Rule
from bucketwright.estate import BucketPosture
from bucketwright.facets.bucket.lifecycle import FRESH, Lifecycle
from bucketwright.facets.lifecycle_rules import normal
from bucketwright.posture import Estate
from bucketwright.rules.declared import protected
from bucketwright.rules.example_lifecycles import LONG_AGO, below, having, off, on
from bucketwright.rules.examples import bad, declares, good
from bucketwright.rules.lifecycle_scopes import chosen, covers, enabled, fault_of, scope
from bucketwright.rules.rule import BASELINE, Change, change, rule
from bucketwright.verdicts import HIGH, Verdict, fails_if, not_applicable

_TMP: Final = {"prefixes": {"tmp": {"path": "tmp/", "expire": "7 days"}}}
_IN_PROD: Final = declares(protect=True, buckets={"example": _TMP})
_WITH_VERSIONS: Final = declares(protect=True, buckets={"example": {**_TMP, "versioning": "enabled"}})
_WEEK: Final = Expiration(days=7)


@rule(
    "lifecycle-prod-expiry",
    severity=HIGH,
    tier=BASELINE,
    reads=["lifecycle"],
    examples=lambda: [
        good(around=_IN_PROD, lifecycle=having(on(filter=below("tmp/"), expiration=_WEEK))),
        good(around=_IN_PROD, lifecycle=having(on(filter=below("tmp/a/"), expiration=Expiration(days=8)))),
        good(
            around=_IN_PROD,
            lifecycle=having(on(abort=Abort(1), noncurrent_expiration=NoncurrentExpiration(1))),
        ),
        good(around=_IN_PROD, lifecycle=having(on(expiration=Expiration(expired_marker=True)))),
        good(around=_IN_PROD, lifecycle=having(off(expiration=_WEEK))),
        good(around=_IN_PROD, lifecycle=FRESH),
        good(around=declares(buckets={"example": _TMP}), lifecycle=having(on(expiration=_WEEK))),
        good(
            around=declares(protect=True, buckets={"example": {"protect": False}}),
            lifecycle=having(on(expiration=_WEEK)),
        ),
        good(around=declares(protect=True, buckets={"other": _TMP}), lifecycle=having(on(expiration=_WEEK))),
        good(lifecycle=having(on(expiration=_WEEK))),
        bad(around=_IN_PROD, lifecycle=having(on(expiration=_WEEK))),
        bad(around=_WITH_VERSIONS, lifecycle=having(on(expiration=_WEEK))),
        bad(
            around=_IN_PROD, lifecycle=having(on(filter=below("documents/"), expiration=Expiration(days=365)))
        ),
        bad(around=_IN_PROD, lifecycle=having(on(filter=below("tmp"), expiration=_WEEK))),
        bad(around=_IN_PROD, lifecycle=having(on(filter=below("tmp/"), expiration=Expiration(days=6)))),
        bad(
            around=_IN_PROD, lifecycle=having(on(filter=below("tmp/"), expiration=Expiration(date=LONG_AGO)))
        ),
        bad(
            around=declares(buckets={"example": {**_TMP, "protect": True}}),
            lifecycle=having(on(expiration=_WEEK)),
        ),
    ],
)
def lifecycle_prod_expiry(bucket: BucketPosture, estate: Estate) -> Verdict:
    """In a protected bucket nothing is deleted by age but what the contract says, and not sooner.

    **Why.** A rule that somebody added by hand, or copied from a test environment, deletes what customers
    store, night after night, and no request shows who did it.

    **Fix.** Deploy again, or say `expire` of the prefix that is meant. Switch the rule off first: what it has
    deleted comes back only from old versions or from a copy.

    **Exempt it when** a clean-up is under way that the team agreed on and that ends.
    """
    wanted = estate.intended(bucket)
    if wanted is None or not protected(bucket, estate):
        return not_applicable("no contract protects the bucket")
    undeclared = (one for one in enabled(bucket.lifecycle) if not _is_declared(one, wanted.lifecycle))
    return fails_if(
        *(fault_of(one, f"deletes {chosen(one)} {_when(one)}, which nobody declared") for one in undeclared),
        expected="expirations of the contract alone",
    )


@lifecycle_prod_expiry.fix()
def switch_off(bucket: BucketPosture, estate: Estate) -> Change:
    """Switches off the rules that delete what nobody declared; nothing else of them happens then either."""
    wanted = estate.intended(bucket) or bucket
    rules = (
        one if _is_declared(one, wanted.lifecycle) else replace(one, status="Disabled")
        for one in bucket.lifecycle.rules
    )
    return change(bucket, "lifecycle", replace(bucket.lifecycle, rules=normal(rules)))


def _is_declared(one: Rule, lifecycle: Lifecycle) -> bool:
    """Whether all that the rule deletes is declared to be deleted by then."""
    end = one.expiration
    if end is None or end.expired_marker:
        return True
    return end.days is not None and any(
        declared.expiration is not None
        and declared.expiration.days is not None
        and declared.expiration.days <= end.days
        and covers(scope(declared), scope(one))
        for declared in enabled(lifecycle)
    )


def _when(one: Rule) -> str:
    end = one.expiration
    return f"after {end.days} days" if end and end.days is not None else "by a date"
