"""What is remembered of findings from run to run."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bucketwright.findings import Finding, Subject
from bucketwright.history import (
    MOST_RUNS,
    NOTHING,
    History,
    HistoryError,
    Remembered,
    Tally,
    as_data,
    read,
    recalled,
    remembered,
    tallied,
)
from bucketwright.same_versions import followed
from bucketwright.verdicts import SEVERITIES, Fault

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
THEN = NOW - timedelta(days=3)
FILES = Subject("bucket", "bucket:files", "shop-prod-files")
ONE = Finding("tls-only", "fail", "high", FILES, (Fault("plain HTTP is let in"),))
OTHER = Finding("abac-on", "fail", "medium", FILES, (Fault("ABAC is on"),))
BEFORE = remembered([ONE], NOTHING, THEN, "first")


def test_a_finding_that_is_still_there_is_known_since_then() -> None:
    """New is what nobody remembers."""
    found = recalled([ONE, OTHER], BEFORE, NOW)

    assert found.first_seen == {ONE.fingerprint: THEN, OTHER.fingerprint: NOW}
    assert found.new == {OTHER.fingerprint}
    assert found.comparison.unchanged == (ONE,)


def test_a_consequence_is_known_since_its_cause_or_longer() -> None:
    """What was a finding of its own before keeps its own time."""
    cause = replace(ONE, consequences=(OTHER,))
    earlier = remembered([OTHER], NOTHING, THEN - timedelta(days=1), "zeroth")
    both = replace(BEFORE, known=(*BEFORE.known, *earlier.known))

    assert recalled([cause], BEFORE, NOW).first_seen[OTHER.fingerprint] == THEN
    assert recalled([cause], both, NOW).first_seen[OTHER.fingerprint] == THEN - timedelta(days=1)
    assert recalled([cause], NOTHING, NOW).first_seen[OTHER.fingerprint] == NOW


def test_a_finding_that_is_gone_is_fixed() -> None:
    """It is named as it was."""
    [fixed] = recalled([], BEFORE, NOW).comparison.fixed

    assert fixed.fingerprint == ONE.fingerprint
    assert remembered([], BEFORE, NOW).known == ()


def test_what_is_not_decided_now_is_not_fixed() -> None:
    """It stays remembered, since when it was."""
    unknown = replace(ONE, status="unknown", faults=(), because="policy: denied")

    assert recalled([unknown], BEFORE, NOW).comparison.fixed == ()
    assert remembered([unknown], BEFORE, NOW).known == BEFORE.known


DRIFT = Finding("config-drift", "fail", "high", FILES, (Fault("ABAC is on"),), facts=("abac",), aspect="abac")
OBJECT = Finding("object-sse-c", "fail", "low", Subject("object", "object:files/a", "a", "a"), (Fault("x"),))
UNREAD = Finding("not-evaluated", "unknown", "medium", FILES, because="denied")
ACCOUNT = Subject("account", "account:1", "1")


@pytest.mark.parametrize(
    ("unread", "hidden"),
    [
        pytest.param(replace(UNREAD, facts=("abac", "cors")), {"config-drift"}, id="the fact"),
        pytest.param(replace(UNREAD, facts=("cors",)), set(), id="another fact"),
        pytest.param(UNREAD, {"config-drift", "object-sse-c"}, id="the whole bucket"),
        pytest.param(replace(UNREAD, subject=ACCOUNT, aspect="bucket"), {"config-drift"}, id="all buckets"),
        pytest.param(replace(UNREAD, subject=ACCOUNT, aspect="trail"), set(), id="all of another kind"),
    ],
)
def test_what_cannot_be_read_any_more_is_not_fixed(unread: Finding, hidden: set[str]) -> None:
    """The drift may be there still: it is no longer to be seen."""
    before = remembered([DRIFT, OBJECT], NOTHING, THEN)
    fixed = {
        one.rule for one in recalled([unread], before, NOW).comparison.fixed if isinstance(one, Remembered)
    }

    assert fixed == {"config-drift", "object-sse-c"} - hidden
    assert {one.rule for one in remembered([unread], before, NOW)} == hidden


def test_what_stands_inside_another_finding_now_is_not_fixed() -> None:
    """It has only found its cause."""
    assert recalled([replace(OTHER, consequences=(ONE,))], BEFORE, NOW).comparison.fixed == ()


@pytest.mark.parametrize(
    "worse",
    [
        pytest.param(replace(ONE, faults=(*ONE.faults, Fault("more"))), id="another fault"),
        pytest.param(replace(ONE, severity="critical"), id="graver"),
    ],
)
def test_a_finding_that_got_worse_is_new_and_no_longer_accepted(worse: Finding) -> None:
    """What somebody accepted was something else; since when there is trouble stays told."""
    found = recalled([worse], BEFORE, NOW, accepted=BEFORE)

    assert found.new == {ONE.fingerprint}
    assert found.accepted == frozenset()
    assert found.first_seen[ONE.fingerprint] == THEN


def test_what_is_accepted_is_known_by_its_fingerprint() -> None:
    """A lesser form is accepted, too."""
    lesser = replace(ONE, severity="low")

    assert recalled([lesser, OTHER], NOTHING, NOW, accepted=BEFORE).accepted == {ONE.fingerprint}


def test_what_is_exempted_or_passes_is_not_remembered() -> None:
    """Only what fails and nobody excused."""
    found = [replace(ONE, status="pass"), replace(OTHER, status="unknown")]

    assert remembered(found, NOTHING, NOW).known == ()


def test_a_history_is_parted_by_what_is_looked_at() -> None:
    """What a run does not look at it says nothing of."""
    both = remembered([ONE, replace(OTHER, subject=replace(FILES, address="bucket:logs"))], NOTHING, NOW)
    about, rest = both.parted(lambda one: one.address == "bucket:logs")

    assert ([one.rule for one in about], [one.rule for one in rest]) == (["abac-on"], ["tls-only"])


def of_versions(ids: Sequence[str], *, deleted: bool = False) -> list[Finding]:
    """One of each version of a key, the last of which is current."""
    former = ids if deleted else ids[:-1]
    addresses = {
        one: f"object:files@{one or 'null'}/a@b/c" if one in former else "object:files/a@b/c" for one in ids
    }
    subjects = (Subject("object", addresses[one], key="a@b/c", version_id=one) for one in ids)
    return [replace(OBJECT, subject=subject) for subject in subjects]


_VERSIONS = st.builds(of_versions, st.sets(st.sampled_from("1234")).map(sorted), deleted=st.booleans())


@given(_VERSIONS, _VERSIONS)
def test_a_version_is_followed_wherever_it_lies(then: list[Finding], now: list[Finding]) -> None:
    """Overwritten, deleted or laid bare again: it is as old as it was, and neither new nor fixed."""
    before = followed(remembered(then, NOTHING, THEN), now)
    found = recalled(now, before, NOW)
    known = {one.subject.version_id for one in then}
    stayed = [one for one in now if one.subject.version_id in known]
    unchanged, fixed = found.comparison.unchanged, found.comparison.fixed

    assert [one for one in unchanged if one in stayed] == stayed
    assert {found.first_seen[one.fingerprint] for one in stayed} <= {THEN}
    assert (len(fixed) + len(unchanged), len(found.new) + len(unchanged)) == (len(then), len(now))
    assert set(remembered(now, before, NOW)) >= set(remembered(stayed, NOTHING, THEN))


@pytest.mark.parametrize(
    ("then", "now"),
    [
        pytest.param([""], ["", "1"], id="null"),
        pytest.param(["1"], ["1", "2"], id="kept before versions were told"),
    ],
)
def test_what_names_no_version_is_known_by_its_address(then: list[str], now: list[str]) -> None:
    """A null version may be another one by now, and what earlier programs kept does not say."""
    text = json.loads(json.dumps(as_data(remembered(of_versions(then), NOTHING, THEN))))
    for one in text["findings"]:
        del one["version_id"]
    before = read(json.dumps(text).encode())
    found = recalled(of_versions(now), followed(before, of_versions(now)), NOW)

    assert [one.subject.version_id for one in found.comparison.new] == now[:-1]
    assert [one.subject.version_id for one in found.comparison.unchanged] == now[-1:]


def test_the_place_of_a_lost_null_version_is_taken_by_the_one_below() -> None:
    """The lost one is fixed, by the address that it would have now."""
    now = of_versions(["1"])
    found = recalled(now, followed(remembered(of_versions(["1", ""]), NOTHING, THEN), now), NOW).comparison

    assert found.unchanged == tuple(now)
    assert [one.address for one in found.fixed if isinstance(one, Remembered)] == ["object:files@null/a@b/c"]


def test_an_accepted_version_stays_accepted_and_no_other() -> None:
    """Wherever it lies: what a newer version has wrong nobody accepted."""
    now = of_versions(["1", "2"])
    accepted = followed(remembered(of_versions(["1"]), NOTHING, THEN), now)
    found = recalled(now, NOTHING, NOW, accepted).accepted

    assert [one.subject.version_id for one in now if one.fingerprint in found] == ["1"]


_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
_FINDINGS = st.builds(
    Finding,
    _TEXT,
    st.just("fail"),
    st.sampled_from(SEVERITIES),
    st.builds(Subject, _TEXT, _TEXT, _TEXT, _TEXT, version_id=_TEXT),
    st.lists(_TEXT.map(Fault), max_size=3).map(tuple),
    aspect=_TEXT,
)


@given(st.lists(_FINDINGS, max_size=5))
def test_what_is_written_is_read_again(findings: list[Finding]) -> None:
    """Whatever the names."""
    kept = remembered(findings, NOTHING, NOW, "run")
    again = read(json.dumps(as_data(kept)).encode())

    assert (set(again.known), again.run, again.time) == (set(kept.known), "run", NOW)


def test_each_run_is_counted_after_those_before() -> None:
    """By severity, with what it did not decide."""
    first = tallied(BEFORE, NOTHING, 2)
    second = tallied(remembered([OTHER], first, NOW), first, 0)

    assert first.tallies == (Tally(THEN, {"high": 1}, 2),)
    assert second.tallies == (*first.tallies, Tally(NOW, {"medium": 1}))
    assert [one.total for one in second.tallies] == [1, 1]
    assert read(json.dumps(as_data(second)).encode()).tallies == second.tallies


def test_what_never_ran_is_not_counted() -> None:
    """It has no time."""
    assert tallied(NOTHING, BEFORE, 0) == NOTHING


def test_the_oldest_runs_are_forgotten() -> None:
    """A file does not grow for ever."""
    long_ago = tuple(Tally(THEN + timedelta(minutes=one)) for one in range(MOST_RUNS))
    kept = tallied(BEFORE, History(tallies=long_ago), 0).tallies

    assert len(kept) == MOST_RUNS
    assert kept[:-1] == long_ago[1:]


def counted(**changes: object) -> bytes:
    """A file of one run, one field of it changed."""
    whole = json.loads(json.dumps(as_data(tallied(BEFORE, NOTHING, 1))))
    whole["runs"][0].update(changes)
    return json.dumps(whole).encode()


def told(**changes: object) -> bytes:
    """A file of one finding, one field of it changed."""
    whole = json.loads(json.dumps(as_data(BEFORE)))
    whole["findings"][0].update(changes)
    return json.dumps(whole).encode()


@pytest.mark.parametrize(
    ("text", "because"),
    [
        pytest.param(b"", "is not JSON", id="empty"),
        pytest.param(b"\xff", "is not UTF-8", id="bytes"),
        pytest.param(b"[" * 10_000, "is nested deeper", id="deep"),
        pytest.param(b"[]", "is not a list of findings", id="another shape"),
        pytest.param(b'{"version": 9, "findings": []}', "is of version 9", id="another version"),
        pytest.param(told(severity="awful"), "holds something that is no finding", id="no severity"),
        pytest.param(told(version_id=1), "holds something that is no finding", id="no version"),
        pytest.param(told(forms=[1]), "holds something that is no finding", id="no form"),
        pytest.param(told(first_seen="yesterday"), "holds a time that is none", id="no time"),
        pytest.param(told(first_seen="2026-11-21T12:00:00"), "holds a time that is none", id="no zone"),
        pytest.param(counted(time="noon"), "holds a time that is none", id="no time of a run"),
        pytest.param(counted(open={"awful": 1}), "no count of a run", id="no severity of a run"),
        pytest.param(counted(open={"high": -1}), "no count of a run", id="fewer than none"),
        pytest.param(counted(open={"high": True}), "no count of a run", id="a truth for a number"),
        pytest.param(counted(undecided="1"), "no count of a run", id="a text for a number"),
        pytest.param(counted(undecided=True), "no count of a run", id="a truth for a number undecided"),
    ],
)
def test_a_file_that_is_none_is_refused(text: bytes, because: str) -> None:
    """In a sentence, never half read."""
    with pytest.raises(HistoryError, match=because):
        read(text)


def test_nothing_is_remembered_before_the_first_run() -> None:
    """And nothing is told of its time."""
    assert (NOTHING.known, NOTHING.time) == ((), None)
    assert read(json.dumps(as_data(NOTHING)).encode()) == History()
