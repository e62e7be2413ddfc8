"""Which drifts are still there: each is, until what it changed is as it was before."""

from contextlib import ExitStack
from pathlib import Path

import pytest

from sandbox.accounts import account_of
from sandbox.drifts import Injected, Live, Standing, drift_named, inject_and_record, recorded, seen_of
from sandbox.drifts.looking import Seen, look
from sandbox.drifts.standing import DamagedRecordError, changed, forget, record
from tests.sandbox.drifts.drifting import drifted

HERE = ("123456789012", "us-west-2")
ONE_OF_EACH_KIND = (
    "plain-http-allowed", "access-point-undeclared", "role-widened", "role-made-administrator",
    "key-policy-widened", "distribution-disabled", "queue-opened", "trail-stopped", "upload-never-finished",
    "mfa-delete-on",
)  # fmt: skip


NO_DIGESTS = '[{"name": "x", "address": "x", "account": "1", "region": "x", "was": {"a": 1}}]'


def seen(live: Live) -> Seen:
    """All that is live now."""
    return look(live.server, account_of(live.environment), live.environment.region)


def standing(name: str = "a-drift", **was: str) -> Standing:
    """A drift that changed what stands under these paths."""
    return Standing(name, "bucket:files", *HERE, was)


def done(name: str = "shop-files", key: str = "") -> Injected:
    """What a drift did to that."""
    return Injected("bucket:files", name, "this", "that", key=key)


def test_drifts_stand_until_they_are_taken_back(live: Live) -> None:
    """Each is seen while it is there, whatever kind of thing it changes; then all is as before."""
    begin = now = seen(live)
    drifts: list[Standing] = []
    with ExitStack() as back:
        for name in ONE_OF_EACH_KIND:
            what = back.enter_context(drifted(name, live))
            before, now = now, seen(live)
            drifts.append(Standing(name, what.address, *HERE, changed(before, now, what, drifts)))
        there = [one.name for one in drifts if one.is_there(now)]
    after = seen(live)

    assert there == [*ONE_OF_EACH_KIND]
    assert [one.name for one in drifts if one.is_there(after)] == []
    assert after == begin


@pytest.mark.parametrize(
    ("before", "after", "outlived"),
    [
        pytest.param({"a": "2"}, {"a": "2"}, True, id="left as it was found"),
        pytest.param({"a": "2"}, {"a": "1"}, False, id="put right"),
        pytest.param({"a": "2"}, {"a": "3"}, False, id="made something else by a changed contract"),
        pytest.param({"a": "1"}, {"a": "1"}, False, id="put right before"),
        pytest.param({"a": "2", "b": "9"}, {"a": "1", "b": "9"}, True, id="put right in part"),
        pytest.param({"a": "2"}, {}, False, id="deleted"),
    ],
)
def test_a_deployment_puts_right_what_it_changes(
    before: dict[str, str], after: dict[str, str], outlived: bool
) -> None:
    """What it leaves as it found it, and is not as it was before the drift, stands."""
    assert standing(a="1", b="").outlived(before, after) == outlived


def test_a_drift_that_left_no_trace_stands() -> None:
    """Nobody can tell that it is gone."""
    assert standing().is_there({})
    assert standing().outlived({}, {"a": "1"})


def test_the_second_drift_of_a_value_knows_what_was_there_first() -> None:
    """Else a repair of both would look like a drift of the second."""
    first = standing(**{'["bucket", "x"]': "1"})
    was = changed({'["bucket", "x"]': "2"}, {'["bucket", "x"]': "3"}, done(), [first])

    assert was == {'["bucket", "x"]': "1"}


def test_of_objects_only_the_one_that_was_meant_counts() -> None:
    """Those that went with their bucket nobody can bring back."""
    own, other = '["object", "shop-files", "a"]', '["object", "shop-files", "b"]'
    before, after = {own: "1", other: "1", '["bucket", "x"]': "1"}, {own: "2"}

    assert changed(before, after, done(key="a"), ()) == {own: "1", '["bucket", "x"]': "1"}
    assert changed(before, after, done(), ()) == {'["bucket", "x"]': "1"}


def test_drifts_are_kept_from_one_command_to_the_next(live: Live, tmp_path: Path) -> None:
    """In the order in which they were injected, until they are forgotten."""
    record(tmp_path, [standing("an-older-one", x="1")])
    done = inject_and_record(tmp_path, drift_named("website-on"), live, "media")
    older, drift = recorded(tmp_path)
    during = seen(live)
    assert done.undo is not None
    done.undo()
    forget(tmp_path)

    assert older == standing("an-older-one", x="1")
    assert (drift.name, drift.address, drift.home) == ("website-on", "bucket:media", HERE)
    assert (drift.is_there(during), drift.is_there(seen_of(live.server, [drift])[HERE])) == (True, False)
    assert recorded(tmp_path) == ()


def test_nothing_is_looked_at_where_nothing_happened(live: Live) -> None:
    """Looking takes its time."""
    assert seen_of(live.server, ()) == {}


@pytest.mark.parametrize("text", ["", "{", "[1]", '[{"name": "x"}]', "7", NO_DIGESTS])
def test_a_damaged_record_is_told(text: str, tmp_path: Path) -> None:
    """With what to do; nothing is taken for a drift that is none."""
    record(tmp_path, ())
    (tmp_path / "drifts.json").write_text(text)

    with pytest.raises(DamagedRecordError, match=r"drifts\.json is damaged; remove it"):
        recorded(tmp_path)
