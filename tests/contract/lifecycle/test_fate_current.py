"""What becomes of objects and current versions, and does it on the day the user guide says?"""

import pytest

from bucketwright.contract.lifecycle.simulator import Versioning
from tests.contract.lifecycle.writing import (
    CLEANS,
    MADE,
    Written,
    aborts,
    expires,
    expires_on,
    forgets,
    moves,
    moves_later,
    rule,
    story,
)

PLAIN: dict[str, tuple[Versioning, list[Written], Written, list[str]]] = {
    "no rules": ("Disabled", [], {}, []),
    "a rule without actions": ("Disabled", [rule()], {}, []),
    "an expiry": ("Disabled", [expires(7)], {}, ["2024-01-09 expire"]),
    "the earliest expiry": ("Disabled", [expires(9), expires(7), expires(8)], {}, ["2024-01-09 expire"]),
    "expiry by age before the date": (
        "Disabled",
        [expires(7), expires_on("2024-02-01")],
        {},
        ["2024-01-09 expire"],
    ),
    "expiry on the date before the age": (
        "Disabled",
        [expires(7), expires_on("2024-01-05")],
        {},
        ["2024-01-05 expire"],
    ),
    "expiry on a date long past": (
        "Disabled",
        [expires_on("2020-01-01")],
        {},
        ["2024-01-01 10:30:00.000000 expire"],
    ),
    "marker clean-up of an object": ("Enabled", [CLEANS], {}, []),
    "the whole waterfall, then the end": (
        "Disabled",
        [
            moves(30, "STANDARD_IA"),
            moves(60, "INTELLIGENT_TIERING"),
            moves(90, "ONEZONE_IA"),
            moves(120, "GLACIER"),
            moves(210, "DEEP_ARCHIVE"),
            expires(365),
        ],
        {},
        [
            "2024-02-01 transition STANDARD_IA",
            "2024-03-02 transition INTELLIGENT_TIERING",
            "2024-04-01 transition ONEZONE_IA",
            "2024-05-01 transition GLACIER",
            "2024-07-30 transition DEEP_ARCHIVE",
            "2025-01-01 expire",
        ],
    ),
    "a transition at once": ("Disabled", [moves(0, "GLACIER")], {}, ["2024-01-02 transition GLACIER"]),
    "a transition on a date": (
        "Disabled",
        [rule(Transitions=[{"Date": "2024-05-01", "StorageClass": "GLACIER"}])],
        {},
        ["2024-05-01 transition GLACIER"],
    ),
    "a transition on a past date": (
        "Disabled",
        [rule(Transitions=[{"Date": "2023-05-01", "StorageClass": "GLACIER"}])],
        {},
        ["2024-01-01 10:30:00.000000 transition GLACIER"],
    ),
    "a transition after the end": (
        "Disabled",
        [moves(30, "GLACIER"), expires(29)],
        {},
        ["2024-01-31 expire"],
    ),
    "a transition on the day of the end": (
        "Disabled",
        [moves(30, "GLACIER"), expires(30)],
        {},
        ["2024-02-01 expire"],
    ),
    "a transition the day before the end": (
        "Disabled",
        [moves(29, "GLACIER"), expires(30)],
        {},
        ["2024-01-31 transition GLACIER", "2024-02-01 expire"],
    ),
    "to no class": ("Disabled", [rule(Transitions=[{"Days": 1}])], {}, []),
    "to a class nobody knows": ("Disabled", [moves(1, "COLDER")], {}, []),
    "up to standard": ("Disabled", [moves(1, "STANDARD")], {"storage_class": "GLACIER"}, []),
    "a transition without time": (
        "Disabled",
        [rule(Transitions=[{"StorageClass": "GLACIER"}])],
        {},
        [],
    ),
    "noncurrent actions in a bucket never versioned": (
        "Disabled",
        [forgets(1), moves_later(1, "GLACIER")],
        {},
        [],
    ),
    "noncurrent actions on a version of a bucket never versioned": (
        "Disabled",
        [forgets(1), moves_later(1, "GLACIER")],
        {"noncurrent": True, "successor_created": MADE},
        [],
    ),
    "abort of an object": ("Disabled", [aborts(1)], {}, []),
}


