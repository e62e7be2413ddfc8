from bucketwright.contract.lifecycle.rules import (
    Abort,
    Expiration,
    Filter,
    NoncurrentExpiration,
    NoncurrentTransition,
    Rule,
    Transition,
)
from bucketwright.contract.lifecycle.validity import MOST_RULES
from bucketwright.contract.limits import SMALL_OBJECT
from bucketwright.estate import BucketPosture
from bucketwright.facets.bucket.lifecycle import FRESH
from bucketwright.posture import Estate, Undetermined, Unknown
from bucketwright.rules.example_lifecycles import below, by_class, having, off, on, sized, tagged
from bucketwright.rules.examples import bad, good
from bucketwright.rules.rule import BASELINE, rule
from bucketwright.rules.shadowed_actions import shadowed
from bucketwright.verdicts import MEDIUM, Verdict, fails_if


def _gone(days: int, chosen: Filter | None = None) -> Rule:
    return on(filter=chosen, expiration=Expiration(days=days))


def _moved(days: int) -> Rule:
    return on(transitions=(Transition("GLACIER", days),))


def _old_gone(days: int, keeping: int | None = None) -> Rule:
    return on(noncurrent_expiration=NoncurrentExpiration(days, keeping))


def _old_moved(days: int, keeping: int | None = None) -> Rule:
    return on(noncurrent_transitions=(NoncurrentTransition("GLACIER", days, keeping),))


@rule(
    "lifecycle-shadowed",
    severity=MEDIUM,
    tier=BASELINE,
    reads=["lifecycle", "versioning"],
    examples=lambda: [
        good(lifecycle=FRESH),
        good(lifecycle=having(_gone(30), _gone(30))),
        good(lifecycle=having(_gone(30), _gone(7, below("tmp/")))),
        good(lifecycle=having(_gone(7, below("tmp/")), _gone(365, below("documents/")))),
        good(lifecycle=having(_gone(30), off(expiration=Expiration(days=1)))),
        good(lifecycle=having(_gone(30), _gone(1, tagged("tmp")))),
        good(lifecycle=having(_gone(30), _gone(1, sized(above=9)))),
        good(lifecycle=having(_gone(30, sized(below=10)), _gone(1, sized(below=9)))),
        good(lifecycle=having(_gone(30), on(expiration=Expiration(expired_marker=True)))),
        good(lifecycle=having(_gone(30), _moved(29))),
        good(lifecycle=having(_gone(30, sized(above=SMALL_OBJECT)), _moved(31))),
        good(lifecycle=by_class(_gone(30, sized(above=9)), _moved(31))),
        good(lifecycle=having(_gone(30), _moved(30)), versioning="Enabled"),
        good(lifecycle=having(_gone(30), _old_gone(365), on(abort=Abort(40)))),
        good(lifecycle=having(_old_gone(30), _old_gone(1, keeping=5))),
        good(lifecycle=having(_old_moved(30, keeping=4), _old_gone(1, keeping=5))),
        bad(lifecycle=having(_gone(30), _gone(365, below("documents/")))),
        bad(lifecycle=having(_gone(30), _gone(365, tagged("documents")))),
        bad(lifecycle=having(_gone(30, sized(above=9)), _gone(365, sized(above=9)))),
        bad(lifecycle=having(_gone(30, sized(below=9)), _gone(365, sized(below=9)))),
        bad(lifecycle=having(_gone(30), _moved(31))),
        bad(lifecycle=having(_gone(30, sized(above=SMALL_OBJECT - 1)), _moved(31))),
        bad(lifecycle=having(_gone(30, sized(above=9)), _old_moved(1), _moved(31))),
        bad(lifecycle=having(_gone(30), _moved(30)), versioning="Disabled"),
        bad(lifecycle=having(on(expiration=Expiration(days=5), transitions=(Transition("GLACIER", 9),)))),
        bad(lifecycle=having(_old_gone(1), _old_gone(2))),
        bad(lifecycle=having(_old_gone(30), _old_moved(30))),
        bad(lifecycle=having(_old_gone(30, keeping=5), _old_moved(31, keeping=5))),
        bad(lifecycle=having(on(abort=Abort(1)), on(filter=below("tmp/"), abort=Abort(2)))),
    ],
)
def lifecycle_shadowed(bucket: BucketPosture, _: Estate) -> Verdict:
    """Every lifecycle rule can act: nothing it is about is deleted before.

    **Why.** Where rules overlap, the soonest deletion wins. A rule that would keep documents for a year does
    nothing beside one that deletes the whole bucket after a month, and one that archives what is already
    gone archives nothing.

    **Fix.** Give prefixes that do not contain each other, as the contract does, or select the shorter life by
    a tag. Where the short life is meant, take the other rule away.

    **Exempt it when** the longer rule is a reserve for the day when the shorter one is taken away.
    """
    if len(bucket.lifecycle.rules) > MOST_RULES:
        raise Undetermined("lifecycle", Unknown(f"there are more than {MOST_RULES} rules, which S3 refuses"))
    faults = shadowed(bucket.lifecycle, lambda: bucket.versioning == "Disabled")
    return fails_if(*faults, expected="a life that ends after all that is to happen in it")
