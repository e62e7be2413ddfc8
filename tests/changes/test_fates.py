"""Is what a change does to an object told as from its own life, however many share the answer?"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucketwright.changes.fates import Fates, Terms, Undecided
from bucketwright.contract.lifecycle.parsing import parse_rules
from bucketwright.contract.lifecycle.simulator import Versioning
from bucketwright.objects.lying import Lying
from tests.changes.lying import NOW, TODAY, lying, slowly

KEYS: Final = ("", "a", "a/", "a/b", "a0", "a/\U0010ffff", "a/\U0010ffffz", "b", "é", "\ud7ff", "\ue000")
VERSIONINGS: Final[tuple[Versioning, ...]] = ("Enabled", "Suspended", "Disabled")
TAGS: Final[tuple[Mapping[str, str], ...]] = ({}, {"k": "1"}, {"k": "2", "x": "y"}, {"j": "1"})


def _filter(prefix: str, tag: tuple[str, str] | None, above: int | None) -> dict[str, object]:
    chosen: dict[str, object] = {"Prefix": prefix}
    if tag is not None:
        chosen["Tags"] = [{"Key": tag[0], "Value": tag[1]}]
    if above is not None:
        chosen["ObjectSizeGreaterThan"] = above
    return {"And": chosen}


ACTIONS: Final = st.sampled_from(
    [
        {"Expiration": {"Days": 30}},
        {"Expiration": {"Days": 400}},
        {"Expiration": {"Date": "2027-01-01T00:00:00Z"}},
        {"Expiration": {"Date": "2020-01-01T00:00:00Z"}},
        {"Transitions": [{"Days": 60, "StorageClass": "GLACIER"}]},
        {
            "Transitions": [
                {"Days": 5, "StorageClass": "STANDARD_IA"},
                {"Days": 90, "StorageClass": "GLACIER"},
            ]
        },
        {"NoncurrentVersionExpiration": {"NoncurrentDays": 7}},
        {"NoncurrentVersionExpiration": {"NoncurrentDays": 7, "NewerNoncurrentVersions": 2}},
        {"NoncurrentVersionTransitions": [{"NoncurrentDays": 3, "StorageClass": "GLACIER_IR"}]},
    ]
)
RULES: Final = st.lists(
    st.builds(
        lambda action, prefix, tag, above, status: {
            "ID": "r",
            "Status": status,
            "Filter": _filter(prefix, tag, above),
            **action,
        },
        ACTIONS,
        st.sampled_from(["", "", "", *KEYS]),
        st.sampled_from([None, None, None, None, ("k", "1"), ("k", "2"), ("j", "1")]),
        st.sampled_from([None, None, None, 100, 200_000]),
        st.sampled_from(["Enabled", "Enabled", "Enabled", "Disabled"]),
    ),
    max_size=3,
)
TERMS: Final = st.builds(
    lambda rules, versioning, size: Terms(tuple(parse_rules(rules)), versioning, size),
    RULES,
    st.sampled_from(["Enabled", *VERSIONINGS]),
    st.sampled_from(["all_storage_classes_128K", "varies_by_storage_class"]),
)


@st.composite
def objects(draw: st.DrawFn) -> Lying:
    """An object or version, put there at any second of the last two years."""
    day = st.sampled_from(
        [0, 1, 3, 4, 5, 6, 7, 8, 9, 29, 30, 31, 32, 60, 61, 62, 90, 91, 399, 400, 401, 402, 700]
    )
    age = 86_400 * draw(day) + draw(st.sampled_from([0, 1, 30_000, 55_799, 55_800, 86_399]))
    since = min(age, 86_400 * draw(day) + draw(st.sampled_from([0, 40_000])))
    latest = draw(st.booleans())
    return Lying(
        key=draw(st.sampled_from(KEYS)) + draw(st.sampled_from(["", "x", "/y"])),
        size=draw(st.sampled_from([0, 100, 101, 131_071, 131_072, 200_000, 200_001])),
        modified=NOW - timedelta(seconds=age),
        storage_class=draw(st.sampled_from(["STANDARD", "STANDARD_IA", "GLACIER", "NEW"])),
        version_id=draw(st.sampled_from(["", "null", "v1"])),
        is_latest=latest,
        noncurrent_since=None if latest else NOW - timedelta(seconds=since),
        newer_noncurrent=None if latest else draw(st.integers(0, 4)),
        tags=draw(st.sampled_from(TAGS)),
    )


@settings(max_examples=150)
@given(then=TERMS, now=TERMS, several=st.lists(objects(), max_size=8))
def test_shared_answers_are_everybodys_own(then: Terms, now: Terms, several: list[Lying]) -> None:
    """Each object's shifts are those of its own life, day by day, whoever was asked about before."""
    fates = Fates(then, now, TODAY)

    for one in several:
        found = fates.of(one)
        assert not isinstance(found, Undecided)
        assert set(found) == slowly(then, now, one, one.tags or {})


