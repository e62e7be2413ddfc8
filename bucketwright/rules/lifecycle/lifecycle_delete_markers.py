from typing import Final

from bucketwright.contract.lifecycle.rules import Abort, Expiration, NoncurrentExpiration, Rule
from bucketwright.estate import BucketPosture
from bucketwright.facets.bucket.lifecycle import FRESH
from bucketwright.posture import Estate
from bucketwright.rules.added_lifecycle_rules import removing_markers
from bucketwright.rules.example_lifecycles import below, having, off, on, sized, tagged
from bucketwright.rules.examples import bad, good
from bucketwright.rules.lifecycle_scopes import chosen, enabled, fault_of, scope
from bucketwright.rules.rule import BASELINE, Change, change, rule
from bucketwright.verdicts import LOW, Verdict, fails_if, not_applicable

_OLD: Final = NoncurrentExpiration(days=30)
_WEEK: Final = Expiration(days=7)
_MARKERS: Final = Expiration(expired_marker=True)


@rule(
    "lifecycle-delete-markers",
    severity=LOW,
    tier=BASELINE,
    reads=["lifecycle", "versioning"],
    examples=lambda: [
        good(versioning="Enabled", lifecycle=having(on(noncurrent_expiration=_OLD), on(expiration=_MARKERS))),
        good(versioning="Enabled", lifecycle=having(on(noncurrent_expiration=_OLD, expiration=_WEEK))),
        good(
            versioning="Suspended",
            lifecycle=having(
                on(filter=below("a/b/"), noncurrent_expiration=_OLD),
                on(filter=below("a/"), expiration=_MARKERS),
            ),
        ),
        good(versioning="Enabled", lifecycle=having(off(noncurrent_expiration=_OLD), on(abort=Abort(7)))),
        good(versioning="Enabled", lifecycle=FRESH),
        good(versioning="Enabled", lifecycle=having(on(filter=tagged("tmp"), expiration=_MARKERS))),
        good(versioning="Disabled"),
        good(versioning="Enabled", lifecycle=having(on(filter=sized(below=9), expiration=_WEEK))),
        bad(versioning="Enabled", lifecycle=having(on(noncurrent_expiration=_OLD))),
        bad(versioning="Suspended", lifecycle=having(on(filter=tagged("tmp"), expiration=_WEEK))),
        bad(versioning="Enabled", lifecycle=having(on(filter=sized(above=9), expiration=_WEEK))),
        bad(versioning="Enabled", lifecycle=having(on(noncurrent_expiration=_OLD), off(expiration=_MARKERS))),
        bad(
            versioning="Enabled",
            lifecycle=having(on(noncurrent_expiration=_OLD), on(filter=below("tmp/"), expiration=_MARKERS)),
        ),
        bad(
            versioning="Enabled",
            lifecycle=having(
                on(filter=below("a/"), noncurrent_expiration=_OLD), on(filter=tagged("x"), expiration=_WEEK)
            ),
        ),
    ],
)
def lifecycle_delete_markers(bucket: BucketPosture, _: Estate) -> Verdict:
    """Delete markers that hide nothing any more go away.

    **Why.** Under versioning a deletion leaves a marker. Once lifecycle has removed the versions below, the
    marker alone stays: lists have to step over it, and a prefix of millions of them answers slowly or not at
    all.

    **Fix.** A contract adds the rule by itself wherever something expires. By hand, add one for the whole
    bucket with `ExpiredObjectDeleteMarker`. An expiration after days removes markers as well, but not one
    that selects by tags or by a least size: a marker has no tags and no bytes.

    **Exempt it when** nobody lists the bucket, and markers are proof of who deleted what.
    """
    if bucket.versioning == "Disabled":
        return not_applicable("the bucket has no versions, so no delete markers")
    rules = enabled(bucket.lifecycle)
    swept = tuple(scope(one).prefix or "" for one in rules if _removes_markers(one))
    return fails_if(
        *(
            fault_of(one, f"deletes {chosen(one)} and leaves their delete markers")
            for one in rules
            if _deletes(one) and not (scope(one).prefix or "").startswith(swept)
        ),
        expected="a rule with ExpiredObjectDeleteMarker",
    )


@lifecycle_delete_markers.fix()
def remove_markers(bucket: BucketPosture, _: Estate) -> Change:
    """Adds a rule for the whole bucket that removes delete markers below which no version is left."""
    return change(bucket, "lifecycle", removing_markers(bucket.lifecycle))


def _deletes(one: Rule) -> bool:
    ends = one.expiration is not None and not one.expiration.expired_marker
    return ends or one.noncurrent_expiration is not None


def _removes_markers(one: Rule) -> bool:
    """A marker has no tags, and its size is zero."""
    selects = scope(one)
    return one.expiration is not None and not selects.tags and selects.greater_than is None
