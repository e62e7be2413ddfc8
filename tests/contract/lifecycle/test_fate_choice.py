"""Which rules apply to an object, and which of their transitions does S3 make?"""

from typing import Any

import pytest

from tests.contract.lifecycle.writing import LARGE, MADE, expires, moves, moves_later, story

ALL_CLASSES = (
    "STANDARD_IA",
    "INTELLIGENT_TIERING",
    "ONEZONE_IA",
    "GLACIER_IR",
    "GLACIER",
    "DEEP_ARCHIVE",
)


FILTERS: dict[str, tuple[object, bool]] = {
    "nothing": ({}, True),
    "an empty prefix": ({"Prefix": ""}, True),
    "its prefix": ({"Prefix": "logs/"}, True),
    "its whole key": ({"Prefix": "logs/a.txt"}, True),
    "more than its key": ({"Prefix": "logs/a.txt/"}, False),
    "another prefix": ({"Prefix": "log/"}, False),
    "a star is only a star": ({"Prefix": "logs/*"}, False),
    "a leading slash is only a slash": ({"Prefix": "/logs/"}, False),
    "its tag": ({"Tag": {"Key": "team", "Value": "a"}}, True),
    "its tag with another value": ({"Tag": {"Key": "team", "Value": "b"}}, False),
    "its tag without value": ({"Tag": {"Key": "team"}}, False),
    "a tag it lacks": ({"Tag": {"Key": "colour", "Value": "a"}}, False),
    "an empty value": ({"Tag": {"Key": "bare"}}, True),
    "both its tags": (
        {"And": {"Tags": [{"Key": "team", "Value": "a"}, {"Key": "bare", "Value": ""}]}},
        True,
    ),
    "one of two tags": (
        {"And": {"Tags": [{"Key": "team", "Value": "a"}, {"Key": "colour", "Value": "a"}]}},
        False,
    ),
    "prefix and tag": ({"And": {"Prefix": "logs/", "Tags": [{"Key": "team", "Value": "a"}]}}, True),
    "another prefix and its tag": ({"And": {"Prefix": "x/", "Tags": [{"Key": "team", "Value": "a"}]}}, False),
    "greater than one less": ({"ObjectSizeGreaterThan": LARGE - 1}, True),
    "greater than its size": ({"ObjectSizeGreaterThan": LARGE}, False),
    "less than one more": ({"ObjectSizeLessThan": LARGE + 1}, True),
    "less than its size": ({"ObjectSizeLessThan": LARGE}, False),
    "a range around it": ({"And": {"ObjectSizeGreaterThan": 0, "ObjectSizeLessThan": 10**9}}, True),
    "a range below it": ({"And": {"ObjectSizeGreaterThan": 0, "ObjectSizeLessThan": 9}}, False),
}


@pytest.mark.parametrize(("written", "applies"), FILTERS.values(), ids=FILTERS)
def test_rules_apply_where_every_predicate_holds(written: object, applies: bool) -> None:
    """Prefixes are literal, all tags must be there, sizes are strictly greater or less."""
    events = story("Disabled", expires(1, Filter=written), tags={"team": "a", "bare": "", "more": "x"})

    assert events == (["2024-01-03 expire"] if applies else [])


def test_rule_level_prefixes_apply_too() -> None:
    """The older spelling selects the same objects; a rule without any filter selects all."""
    bare = {"Status": "Enabled", "Expiration": {"Days": 1}}

    assert story("Disabled", {**bare, "Prefix": "logs/"}) == ["2024-01-03 expire"]
    assert story("Disabled", {**bare, "Prefix": "other/"}) == []
    assert story("Disabled", bare) == ["2024-01-03 expire"]


@pytest.mark.parametrize("status", ["Disabled", "enabled", None])
def test_only_enabled_rules_act(status: str | None) -> None:
    """A rule acts only if its status is Enabled, spelled so."""
    assert story("Disabled", expires(1, Status=status)) == []


WAYS = {
    "STANDARD": set(ALL_CLASSES),
    "REDUCED_REDUNDANCY": {"GLACIER", "DEEP_ARCHIVE"},
    "STANDARD_IA": {"INTELLIGENT_TIERING", "ONEZONE_IA", "GLACIER_IR", "GLACIER", "DEEP_ARCHIVE"},
    "INTELLIGENT_TIERING": {"ONEZONE_IA", "GLACIER_IR", "GLACIER", "DEEP_ARCHIVE"},
    "ONEZONE_IA": {"GLACIER", "DEEP_ARCHIVE"},
    "GLACIER_IR": {"GLACIER", "DEEP_ARCHIVE"},
    "GLACIER": {"DEEP_ARCHIVE"},
    "DEEP_ARCHIVE": set[str](),
    "EXPRESS_ONEZONE": set[str](),
}