@settings(max_examples=150)
@given(then=TERMS, now=TERMS, one=objects())
def test_tags_that_were_not_read_are_never_guessed(then: Terms, now: Terms, one: Lying) -> None:
    """Without its tags an object has an answer only where all tags it may have lead to the same."""
    found = Fates(then, now, TODAY).of(one._replace(tags=None))
    possible = [
        slowly(then, now, one, {name: value for name, value in (("k", k), ("j", j)) if value})
        for k in ("", "1", "2")
        for j in ("", "1")
    ]

    if isinstance(found, Undecided):
        assert found.reason.startswith("a rule selects by tags, and their tags were not read: a later `audit")
        assert any(set(other) != set(possible[0]) for other in possible)
    else:
        assert all(other == set(found) for other in possible)


def _terms(*rules: Mapping[str, object], versioning: Versioning = "Enabled") -> Terms:
    whole = [{"ID": "r", "Status": "Enabled", "Filter": {"Prefix": ""}, **rule} for rule in rules]
    return Terms(tuple(parse_rules(whole)), versioning, "all_storage_classes_128K")


def _events(fates: Fates, one: Lying) -> list[str]:
    found = fates.of(one)
    assert not isinstance(found, Undecided)
    return [shift.event for shift in found]


KEPT: Final = _terms()
SOON: Final = _terms({"Expiration": {"Days": 7}})
OLD_GO: Final = _terms({"NoncurrentVersionExpiration": {"NoncurrentDays": 7, "NewerNoncurrentVersions": 3}})


@pytest.mark.parametrize(
    ("one", "now", "reason"),
    [
        pytest.param(
            lying("a")._replace(modified=None), SOON, "when they were put there cannot be read", id="no time"
        ),
        pytest.param(
            lying("a")._replace(is_latest=False),
            SOON,
            "since when they are old versions was not read",
            id="no successor",
        ),
        pytest.param(
            lying("a")._replace(is_latest=False, noncurrent_since=NOW),
            OLD_GO,
            "how many newer old versions there are was not read",
            id="no number of newer ones where one is asked for",
        ),
    ],
)
def test_what_decides_and_was_not_read_is_said(one: Lying, now: Terms, reason: str) -> None:
    """Nothing is taken to be as it usually is."""
    assert Fates(KEPT, now, TODAY).of(one) == Undecided(reason)


def test_a_number_nobody_asks_for_is_not_missed() -> None:
    """Where no rule counts newer versions nobody needs to know how many there are."""
    one = lying("a")._replace(is_latest=False, noncurrent_since=NOW)

    assert Fates(KEPT, SOON, TODAY).of(one) == ()


def test_a_delete_marker_has_no_life_to_change() -> None:
    """There is nothing in it that anybody could lose."""
    assert Fates(KEPT, SOON, TODAY).of(lying("a")._replace(is_marker=True)) == ()


def test_what_is_over_is_not_told() -> None:
    """An object that was to go by last midnight is none of this change's, one that goes at the next is."""
    then, now = _terms({"Expiration": {"Days": 5}}), KEPT
    moved = _terms({"Transitions": [{"Days": 60, "StorageClass": "GLACIER"}]})

    assert Fates(then, now, TODAY).of(lying("a", days=6)) == ()
    assert Fates(then, moved, TODAY).of(lying("a", days=6)) == (), "nor is it moved any more"
    assert Fates(then, now, TODAY).of(lying("a", days=5)) == (
        ("delete", "", TODAY + timedelta(days=1), None),
    )


