"""What becomes of noncurrent versions, delete markers and unfinished uploads?"""

from datetime import UTC, datetime

import pytest

from bucketwright.contract.lifecycle.simulator import Versioning
from tests.contract.lifecycle.writing import (
    CLEANS,
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

SUCCEEDED = datetime(2024, 1, 15, 10, 30, tzinfo=UTC)
LONG_BEFORE = datetime(2023, 12, 1, 10, 30, tzinfo=UTC)
NONCURRENT: dict[str, tuple[list[Written], Written, list[str]]] = {
    "counted from the successor": ([forgets(3)], {}, ["2024-01-19 delete_permanently"]),
    "the earliest end": ([forgets(5), forgets(3), forgets(4)], {}, ["2024-01-19 delete_permanently"]),
    "current actions": ([expires(1), moves(1, "GLACIER"), expires_on("2020-01-01"), CLEANS], {}, []),
    "moves until the end": (
        [
            moves_later(1, "STANDARD_IA"),
            moves_later(2, "GLACIER"),
            moves_later(3, "DEEP_ARCHIVE"),
            forgets(3),
        ],
        {},
        [
            "2024-01-17 transition STANDARD_IA",
            "2024-01-18 transition GLACIER",
            "2024-01-19 delete_permanently",
        ],
    ),
    "moves from its class": ([moves_later(1, "STANDARD_IA")], {"storage_class": "GLACIER"}, []),
    "one newer version too few": (
        [forgets(3, NewerNoncurrentVersions=5), moves_later(3, "GLACIER", NewerNoncurrentVersions=5)],
        {"newer_noncurrent_versions": 4},
        [],
    ),
    "enough newer versions": (
        [forgets(4, NewerNoncurrentVersions=5), moves_later(3, "GLACIER", NewerNoncurrentVersions=5)],
        {"newer_noncurrent_versions": 5},
        ["2024-01-19 transition GLACIER", "2024-01-20 delete_permanently"],
    ),
    "more newer versions than asked": (
        [forgets(3, NewerNoncurrentVersions=5)],
        {"newer_noncurrent_versions": 6},
        ["2024-01-19 delete_permanently"],
    ),
    "an end without days": ([rule(NoncurrentVersionExpiration={"NewerNoncurrentVersions": 1})], {}, []),
    "a move without days": ([rule(NoncurrentVersionTransitions=[{"StorageClass": "GLACIER"}])], {}, []),
    "a move to no class": ([rule(NoncurrentVersionTransitions=[{"NoncurrentDays": 1}])], {}, []),
    "a delete marker ends and never moves": (
        [forgets(3), moves_later(1, "GLACIER")],
        {"delete_marker": True},
        ["2024-01-19 delete_permanently"],
    ),
    "a delete marker has no data": (
        [
            rule(
                Filter={"ObjectSizeLessThan": 1},
                NoncurrentVersionExpiration={"NoncurrentDays": 3},
                NoncurrentVersionTransitions=[{"NoncurrentDays": 1, "StorageClass": "GLACIER"}],
            ),
        ],
        {"delete_marker": True},
        ["2024-01-19 delete_permanently"],
    ),
    "an end before it was made": (
        [forgets(3), moves_later(1, "GLACIER")],
        {"successor_created": LONG_BEFORE},
        ["2024-01-01 10:30:00.000000 delete_permanently"],
    ),
    "moves before it was made, one of which is made then": (
        [moves_later(1, "STANDARD_IA"), moves_later(2, "GLACIER"), forgets(60)],
        {"successor_created": LONG_BEFORE},
        ["2024-01-01 10:30:00.000000 transition GLACIER", "2024-01-31 delete_permanently"],
    ),
    "a version with data": (
        [rule(Filter={"ObjectSizeLessThan": 1}, NoncurrentVersionExpiration={"NoncurrentDays": 3})],
        {},
        [],
    ),
}


@pytest.mark.parametrize("versioning", ["Enabled", "Suspended"])
@pytest.mark.parametrize(("rules", "fields", "expected"), NONCURRENT.values(), ids=NONCURRENT)
def test_noncurrent_versions(
    versioning: Versioning,
    rules: list[Written],
    fields: Written,
    expected: list[str],
) -> None:
    """Only noncurrent actions touch a noncurrent version, counted from its successor's creation."""
    whole = {"noncurrent": True, "successor_created": SUCCEEDED, "version_id": "v", **fields}

    assert story(versioning, *rules, **whole) == expected


MARKERS: dict[str, tuple[list[Written], Written, list[str]]] = {
    "cleaned at once": ([CLEANS, expires(1)], {}, ["2024-01-01 10:30:00.000000 remove_expired_marker"]),
    "cleaned by age": ([expires(3), expires(2)], {}, ["2024-01-04 remove_expired_marker"]),
    "cleaned on a date": ([expires_on("2024-03-01")], {}, ["2024-03-01 remove_expired_marker"]),
    "cleaned on a past date": (
        [expires_on("2023-03-01"), expires(1)],
        {},
        ["2024-01-01 10:30:00.000000 remove_expired_marker"],
    ),
    "clean-up switched off": ([rule(Expiration={"ExpiredObjectDeleteMarker": False})], {}, []),
    "with versions under it": (
        [CLEANS, expires(1), expires_on("2023-03-01")],
        {"noncurrent_versions": 1},
        [],
    ),
    "never moved": ([moves(1, "GLACIER"), forgets(1), moves_later(1, "GLACIER"), aborts(1)], {}, []),
    "tag filters": ([expires(1, Filter={"Tag": {"Key": "k", "Value": ""}})], {}, []),
    "size filters see no data": (
        [expires(1, Filter={"ObjectSizeLessThan": 1}), expires(0, Filter={"ObjectSizeGreaterThan": 0})],
        {},
        ["2024-01-03 remove_expired_marker"],
    ),
}


@pytest.mark.parametrize("versioning", ["Enabled", "Suspended"])
@pytest.mark.parametrize(("rules", "fields", "expected"), MARKERS.values(), ids=MARKERS)
def test_current_delete_markers(
    versioning: Versioning,
    rules: list[Written],
    fields: Written,
    expected: list[str],
) -> None:
    """A delete marker with nothing under it is removed; nothing else ever happens to it."""
    assert story(versioning, *rules, delete_marker=True, **fields) == expected


def test_no_delete_marker_where_nothing_is_versioned() -> None:
    """A bucket never versioned holds no delete marker for a rule to remove."""
    assert story("Disabled", CLEANS, expires(1), delete_marker=True) == []


UPLOADS: dict[str, tuple[list[Written], list[str]]] = {
    "the earliest abort": ([aborts(9), aborts(7), aborts(8)], ["2024-01-09 abort"]),
    "nothing but abort": (
        [expires(1), moves(1, "GLACIER"), forgets(1), expires_on("2020-01-01"), CLEANS],
        [],
    ),
    "by prefix": (
        [aborts(7, Filter={"Prefix": "logs/"}), aborts(1, Filter={"Prefix": "other/"})],
        ["2024-01-09 abort"],
    ),
    "never by tag": ([aborts(7, Filter={"Tag": {"Key": "k", "Value": "v"}})], []),
    "never by size": ([aborts(7, Filter={"ObjectSizeLessThan": 10**9})], []),
    "abort without days": ([rule(AbortIncompleteMultipartUpload={})], []),
}


@pytest.mark.parametrize("versioning", ["Enabled", "Suspended", "Disabled"])
@pytest.mark.parametrize(("rules", "expected"), UPLOADS.values(), ids=UPLOADS)
def test_unfinished_uploads(
    versioning: Versioning,
    rules: list[Written],
    expected: list[str],
) -> None:
    """An unfinished upload is aborted, whatever the versioning, and nothing else happens to it."""
    assert story(versioning, *rules, multipart_upload=True, tags={"k": "v"}) == expected
