"""Is an action said to come too late just where no object lives to see it, as the simulator has it?"""

from collections.abc import Iterator
from dataclasses import replace

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bucketwright.contract.lifecycle.rules import (
    Abort,
    Expiration,
    NoncurrentExpiration,
    NoncurrentTransition,
    Rule,
    Transition,
)
from bucketwright.contract.lifecycle.simulator import StoredObject, Versioning, fate
from bucketwright.contract.lifecycle.validity import MOST_RULES
from bucketwright.rules.lifecycle.lifecycle_shadowed import lifecycle_shadowed
from bucketwright.verdicts import Fails, Undecided
from tests.rules.lifecycle.worlds import DAWN, KEYS, OLD, days, filters, objects, verdict, versionings

NAME = "ours"
newer = st.sampled_from([None, 1, 2])
bases = st.builds(Rule, st.just(0), st.just(None), st.just("Enabled"), filter=filters)
ends = st.one_of(
    st.builds(lambda rule, count: replace(rule, expiration=Expiration(count)), bases, days),
    st.builds(
        lambda rule, count, kept: replace(rule, noncurrent_expiration=NoncurrentExpiration(count, kept)),
        bases,
        days,
        newer,
    ),
    st.builds(lambda rule, count: replace(rule, abort=Abort(count)), bases, days),
)
moves = st.one_of(
    st.builds(lambda rule, count: replace(rule, transitions=(Transition("GLACIER", count),)), bases, days),
    st.builds(
        lambda rule, count, kept: replace(
            rule, noncurrent_transitions=(NoncurrentTransition("GLACIER", count, kept),)
        ),
        bases,
        days,
        newer,
    ),
)


def world(rule: Rule) -> Iterator[StoredObject]:
    """All that the action of a rule may be about."""
    if rule.abort:
        yield from (StoredObject(key, DAWN, multipart_upload=True) for key in KEYS)
    elif rule.expiration or rule.transitions:
        for version in (None, "v1"):
            yield from objects(StoredObject("", DAWN, version_id=version))
    else:
        for kept in range(3):
            yield from objects(replace(OLD, newer_noncurrent_versions=kept))


def acts(rule: Rule, others: list[Rule], versioning: Versioning) -> bool | None:
    """Whether some object sees the action; None where none would even if the rule were alone.

    What is said of old versions holds for the day when there are some.
    """
    if rule.noncurrent_expiration or rule.noncurrent_transitions:
        versioning = "Enabled"
    alone = [(stored, fate([rule], versioning, stored)) for stored in world(rule)]
    touched = [(stored, events[0]) for stored, events in alone if events]
    if not touched:
        return None
    return any(event in fate([rule, *others], versioning, stored) for stored, event in touched)


def is_late(ours: Rule, others: list[Rule], versioning: Versioning) -> bool:
    """Whether the rule of the catalogue says so."""
    found = verdict(lifecycle_shadowed, [ours, *others], versioning=versioning)
    return isinstance(found, Fails) and any(fault.form.startswith(f"'{NAME}'") for fault in found.faults)


@settings(max_examples=200, deadline=None)
@given(st.one_of(ends, moves), ends, versionings)
def test_an_action_is_too_late_where_no_object_sees_it(
    ours: Rule, other: Rule, versioning: Versioning
) -> None:
    """Whatever the two rules select, and however the bucket keeps versions."""
    ours = replace(ours, id=NAME)
    seen = acts(ours, [other], versioning)
    assume(seen is not None)

    assert is_late(ours, [other], versioning) is not seen


@settings(max_examples=100, deadline=None)
@given(st.one_of(ends, moves), st.lists(ends, min_size=2, max_size=3), versionings)
def test_no_action_is_called_too_late_that_some_object_sees(
    ours: Rule, others: list[Rule], versioning: Versioning
) -> None:
    """However many rules there are beside it."""
    ours = replace(ours, id=NAME)
    seen = acts(ours, others, versioning)
    assume(seen is not None)

    assert not (seen and is_late(ours, others, versioning))


def test_more_rules_than_s3_takes_are_not_compared() -> None:
    """Each would be compared with each."""
    rule = Rule(0, None, "Enabled", abort=Abort(1))

    assert not isinstance(verdict(lifecycle_shadowed, [rule] * MOST_RULES), Undecided)
    assert isinstance(verdict(lifecycle_shadowed, [rule] * (MOST_RULES + 1)), Undecided)