def test_a_move_that_is_over_is_not_told() -> None:
    """Whatever becomes of the rule by which it was made."""
    then = _terms({"Transitions": [{"Days": 5, "StorageClass": "GLACIER"}]})

    assert Fates(then, KEPT, TODAY).of(lying("a", days=6)) == ()
    assert len(Fates(then, KEPT, TODAY).of(lying("a", days=5))) == 1


def test_a_move_on_the_day_of_the_end_is_no_loss() -> None:
    """An object that is deleted on the day on which it was to be moved, or before, does not lose the move."""
    then = _terms({"Transitions": [{"Days": 60, "StorageClass": "GLACIER"}]}, versioning="Disabled")

    for days in (50, 60):
        now = _terms({"Expiration": {"Days": days}}, versioning="Disabled")
        assert _events(Fates(then, now, TODAY), lying("a", days=1)) == ["delete"]


def test_old_versions_have_days_of_their_own() -> None:
    """They count from the newer one that came, and only so many newer ones make one go."""
    old = lying("a", 500)._replace(is_latest=False, noncurrent_since=lying("", 5).modified)
    fates = Fates(KEPT, OLD_GO, TODAY)

    assert fates.of(old._replace(newer_noncurrent=2)) == ()
    for newer in (3, 4, 5):
        assert fates.of(old._replace(newer_noncurrent=newer)) == (
            ("delete old versions", "", None, TODAY + timedelta(days=3)),
        )


def test_a_suspended_bucket_loses_its_null_versions() -> None:
    """What is moved and deleted on one day is deleted; a version with an id is moved before it is hidden."""
    soon = {"Transitions": [{"Days": 1, "StorageClass": "GLACIER"}], "Expiration": {"Days": 7}}
    fates = Fates(_terms(versioning="Suspended"), _terms(soon, versioning="Suspended"), TODAY)
    one = lying("a", days=20)

    assert _events(fates, one) == ["delete"]
    assert _events(fates, one._replace(version_id="null")) == ["delete"]
    assert _events(fates, one._replace(version_id="v1")) == ["archive", "delete"]


def test_many_rules_by_tags_are_not_multiplied_out() -> None:
    """With more tags than can be tried an object without its tags is undecided, at once."""
    rules = [
        {"Expiration": {"Days": 30}, "Filter": {"Tag": {"Key": f"k{number}", "Value": "v"}}}
        for number in range(40)
    ]

    fates = Fates(KEPT, _terms(*rules), TODAY)
    unread, unnamed = fates.of(lying("a")), fates.of(lying("a")._replace(tag_count=1))

    assert isinstance(unread, Undecided)
    assert isinstance(unnamed, Undecided)
    assert "were not read: a later `audit --objects full --ledger` sees by a HEAD which have" in unread.reason
    assert "have some that were not read: an audit reads those of prefixes that declare" in unnamed.reason


def test_what_new_rules_find_overdue_happens_in_one_night() -> None:
    """An object to be moved and deleted is deleted, one to be moved twice goes to the colder class."""
    moves = {
        "Transitions": [{"Days": 30, "StorageClass": "STANDARD_IA"}, {"Days": 60, "StorageClass": "GLACIER"}]
    }
    tomorrow = TODAY + timedelta(days=1)
    never = _terms(versioning="Disabled")

    both = Fates(never, _terms(moves, {"Expiration": {"Days": 90}}, versioning="Disabled"), TODAY)
    moved = Fates(never, _terms(moves, versioning="Disabled"), TODAY)

    assert both.of(lying("a", days=100)) == (("delete", "", None, tomorrow),)
    assert moved.of(lying("a", days=100)) == (("archive", "GLACIER", None, tomorrow),)
    assert moved.of(lying("a", days=40)) == (
        ("archive", "STANDARD_IA", None, tomorrow),
        ("archive", "GLACIER", None, TODAY + timedelta(days=21)),
    )