@pytest.mark.parametrize(("versioning", "rules", "fields", "expected"), PLAIN.values(), ids=PLAIN)
def test_objects_of_buckets_never_versioned(
    versioning: Versioning,
    rules: list[Written],
    fields: Written,
    expected: list[str],
) -> None:
    """Objects move down and end, each on its day."""
    assert story(versioning, *rules, **fields) == expected


VERSIONED: dict[str, tuple[Versioning, list[Written], Written, list[str]]] = {
    "a marker, and nothing more": ("Enabled", [expires(7)], {}, ["2024-01-09 delete_marker"]),
    "a marker, later the end": (
        "Enabled",
        [expires(60, NoncurrentVersionExpiration={"NoncurrentDays": 30})],
        {},
        ["2024-03-02 delete_marker", "2024-04-02 delete_permanently"],
    ),
    "no end without a marker": ("Enabled", [forgets(30)], {}, []),
    "moves before and after the marker": (
        "Enabled",
        [moves(1, "STANDARD_IA"), expires(2), moves_later(0, "GLACIER"), forgets(100)],
        {},
        [
            "2024-01-03 transition STANDARD_IA",
            "2024-01-04 delete_marker",
            "2024-01-05 transition GLACIER",
            "2024-04-14 delete_permanently",
        ],
    ),
    "a move on the day of the marker comes first": (
        "Enabled",
        [expires(2), moves(2, "GLACIER"), moves_later(1, "STANDARD_IA"), moves_later(2, "DEEP_ARCHIVE")],
        {},
        [
            "2024-01-04 transition GLACIER",
            "2024-01-04 delete_marker",
            "2024-01-07 transition DEEP_ARCHIVE",
        ],
    ),
    "no current move after the marker": (
        "Enabled",
        [expires(2), moves(3, "GLACIER")],
        {},
        ["2024-01-04 delete_marker"],
    ),
    "marker and move on a past date": (
        "Enabled",
        [
            rule(
                Transitions=[{"Date": "2020-01-01", "StorageClass": "GLACIER"}],
                Expiration={"Date": "2020-01-02"},
            ),
            forgets(1),
        ],
        {},
        [
            "2024-01-01 10:30:00.000000 transition GLACIER",
            "2024-01-01 10:30:00.000000 delete_marker",
            "2024-01-03 delete_permanently",
        ],
    ),
    "the newest noncurrent version is kept": (
        "Enabled",
        [
            expires(2),
            forgets(1, NewerNoncurrentVersions=1),
            moves_later(1, "GLACIER", NewerNoncurrentVersions=1),
        ],
        {},
        ["2024-01-04 delete_marker"],
    ),
    "the null version of a versioned bucket": (
        "Enabled",
        [expires(2)],
        {"version_id": "null"},
        ["2024-01-04 delete_marker"],
    ),
    "a suspended bucket, a version with an id": (
        "Suspended",
        [expires(2), forgets(1)],
        {"version_id": "3HL4kqtJ"},
        ["2024-01-04 delete_marker", "2024-01-06 delete_permanently"],
    ),
    "a suspended bucket, no version id": (
        "Suspended",
        [expires(2), forgets(1)],
        {},
        ["2024-01-04 delete_permanently"],
    ),
    "a suspended bucket, the null version": (
        "Suspended",
        [expires(2), moves(1, "STANDARD_IA"), moves(2, "GLACIER")],
        {"version_id": "null"},
        ["2024-01-03 transition STANDARD_IA", "2024-01-04 delete_permanently"],
    ),
    "a suspended bucket without expiry": (
        "Suspended",
        [moves(2, "GLACIER")],
        {},
        ["2024-01-04 transition GLACIER"],
    ),
}


@pytest.mark.parametrize(("versioning", "rules", "fields", "expected"), VERSIONED.values(), ids=VERSIONED)
def test_current_versions(
    versioning: Versioning,
    rules: list[Written],
    fields: Written,
    expected: list[str],
) -> None:
    """A current version is hidden under a marker and lives on, but a suspended bucket loses its null one."""
    assert story(versioning, *rules, **fields) == expected
