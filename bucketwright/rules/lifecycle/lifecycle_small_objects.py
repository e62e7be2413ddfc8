from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from bucketwright.contract.lifecycle.classes import SMALL_OBJECT_TARGETS
from bucketwright.contract.lifecycle.rules import Expiration, NoncurrentTransition, Rule, Transition
from bucketwright.contract.limits import SMALL_OBJECT
from bucketwright.estate import BucketPosture
from bucketwright.facets.bucket.lifecycle import FRESH, Lifecycle
from bucketwright.plain_text import shown
from bucketwright.posture import Estate
from bucketwright.rules.example_lifecycles import by_class, having, off, on, sized
from bucketwright.rules.examples import bad, good
from bucketwright.rules.lifecycle_scopes import enabled, fault_of, scope
from bucketwright.rules.rule import CHOSEN, Change, change, rule
from bucketwright.verdicts import LOW, Fault, Verdict, fails_if

_TO_GLACIER: Final = (Transition("GLACIER", 30),)
_TO_IA: Final = (Transition("STANDARD_IA", 30),)


@rule(
    "lifecycle-small-objects",
    severity=LOW,
    tier=CHOSEN,
    reads=["lifecycle"],
    examples=lambda: [
        good(lifecycle=FRESH),
        good(lifecycle=having(on(transitions=_TO_GLACIER))),
        good(lifecycle=by_class(on(transitions=_TO_IA), on(expiration=Expiration(days=90)))),
        good(lifecycle=by_class(off(transitions=_TO_GLACIER))),
        good(lifecycle=by_class(on(filter=sized(above=SMALL_OBJECT - 1), transitions=_TO_GLACIER))),
        good(lifecycle=having(on(filter=sized(below=9), expiration=Expiration(days=90)))),
        bad(lifecycle=by_class(on(transitions=_TO_GLACIER))),
        bad(lifecycle=by_class(on(noncurrent_transitions=(NoncurrentTransition("DEEP_ARCHIVE", 1),)))),
        bad(lifecycle=having(on(filter=sized(above=SMALL_OBJECT - 2), transitions=_TO_IA))),
        bad(lifecycle=having(on(filter=sized(below=2**30), transitions=_TO_IA))),
        bad(
            lifecycle=having(
                on(filter=sized(above=0), noncurrent_transitions=(NoncurrentTransition("GLACIER", 1),))
            )
        ),
    ],
)
def lifecycle_small_objects(bucket: BucketPosture, _: Estate) -> Verdict:
    """Objects below 128 KiB stay in the class they are in.

    **Why.** Every move is paid for by the object, and the colder classes charge for 128 KiB at the least, or
    for 40 KiB more than there is: a small object costs more after its move than before.

    **Fix.** Leave `minimum_transition_size` out of the bucket, and `archive_above` out of its prefixes or at
    128 KiB and more. A rule with a size of its own moves whatever it selects, whatever the bucket says.

    **Exempt it when** small objects are put away for years, and it was worked out that this is cheaper.
    """
    return fails_if(
        *(fault for one in enabled(bucket.lifecycle) for fault in _moves(one, bucket.lifecycle)),
        expected="moves of objects of 128 KiB and more",
    )


@lifecycle_small_objects.fix()
def leave_small_ones(bucket: BucketPosture, _: Estate) -> Change:
    """Sets the bucket's least size back to 128 KiB for all classes; rules with sizes stay as they are."""
    return change(bucket, "lifecycle", replace(bucket.lifecycle, minimum_size=FRESH.minimum_size))


def _moves(one: Rule, lifecycle: Lifecycle) -> Iterator[Fault]:
    """The classes that a rule moves small objects to."""
    above, targets = scope(one).greater_than, SMALL_OBJECT_TARGETS[lifecycle.minimum_size]
    takes_small = above is None or above < SMALL_OBJECT - 1
    classes = [move.storage_class for move in one.transitions]
    for name in (*classes, *(move.storage_class for move in one.noncurrent_transitions)):
        if takes_small and (one.has_size or name in targets):
            yield fault_of(one, f"moves objects below 128 KiB to {shown(name)}")
