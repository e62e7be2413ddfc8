"""Is a fate told of an object whose fields contradict each other only where it is the same either way?"""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucketwright.contract.lifecycle.judge import judge_fate
from tests.contract.lifecycle.asking import EXPIRES, FORGETS, MOVES, event, line
from tests.contract.lifecycle.writing import CLEANS, aborts, expires, forgets, moves_later, rule

Fields = dict[str, object]
SIZED = {**EXPIRES, "Filter": {"ObjectSizeGreaterThan": 9}}
TAGGED = {**EXPIRES, "Filter": {"Tag": {"Key": "k", "Value": "v"}}}
MOVES_LATER = moves_later(1, "GLACIER")
REPLACED: Fields = {"noncurrent": True, "successor_created": "2024-01-15T08:00:00Z"}
OLDER: Fields = {"noncurrent": True, "successor_created": "2023-12-01"}
MARKER: Fields = {"delete_marker": True, "size": 0}
UPLOAD: Fields = {"multipart_upload": True, "size": None}

NO_SUCCESSOR = "object.successor_created is missing; a noncurrent version's days count from it"
TOO_EARLY = "object.successor_created lies before object.created; a version is replaced after it was made"
HAS_SUCCESSOR = "object.noncurrent is not true, and successor_created is said of noncurrent versions only"
HAS_NEWER = "object.noncurrent is not true, and newer_noncurrent_versions is said of noncurrent versions only"
NO_MARKER = (
    "object.delete_marker is missing; noncurrent_versions is asked of delete markers, and false says that "
    "it is none"
)
HAS_DATA = "object.size contradicts delete_marker; a marker has no data, and a rule asks for a size"
HAS_TAGS = "object.tags contradicts delete_marker; a marker has no tags, and a rule asks for one"
NO_VERSION = "object.multipart_upload contradicts noncurrent; an unfinished upload is no version yet"
NO_MARKER_YET = "object.multipart_upload contradicts delete_marker; an unfinished upload is no version yet"

IN_DOUBT: dict[str, tuple[Mapping[str, object], Fields, str]] = {
    "no successor, and an end": (FORGETS, {"noncurrent": True}, NO_SUCCESSOR),
    "no successor, and a move": (MOVES_LATER, {"noncurrent": True}, NO_SUCCESSOR),
    "a marker without a successor": (FORGETS, {**MARKER, "noncurrent": True}, NO_SUCCESSOR),
    "a successor long before, and an end": (FORGETS, OLDER, TOO_EARLY),
    "a successor long before, and a move": (MOVES_LATER, OLDER, TOO_EARLY),
    "a successor on the day before": (
        FORGETS,
        {"noncurrent": True, "successor_created": "2023-12-31T23:59:59Z"},
        TOO_EARLY,
    ),
    "a successor of a current version": (EXPIRES, {"successor_created": "2024-01-15"}, HAS_SUCCESSOR),
    "a successor of a version said to be current": (
        FORGETS,
        {"noncurrent": False, "successor_created": "2024-01-15"},
        HAS_SUCCESSOR,
    ),
    "newer old versions than a current one": (EXPIRES, {"newer_noncurrent_versions": 1}, HAS_NEWER),
    "newer old versions than a current one, and an end of old ones": (
        FORGETS,
        {"newer_noncurrent_versions": 1},
        HAS_NEWER,
    ),
    "the same move either way, if it was replaced at once": (
        {**moves_later(29, "GLACIER"), **MOVES},
        {"newer_noncurrent_versions": 1},
        HAS_NEWER,
    ),
    "versions under something": (EXPIRES, {"noncurrent_versions": 2}, NO_MARKER),
    "a marker with data, and a lower size": (SIZED, {"delete_marker": True}, HAS_DATA),
    "a marker with data, and an upper size": (
        {**EXPIRES, "Filter": {"ObjectSizeLessThan": 9}},
        {"delete_marker": True},
        HAS_DATA,
    ),
    "an old marker with data, and a size": (
        rule(Filter={"ObjectSizeLessThan": 9}, NoncurrentVersionExpiration={"NoncurrentDays": 1}),
        {**REPLACED, "delete_marker": True},
        HAS_DATA,
    ),
    "a marker with tags": (TAGGED, {**MARKER, "tags": {"k": "v"}}, HAS_TAGS),
    "an upload of an old version": (FORGETS, {**UPLOAD, **REPLACED}, NO_VERSION),
    "an upload of an old version, and an abort": (aborts(7), {**UPLOAD, **REPLACED}, NO_VERSION),
    "an upload of an old version, and no successor": (FORGETS, {**UPLOAD, "noncurrent": True}, NO_VERSION),
    "an upload of a marker": (CLEANS, {**UPLOAD, "delete_marker": True}, NO_MARKER_YET),
}


