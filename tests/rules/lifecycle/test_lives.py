"""Do the rules on markers, uploads and small objects say what becomes of each, as the simulator has it?"""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from bucketwright.contract.lifecycle.classes import MINIMUM_SIZES, MinimumSize
from bucketwright.contract.lifecycle.days import midnight_after
from bucketwright.contract.lifecycle.rules import (
    Abort,
    Expiration,
    Filter,
    NoncurrentExpiration,
    NoncurrentTransition,
    Predicates,
    Rule,
    Transition,
)
from bucketwright.contract.lifecycle.simulator import StoredObject, Versioning, fate
from bucketwright.contract.limits import SMALL_OBJECT
from bucketwright.contract.terms import Terms
from bucketwright.facets.bucket.lifecycle import Lifecycle
from bucketwright.facets.lifecycle_rules import normal
from bucketwright.rules.lifecycle.lifecycle_abort_multipart import lifecycle_abort_multipart
from bucketwright.rules.lifecycle.lifecycle_delete_markers import lifecycle_delete_markers
from bucketwright.rules.lifecycle.lifecycle_small_objects import lifecycle_small_objects
from bucketwright.verdicts import Fails
from tests.rules.lifecycle.worlds import DAWN, KEYS, OLD, days, filters, objects, prefixes, verdict

STALE = Terms().stale_upload
states = st.sampled_from(["Enabled", "Enabled", "Disabled"])
bases = st.builds(Rule, st.just(0), st.just(None), states, filter=filters)
of_prefix = st.builds(lambda rule, prefix: replace(rule, filter=Filter(Predicates(prefix))), bases, prefixes)
removing = st.builds(lambda rule: replace(rule, expiration=Expiration(expired_marker=True)), of_prefix)
expiring = st.builds(lambda rule, count: replace(rule, expiration=Expiration(count)), bases, days)
forgetting = st.builds(
    lambda rule, count: replace(rule, noncurrent_expiration=NoncurrentExpiration(count)), bases, days
)
ending = st.builds(
    lambda rule, count: replace(rule, abort=Abort(count)), bases, st.integers(STALE - 1, STALE + 1)
)
classes = st.sampled_from(["STANDARD_IA", "GLACIER", "DEEP_ARCHIVE"])
moving = st.one_of(
    st.builds(lambda rule, to: replace(rule, transitions=(Transition(to, 30),)), bases, classes),
    st.builds(
        lambda rule, to: replace(rule, noncurrent_transitions=(NoncurrentTransition(to, 30),)), bases, classes
    ),
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.one_of(removing, expiring, forgetting), min_size=1, max_size=3),
    st.sampled_from(["Enabled", "Suspended"]),
)
def test_markers_are_left_where_no_rule_removes_them(rules: list[Rule], versioning: Versioning) -> None:
    """Below the prefix of each rule that deletes."""
    markers = [StoredObject(key, DAWN, delete_marker=True) for key in KEYS]
    left = [one.key for one in markers if not fate(rules, versioning, one)]
    deleting = [
        one for one in rules if one.enabled and not (one.expiration and one.expiration.expired_marker)
    ]
    expected = any(key.startswith(one.predicates[0].prefix or "") for one in deleting for key in left)

    assert isinstance(verdict(lifecycle_delete_markers, rules, versioning=versioning), Fails) == expected


@settings(max_examples=100, deadline=None)
@given(st.lists(ending, max_size=3))
def test_uploads_are_left_where_no_rule_ends_them_in_time(rules: list[Rule]) -> None:
    """Wherever they lie."""
    uploads = [StoredObject(key, DAWN, multipart_upload=True) for key in KEYS]
    ends = [[event.at for event in fate(rules, "Disabled", one)] for one in uploads]
    latest = midnight_after(DAWN, STALE)
    assert latest is not None
    expected = any(not end or end[0] > latest for end in ends)

    assert isinstance(verdict(lifecycle_abort_multipart, rules), Fails) == expected


@settings(max_examples=150, deadline=None)
@given(st.lists(moving, max_size=2), st.sampled_from([*MINIMUM_SIZES.values()]))
def test_small_objects_move_where_a_rule_moves_one(rules: list[Rule], smallest: MinimumSize) -> None:
    """Of the size that the bucket or the rule itself says."""
    kinds = (replace(one, minimum_transition_size=smallest) for one in (StoredObject("", DAWN), OLD))
    small = [one for kind in kinds for one in objects(kind) if one.size < SMALL_OBJECT]
    expected = any(fate(rules, "Enabled", one) for one in small)
    lifecycle = Lifecycle(normal(rules), smallest)

    assert isinstance(verdict(lifecycle_small_objects, [], lifecycle=lifecycle), Fails) == expected