@pytest.mark.parametrize("source", WAYS)
def test_objects_only_move_down(source: str) -> None:
    """From each class just the transitions S3 supports are made, current or noncurrent."""
    later = {"noncurrent": True, "successor_created": MADE, "storage_class": source}
    current = {to for to in ALL_CLASSES if story("Disabled", moves(1, to), storage_class=source)}
    noncurrent = {to for to in ALL_CLASSES if story("Enabled", moves_later(1, to), **later)}

    assert (current, noncurrent) == (WAYS[source], WAYS[source])


@pytest.mark.parametrize(
    ("targets", "chosen"),
    [
        (("STANDARD_IA", "GLACIER"), "GLACIER"),
        (("GLACIER", "STANDARD_IA"), "GLACIER"),
        (("GLACIER", "DEEP_ARCHIVE"), "DEEP_ARCHIVE"),
        (("ONEZONE_IA", "STANDARD_IA"), "ONEZONE_IA"),
        (("ONEZONE_IA", "GLACIER_IR"), "GLACIER_IR"),
        (("INTELLIGENT_TIERING", "STANDARD_IA"), "INTELLIGENT_TIERING"),
        (("INTELLIGENT_TIERING", "GLACIER_IR"), "INTELLIGENT_TIERING"),
        (("INTELLIGENT_TIERING", "ONEZONE_IA"), "INTELLIGENT_TIERING"),
        (("INTELLIGENT_TIERING", "GLACIER"), "GLACIER"),
        (ALL_CLASSES, "DEEP_ARCHIVE"),
    ],
    ids=" ".join,
)
def test_of_several_moves_at_once_one_is_made(targets: tuple[str, ...], chosen: str) -> None:
    """On one day an object moves once: to the colder class, but to tiering before all but the archives."""
    assert story("Disabled", *(moves(1, to) for to in targets)) == [f"2024-01-03 transition {chosen}"]


def test_of_several_moves_at_once_an_impossible_one_is_none() -> None:
    """The colder class counts only if it can be reached."""
    rules = [moves(1, "GLACIER_IR"), moves(1, "STANDARD_IA"), moves(1, "GLACIER")]

    assert story("Disabled", *rules[:2], storage_class="ONEZONE_IA") == []
    assert story("Disabled", *rules, storage_class="ONEZONE_IA") == ["2024-01-03 transition GLACIER"]


SIZES = {"too small": 131072 - 1, "just large enough": 131072, "larger": 131072 + 1, "empty": 0}


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
@pytest.mark.parametrize("to", ALL_CLASSES)
def test_small_objects_stay(size: int, to: str) -> None:
    """Below 128 KiB an object moves only to archives, and only where the bucket keeps the older default."""
    later = {"noncurrent": True, "successor_created": MADE}
    older: Any = {"minimum_transition_size": "varies_by_storage_class"}
    moved = [f"2024-01-03 transition {to}"]
    large, archive = size >= 131072, to in ("GLACIER", "DEEP_ARCHIVE")

    assert story("Disabled", moves(1, to), size=size) == (moved if large else [])
    assert story("Enabled", moves_later(1, to), size=size, **later) == (moved if large else [])
    assert story("Disabled", moves(1, to), size=size, **older) == (moved if large or archive else [])
    assert story("Enabled", moves_later(1, to), size=size, **later, **older) == (
        moved if large or archive else []
    )


@pytest.mark.parametrize(
    "written",
    [
        {"ObjectSizeGreaterThan": 0},
        {"ObjectSizeLessThan": 9},
        {"And": {"Prefix": "", "ObjectSizeLessThan": 9}},
    ],
    ids=["a lower bound", "an upper bound", "a bound in And"],
)
def test_a_size_filter_overrides_the_minimum(written: object) -> None:
    """A rule that says which sizes it means moves small objects too; other rules still do not."""
    small = moves(2, "STANDARD_IA", Filter=written)

    assert story("Disabled", small, moves(1, "GLACIER"), size=8) == ["2024-01-04 transition STANDARD_IA"]