@pytest.mark.parametrize(("written", "fields", "because"), IN_DOUBT.values(), ids=IN_DOUBT)
def test_a_contradiction_that_matters_is_not_decided(
    written: Mapping[str, object], fields: Fields, because: str
) -> None:
    """Where the fate hangs on which field is right, it is null and the field is named."""
    asked = line(written, object_fields=fields, versioning="Enabled")

    assert judge_fate(asked) == {"id": 7, "events": None, "because": because}


HIDDEN = event("2024-01-31T00:00:00Z", "delete_marker")
CLEANED = event("2024-01-31T00:00:00Z", "remove_expired_marker")
FORGOTTEN = event("2024-01-17T00:00:00Z", "delete_permanently")
DECIDED: dict[str, tuple[Mapping[str, object], Fields, list[dict[str, object]]]] = {
    "no successor, and no rule for old versions": (EXPIRES, {"noncurrent": True}, []),
    "no successor, and another prefix": (
        {**FORGETS, "Filter": {"Prefix": "z"}},
        {"noncurrent": True},
        [],
    ),
    "no successor, and a rule switched off": ({**FORGETS, "Status": "Disabled"}, {"noncurrent": True}, []),
    "no successor, and too few newer versions": (
        forgets(1, NewerNoncurrentVersions=2),
        {"noncurrent": True, "newer_noncurrent_versions": 1},
        [],
    ),
    "a successor long before, and no rule for old versions": (EXPIRES, OLDER, []),
    "a successor hours before, on the same day": (
        FORGETS,
        {"noncurrent": True, "successor_created": "2024-01-01T10:29:59Z"},
        [event("2024-01-03T00:00:00Z", "delete_permanently")],
    ),
    "a successor in the same moment": (
        FORGETS,
        {"noncurrent": True, "successor_created": "2024-01-01T10:30:00Z"},
        [event("2024-01-03T00:00:00Z", "delete_permanently")],
    ),
    "a successor": (FORGETS, REPLACED, [FORGOTTEN]),
    "a successor, and a word on newer versions": (
        FORGETS,
        {**REPLACED, "newer_noncurrent_versions": 3},
        [FORGOTTEN],
    ),
    "a successor of a current version, and no rule": (
        {**EXPIRES, "Filter": {"Prefix": "z"}},
        {"successor_created": "2024-01-15"},
        [],
    ),
    "a successor of a current version, and the same move either way": (
        {**moves_later(29, "GLACIER"), **MOVES},
        {"successor_created": "2024-01-01T11:00:00Z"},
        [event("2024-01-31T00:00:00Z", "transition", "GLACIER")],
    ),
    "no newer old versions": (EXPIRES, {"newer_noncurrent_versions": 0, "noncurrent": False}, [HIDDEN]),
    "versions under a current one": (EXPIRES, {"noncurrent_versions": 2, "delete_marker": False}, [HIDDEN]),
    "no versions under it": (EXPIRES, {"noncurrent_versions": 0}, [HIDDEN]),
    "versions under it, and no rule": (
        {**EXPIRES, "Filter": {"Prefix": "z"}},
        {"noncurrent_versions": 2},
        [],
    ),
    "versions beside an old one": (FORGETS, {**REPLACED, "noncurrent_versions": 2}, [FORGOTTEN]),
    "versions under a marker": (EXPIRES, {**MARKER, "noncurrent_versions": 2}, []),
    "a marker with data, and no size asked": (EXPIRES, {"delete_marker": True}, [CLEANED]),
    "a marker with data, and a size that is the same for none": (
        {**EXPIRES, "Filter": {"ObjectSizeLessThan": 10**9}},
        {"delete_marker": True},
        [CLEANED],
    ),
    "a marker without data": (
        {**EXPIRES, "Filter": {"ObjectSizeLessThan": 9}},
        MARKER,
        [CLEANED],
    ),
    "a marker with data over versions": (SIZED, {"delete_marker": True, "noncurrent_versions": 1}, []),
    "a marker with tags, and no tag asked": (EXPIRES, {**MARKER, "tags": {"k": "v"}}, [CLEANED]),
    "a marker with other tags": (TAGGED, {**MARKER, "tags": {"k": "w"}}, []),
    "an object with data and tags": (TAGGED, {"tags": {"k": "v"}, "size": 10}, [HIDDEN]),
    "an upload": (aborts(7), UPLOAD, [event("2024-01-09T00:00:00Z", "abort")]),
    "an upload to a key with versions": (
        aborts(7),
        {**UPLOAD, "noncurrent_versions": 2},
        [event("2024-01-09T00:00:00Z", "abort")],
    ),
    "an upload of an old version, and no rule for either": (EXPIRES, {**UPLOAD, **REPLACED}, []),
    "an upload of a marker over versions": (
        CLEANS,
        {**UPLOAD, "delete_marker": True, "noncurrent_versions": 1},
        [],
    ),
}


