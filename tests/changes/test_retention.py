"""What a change does to the life of objects."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucketwright.changes.retention import RetentionChange, retention_changes
from bucketwright.contract.lifecycle.parsing import parse_rules
from bucketwright.contract.model import Environment
from bucketwright.estate import BucketPosture
from bucketwright.facets.bucket.lifecycle import Lifecycle
from bucketwright.intended import intended
from bucketwright.posture import Circumstances, Estate, Unknown

TODAY: Final = date(2026, 11, 21)


def _estate(prefix: dict[str, object], **bucket: object) -> Estate:
    """A contract with one bucket of one prefix."""
    prefixes = {"reports": {"path": "{env}/reports/", **prefix}}
    stated = {"project": "shop", "name": "prod", "buckets": {"files": {"prefixes": prefixes, **bucket}}}
    environment = Environment.model_validate({"region": "us-west-2", **stated})
    return Estate("intended", intended(environment).postures, {}, Circumstances(environment))


def _live(*rules: Mapping[str, object]) -> Estate:
    """A bucket without a contract."""
    facts = {
        "lifecycle": Lifecycle(tuple(parse_rules([dict(one) for one in rules]))),
        "versioning": "Disabled",
    }
    return Estate("planned", {"bucket:x": BucketPosture("bucket:x", "x", facts)})


def _told(changes: tuple[RetentionChange, ...]) -> set[tuple[str, int | None, int | None, str]]:
    return {(one.event, one.before, one.after, one.whom) for one in changes}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param({"expire": "30 days"}, {"expire": "30 days"}, set(), id="nothing changes"),
        pytest.param(
            {"expire": "30 days"}, {"expire": "7 days"}, {("delete", 30, 7, "all")}, id="objects go earlier"
        ),
        pytest.param({"expire": "30 days"}, {}, {("delete", 30, None, "all")}, id="objects never go"),
        pytest.param({}, {"expire": "7 days"}, {("delete", None, 7, "all")}, id="what stayed goes"),
        pytest.param(
            {},
            {"archive": {"after": "90 days", "to": "glacier"}},
            {("archive", None, 90, "all")},
            id="objects move",
        ),
        pytest.param(
            {"max_size": "64 KiB"},
            {"max_size": "64 KiB", "archive": {"after": "90 days", "to": "glacier"}},
            set(),
            id="objects too small to move",
        ),
    ],
)
def test_what_becomes_of_objects_is_compared(
    before: dict[str, object],
    after: dict[str, object],
    expected: set[tuple[str, int | None, int | None, str]],
) -> None:
    """Each event of a life is told with its days before and after, and nothing else is."""
    changes = retention_changes(_estate(before), _estate(after), TODAY)

    assert _told(changes) == expected


def test_an_earlier_end_begins_tomorrow() -> None:
    """Objects that are old enough already go at the next midnight; what comes later hurts nobody."""
    [earlier] = retention_changes(_estate({"expire": "30 days"}), _estate({"expire": "7 days"}), TODAY)
    [later] = retention_changes(_estate({"expire": "7 days"}), _estate({"expire": "30 days"}), TODAY)

    assert earlier.first == TODAY + timedelta(days=1)
    assert later.first is None


def test_objects_without_the_new_tag_are_told_apart() -> None:
    """A retention that comes to select by tag does not reach what was written before without it."""
    alone = {"reports": {"path": "{env}/reports/", "expire": "7 days"}}
    shared = {**alone, "other": {"path": "{env}/reports/{day:date}/", "overlaps": ["reports"]}}
    estates: list[Estate] = []
    for prefixes in (alone, shared):
        settings_ = {"project": "shop", "name": "prod", "buckets": {"files": {"prefixes": prefixes}}}
        environment = Environment.model_validate(settings_)
        estates.append(Estate("intended", intended(environment).postures, {}, Circumstances(environment)))
    changes = retention_changes(estates[0], estates[1], TODAY)

    assert ("delete", 7, None, "objects already there") in _told(changes)


def test_old_versions_and_uploads_have_lives_of_their_own() -> None:
    """Their days change apart from those of the objects."""
    before = _estate({"noncurrent": {"expire": "30 days"}}, versioning="enabled", abort_uploads="7 days")
    after = _estate({"noncurrent": {"expire": "1 day"}}, versioning="enabled", abort_uploads="2 days")

    assert _told(retention_changes(before, after, TODAY)) == {
        ("delete old versions", 30, 1, "all"),
        ("abort uploads", 7, 2, "all"),
    }


def test_a_bucket_of_nobodys_contract_is_compared_by_its_rules() -> None:
    """Every prefix that a rule names stands for its objects."""
    rule = {"ID": "a", "Status": "Enabled", "Filter": {"Prefix": "logs/"}, "Expiration": {"Days": 9}}
    [change] = retention_changes(_live(rule), _live({**rule, "Status": "Disabled"}), TODAY)

    assert (change.prefix, change.before, change.after) == ("logs/", 9, None)


NOTHING: Final = Estate("intended", {})


@pytest.mark.parametrize(
    ("before", "leaving"),
    [
        pytest.param(_estate({"expire": "9 days"}, destroy_objects=True), "deleted", id="with the bucket"),
        pytest.param(_estate({"expire": "9 days"}), "kept", id="not as long as there are any"),
        pytest.param(_estate({}, protect=True), "protected", id="not at all"),
        pytest.param(_live(), None, id="nobody knows"),
    ],
)
def test_a_bucket_that_goes_is_told_with_its_objects(before: Estate, leaving: str | None) -> None:
    """One row for all that it holds, whatever its prefixes had declared; one that comes has none."""
    [change] = retention_changes(before, NOTHING, TODAY)

    assert (change.prefix, change.leaving, change.is_earlier) == ("", leaving, leaving == "deleted")
    assert bool(change.unsure) == (leaving is None)
    assert retention_changes(NOTHING, before, TODAY) == ()


@pytest.mark.parametrize(
    "other",
    [pytest.param({"name": "papers"}, id="a name"), pytest.param({"region": "eu-west-1"}, id="a region")],
)
def test_another_bucket_in_its_place_is_told_as_one_that_goes(other: dict[str, object]) -> None:
    """What was there goes with the old one; days that differ are those of what is to come."""
    changes = retention_changes(_estate({"expire": "9 days"}), _estate({"expire": "7 days"}, **other), TODAY)

    assert [(one.leaving, one.whom) for one in changes] == [
        ("kept", "all"),
        (None, "objects written from now on"),
    ]
    assert changes[1].first is None
    assert len(retention_changes(_estate({}), _estate({}, **other), TODAY)) == 1


def test_what_is_not_known_is_not_decided() -> None:
    """A lifecycle that cannot be told is said, where it may have changed; where neither can, nothing is."""
    dark = Estate("planned", {"bucket:x": BucketPosture("bucket:x", "x", {"lifecycle": Unknown("denied")})})
    [change] = retention_changes(_live(), dark, TODAY)

    assert "denied" in change.unsure
    assert retention_changes(dark, dark, TODAY) == ()


_DAYS = st.none() | st.integers(1, 400)


@given(before=_DAYS, after=_DAYS, moved_before=_DAYS, moved_after=_DAYS)
@settings(max_examples=100, deadline=None)
def test_days_are_those_of_the_rules(
    before: int | None, after: int | None, moved_before: int | None, moved_after: int | None
) -> None:
    """An oracle of two lines: a rule's own days; a move that would come at or after the end never comes."""

    def rules(end: int | None, move: int | None) -> list[dict[str, object]]:
        found: list[dict[str, object]] = []
        if end is not None:
            found.append({"ID": "e", "Status": "Enabled", "Filter": {}, "Expiration": {"Days": end}})
        if move is not None:
            moves = [{"Days": move, "StorageClass": "GLACIER"}]
            found.append({"ID": "m", "Status": "Enabled", "Filter": {}, "Transitions": moves})
        return found

    changes = retention_changes(_live(*rules(before, moved_before)), _live(*rules(after, moved_after)), TODAY)
    moves = [
        move if move is not None and (end is None or move < end) else None
        for end, move in ((before, moved_before), (after, moved_after))
    ]
    expected = {("delete", before, after, "all")} if before != after else set()
    if moves[0] != moves[1]:
        expected |= {("archive", moves[0], moves[1], "all")}

    assert _told(changes) == expected
