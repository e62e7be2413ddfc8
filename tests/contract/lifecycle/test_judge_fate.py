"""Does the judge of fates tell what it can?"""

import pytest

from bucketwright.contract.lifecycle.judge import judge_fate
from tests.contract.lifecycle.asking import EXPIRES, FORGETS, MINIMUM, MOVES, event, line
from tests.contract.lifecycle.writing import CLEANS, forgets

DECIDED: dict[str, tuple[dict[str, object], list[dict[str, object]]]] = {
    "a transition": (line(MOVES), [event("2024-01-31T00:00:00Z", "transition", "GLACIER")]),
    "an expiry": (line(EXPIRES), [event("2024-01-31T00:00:00Z", "expire")]),
    "nothing": (line(), []),
    "the wrapper of the API": (
        {**line(), "rules": {"Rules": [EXPIRES]}},
        [event("2024-01-31T00:00:00Z", "expire")],
    ),
    "versioning off": (line(EXPIRES, versioning="Disabled"), [event("2024-01-31T00:00:00Z", "expire")]),
    "versioning null": (line(EXPIRES, versioning=None), [event("2024-01-31T00:00:00Z", "expire")]),
    "versioning on": (line(EXPIRES, versioning="Enabled"), [event("2024-01-31T00:00:00Z", "delete_marker")]),
    "versioning shouted": (
        line(EXPIRES, versioning="ENABLED"),
        [event("2024-01-31T00:00:00Z", "delete_marker")],
    ),
    "versioning suspended": (
        line(EXPIRES, versioning="suspended"),
        [event("2024-01-31T00:00:00Z", "delete_permanently")],
    ),
    "an empty version id": (
        line(EXPIRES, versioning="Suspended", object_fields={"version_id": ""}),
        [event("2024-01-31T00:00:00Z", "delete_permanently")],
    ),
    "a version id": (
        line(EXPIRES, versioning="Suspended", object_fields={"version_id": "v1"}),
        [event("2024-01-31T00:00:00Z", "delete_marker")],
    ),
    "a time without offset": (
        line(EXPIRES, object_fields={"created": "2024-01-01T10:30:00"}),
        [event("2024-01-31T00:00:00Z", "expire")],
    ),
    "a time elsewhere": (
        line(EXPIRES, object_fields={"created": "2024-01-01T23:30:00-05:00"}),
        [event("2024-02-01T00:00:00Z", "expire")],
    ),
    "a day": (
        line(EXPIRES, object_fields={"created": "2024-01-01"}),
        [event("2024-01-31T00:00:00Z", "expire")],
    ),
    "due already, with a fraction": (
        line(
            {**EXPIRES, "Expiration": {"Date": "2020-01-01"}},
            object_fields={"created": "2024-01-01T10:30:00.5Z"},
        ),
        [event("2024-01-01T10:30:00.500000Z", "expire")],
    ),
    "no class, no tags": (
        line(MOVES, object_fields={"class": None, "tags": None}),
        [event("2024-01-31T00:00:00Z", "transition", "GLACIER")],
    ),
    "a class": (line(MOVES, object_fields={"class": "DEEP_ARCHIVE"}), []),
    "an old class": (
        line(MOVES, object_fields={"class": "REDUCED_REDUNDANCY"}),
        [event("2024-01-31T00:00:00Z", "transition", "GLACIER")],
    ),
    "tags": (
        line(
            {**EXPIRES, "Filter": {"Tag": {"Key": "k", "Value": "v"}}},
            object_fields={"tags": {"k": "v", "l": ""}},
        ),
        [event("2024-01-31T00:00:00Z", "expire")],
    ),
    "a small object": (line(MOVES, object_fields={"size": 131071}), []),
    "a small object under the older default": (
        line(
            MOVES,
            object_fields={"size": 5, "transition_default_minimum_object_size": "varies_by_storage_class"},
        ),
        [event("2024-01-31T00:00:00Z", "transition", "GLACIER")],
    ),
    "the older default at the top": (
        line(
            MOVES, object_fields={"size": 5}, transition_default_minimum_object_size="varies_by_storage_class"
        ),
        [event("2024-01-31T00:00:00Z", "transition", "GLACIER")],
    ),
    "the older default in the answer of the API": (
        {
            **line(object_fields={"size": 5}),
            "rules": {
                "Rules": [MOVES],
                "TransitionDefaultMinimumObjectSize": "varies_by_storage_class",
                "ResponseMetadata": {},
            },
        },
        [event("2024-01-31T00:00:00Z", "transition", "GLACIER")],
    ),
    "the line's default goes before that of the answer": (
        {
            **line(object_fields={"size": 5}),
            "rules": {
                "Rules": [MOVES],
                "TransitionDefaultMinimumObjectSize": "varies_by_storage_class",
            },
            MINIMUM: "all_storage_classes_128K",
        },
        [],
    ),
    "the object's default goes first": (
        line(
            MOVES,
            object_fields={"size": 5, "transition_default_minimum_object_size": "all_storage_classes_128K"},
            transition_default_minimum_object_size="varies_by_storage_class",
        ),
        [],
    ),
    "no size where none is asked": (
        line(EXPIRES, object_fields={"size": None}),
        [event("2024-01-31T00:00:00Z", "expire")],
    ),
    "no size of a marker": (
        line(MOVES, versioning="Enabled", object_fields={"size": None, "delete_marker": True}),
        [],
    ),
    "no size of an upload": (
        line(
            MOVES,
            {**EXPIRES, "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 6}},
            object_fields={"size": None, "multipart_upload": True},
        ),
        [event("2024-01-08T00:00:00Z", "abort")],
    ),
    "a noncurrent version": (
        line(
            FORGETS,
            versioning="Enabled",
            object_fields={"noncurrent": True, "successor_created": "2024-01-15"},
        ),
        [event("2024-01-17T00:00:00Z", "delete_permanently")],
    ),
    "newer versions": (
        line(
            {
                **FORGETS,
                "NoncurrentVersionExpiration": {"NoncurrentDays": 1, "NewerNoncurrentVersions": 2},
            },
            versioning="Enabled",
            object_fields={
                "noncurrent": True,
                "successor_created": "2024-01-15",
                "newer_noncurrent_versions": 2,
            },
        ),
        [event("2024-01-17T00:00:00Z", "delete_permanently")],
    ),
    "a marker": (
        line(EXPIRES, versioning="Enabled", object_fields={"delete_marker": True}),
        [event("2024-01-31T00:00:00Z", "remove_expired_marker")],
    ),
    "a marker over versions": (
        line(EXPIRES, versioning="Enabled", object_fields={"delete_marker": True, "noncurrent_versions": 1}),
        [],
    ),
    "a marker of which no versions are told": (
        line(
            CLEANS, versioning="Enabled", object_fields={"delete_marker": True, "noncurrent_versions": None}
        ),
        [event("2024-01-01T10:30:00Z", "remove_expired_marker")],
    ),
    "a noncurrent version of which no newer ones are told": (
        line(
            forgets(1, NewerNoncurrentVersions=2),
            versioning="Enabled",
            object_fields={"noncurrent": True, "successor_created": "2024-01-15"},
        ),
        [],
    ),
    "fields nobody knows": (
        line(EXPIRES, object_fields={"colour": "blue"}, weather="rain"),
        [event("2024-01-31T00:00:00Z", "expire")],
    ),
}


@pytest.mark.parametrize(("asked", "events"), DECIDED.values(), ids=DECIDED)
def test_tells_the_fate_of_an_object(asked: dict[str, object], events: list[dict[str, object]]) -> None:
    """The events come as JSON: a time in UTC, a name, and a class for transitions alone."""
    assert judge_fate(asked) == {"id": 7, "events": events}