@pytest.mark.parametrize(("written", "fields", "events"), DECIDED.values(), ids=DECIDED)
def test_a_contradiction_that_changes_nothing_is_no_matter(
    written: Mapping[str, object], fields: Fields, events: list[dict[str, object]]
) -> None:
    """Where the fate is the same either way, and where nothing contradicts, it is told."""
    asked = line(written, object_fields=fields, versioning="Enabled")

    assert judge_fate(asked) == {"id": 7, "events": events}


def test_a_bucket_never_versioned_does_nothing_to_old_versions() -> None:
    """There the fate of what cannot be is known: no rule touches it, whatever is missing."""
    assert judge_fate(line(FORGETS, object_fields={"noncurrent": True})) == {"id": 7, "events": []}
    assert judge_fate(line(FORGETS, object_fields=OLDER)) == {"id": 7, "events": []}


def test_the_last_days_of_the_calendar_are_no_trouble() -> None:
    """A version made on the last day of the year 9999 has no day left on which anything could happen."""
    last = {"created": "9999-12-31T12:00:00Z", "noncurrent": True}

    assert judge_fate(line(FORGETS, object_fields=last, versioning="Enabled")) == {"id": 7, "events": []}


rules = st.sampled_from(
    [EXPIRES, FORGETS, MOVES, MOVES_LATER, CLEANS, SIZED, TAGGED, aborts(3), expires(1), forgets(40)]
)
things = st.fixed_dictionaries(
    {"size": st.sampled_from([0, 10**6])},
    optional={
        "noncurrent": st.booleans(),
        "successor_created": st.sampled_from(["2023-12-01", "2024-01-01T11:00:00Z", "2024-02-01"]),
        "newer_noncurrent_versions": st.integers(0, 2),
        "delete_marker": st.booleans(),
        "noncurrent_versions": st.integers(0, 2),
        "multipart_upload": st.booleans(),
        "tags": st.sampled_from([{}, {"k": "v"}]),
    },
)
versionings = st.sampled_from(["Enabled", "Suspended", "Disabled"])


def whole(thing: Mapping[str, Any]) -> bool:
    """Whether no field is said that a thing of its kind does not have."""
    old, marker, upload = (
        bool(thing.get(flag)) for flag in ("noncurrent", "delete_marker", "multipart_upload")
    )
    replaced = thing.get("successor_created")
    return (
        not (upload and (old or marker))
        and (replaced is None) != old
        and (not old or replaced != "2023-12-01")
        and (old or not thing.get("newer_noncurrent_versions"))
        and (marker or not thing.get("noncurrent_versions"))
        and not (marker and (thing["size"] or thing.get("tags")))
    )


@settings(max_examples=200, deadline=None)
@given(st.lists(rules, max_size=3), versionings, things)
def test_what_does_not_contradict_itself_has_a_fate(
    written: list[dict[str, object]], versioning: str, thing: Mapping[str, Any]
) -> None:
    """Null is only for contradictions, and never where there is no rule at all."""
    told = judge_fate(line(*written, object_fields=thing, versioning=versioning))

    if whole(thing) or not written:
        assert told["events"] is not None
    assert (told["events"] is None) == ("because" in told)


@settings(max_examples=200, deadline=None)
@given(st.lists(rules, max_size=3), versionings, things, st.sampled_from(["2024-01-02", "2024-05-05"]))
def test_a_fate_that_is_told_needs_no_successor(
    written: list[dict[str, object]], versioning: str, thing: Mapping[str, Any], since: str
) -> None:
    """Where a version without successor has a fate, it has the same with any successor after it."""
    old = {**thing, "noncurrent": True, "successor_created": None}
    told = judge_fate(line(*written, object_fields=old, versioning=versioning))

    if told["events"] is not None:
        filled = {**old, "successor_created": since}
        assert judge_fate(line(*written, object_fields=filled, versioning=versioning)) == told
