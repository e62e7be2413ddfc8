from collections.abc import Iterator

from bucketwright.contract.lifecycle.action_validity import action_causes
from bucketwright.contract.lifecycle.rules import Abort, Expiration, Rule, Transition
from bucketwright.estate import BucketPosture
from bucketwright.facets.bucket.lifecycle import FRESH
from bucketwright.posture import Estate
from bucketwright.rules.example_lifecycles import below, having, off, on, sized, tagged
from bucketwright.rules.examples import bad, good
from bucketwright.rules.lifecycle_scopes import fault_of
from bucketwright.rules.rule import BASELINE, rule
from bucketwright.verdicts import HIGH, Fault, Verdict, fails_if

_MARKERS = Expiration(expired_marker=True)


@rule(
    "lifecycle-abort-illegal-filter",
    severity=HIGH,
    tier=BASELINE,
    reads=["lifecycle"],
    examples=lambda: [
        good(lifecycle=FRESH),
        good(lifecycle=having(on(abort=Abort(7)), on(filter=below("tmp/"), expiration=_MARKERS))),
        good(lifecycle=having(on(filter=tagged("tmp"), expiration=Expiration(days=7)))),
        good(lifecycle=having(on(expiration=Expiration(days=0)))),
        good(lifecycle=having(on(filter=sized(above=1), transitions=(Transition("STANDARD_IA", 1),)))),
        bad(lifecycle=having(on(filter=tagged("tmp", "tmp/"), abort=Abort(7)))),
        bad(lifecycle=having(on(filter=sized(above=0), abort=Abort(7), expiration=Expiration(days=7)))),
        bad(lifecycle=having(on(filter=sized(below=9), expiration=_MARKERS))),
        bad(lifecycle=having(off(filter=tagged("tmp"), expiration=_MARKERS))),
        bad(lifecycle=having(on(expiration=Expiration(days=7, expired_marker=True)))),
    ],
)
def lifecycle_abort_illegal_filter(bucket: BucketPosture, _: Estate) -> Verdict:
    """Rules that end unfinished uploads or remove delete markers select by prefix alone.

    **Why.** Uploads under way and delete markers have neither tags nor a size. S3 refuses such a rule, and
    with it the whole lifecycle: the deployment stops half-way, and nothing expires.

    **Fix.** Make two rules of it: one with the tag or the size for the objects, and one without either for
    uploads and markers. The contract does so by itself.

    **Exempt it when** never; S3 does not take it.
    """
    faults = (fault for one in bucket.lifecycle.rules for fault in _refused(one))
    return fails_if(*faults, expected="such actions in a rule without tags and sizes")


def _refused(one: Rule) -> Iterator[Fault]:
    """What S3 says of a rule that does nothing else."""
    expiration = one.expiration if one.expiration and one.expiration.expired_marker else None
    if one.abort or expiration:
        rest = Rule(one.number, filter=one.filter, expiration=expiration, abort=one.abort)
        yield from (fault_of(one, f"is refused: {cause.words}") for cause in action_causes(rest))
