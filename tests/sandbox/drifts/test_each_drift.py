"""Each drift changes exactly what it says, and nothing else; taken back, it never was."""

import pytest

from sandbox.drifts import Live, NoRoomError, all_drifts, drift_named, inject
from tests.sandbox.drifts.drifting import drifted
from tests.sandbox.drifts.facts import Facts, Reader, changed
from tests.sandbox.drifts.objects import improper
from tests.sandbox.drifts.seen import SEEN

ELSEWHERE = {"account-block-deleted", "account-block-weakened", "bucket-deleted", "versioning-turned-on"}
"""They need a deployment of their own: test_whole_buckets.py, test_beyond_repair.py."""
OF_OBJECTS = {"object", "upload"}


def _happens_once(name: str) -> bool:
    """Objects can be put again; what else there is cannot be changed twice."""
    return not {fact.partition(".")[0] for fact in drift_named(name).changes} & OF_OBJECTS


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


@pytest.mark.parametrize(
    "name", [name for name in sorted(all_drifts().keys() - ELSEWHERE) if _happens_once(name)]
)
def test_what_is_so_already_does_not_happen_again(name: str, live: Live) -> None:
    """The second time nothing is left to be changed, which is said; the way back is the first one's."""
    with drifted(name, live):
        pass  # what was never set is from now on set to what it was
    before = live.server.buckets()
    with drifted(name, live), pytest.raises(NoRoomError):
        inject(drift_named(name), live)

    assert live.server.buckets() == before
