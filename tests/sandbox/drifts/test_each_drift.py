"""Each drift changes exactly what it says, and nothing else; taken back, it never was."""

import pytest

from sandbox.drifts import Live, all_drifts, drift_named
from tests.sandbox.drifts.drifting import drifted
from tests.sandbox.drifts.facts import Facts, Reader, changed
from tests.sandbox.drifts.objects import improper
from tests.sandbox.drifts.seen import SEEN

ELSEWHERE = {"account-block-removed", "bucket-deleted"}
"""They need a deployment of their own: test_whole_buckets.py."""
CAME = {"access_point.undeclared", "bucket.undeclared"}


@pytest.mark.parametrize("name", sorted(all_drifts().keys() - ELSEWHERE))
def test_a_drift_changes_what_it_says(name: str, live: Live, reader: Reader, before: Facts) -> None:
    """The facts that it names, of the one thing that it names, and none of anything else."""
    with drifted(name, live) as done:
        after, wrong = reader.facts(), improper(live)

    touched = changed(before, after)
    assert {fact for _, fact in touched | wrong} == drift_named(name).changes
    assert {thing for thing, _ in touched} <= {done.name}
    assert {key for key, _ in wrong} <= {done.key}
    seen = {
        fact: SEEN[name][fact](before[thing, fact], after[thing, fact])
        for thing, fact in touched
        if fact not in CAME
    }
    assert seen == dict.fromkeys(SEEN.get(name, {}), True)


@pytest.mark.parametrize("name", sorted(all_drifts().keys() - ELSEWHERE))
def test_a_drift_can_be_taken_back(name: str, live: Live, reader: Reader, before: Facts) -> None:
    """All is as it was, and nothing is left behind."""
    with drifted(name, live) as done:
        touched = {(done.name, fact) for fact in drift_named(name).changes}

    again = reader.again(touched)
    assert {key: fact for key, fact in before.items() if key in again} == again
    assert [one for one in live.server.buckets() if one["objects"] or one["uploads"]] == []
