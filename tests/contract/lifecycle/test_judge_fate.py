"""Does the judge of fates tell what it can, and say why where it cannot?"""

import pytest

from bucketwright.contract.lifecycle import judge_fate
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


CLASSES = (
    "STANDARD, REDUCED_REDUNDANCY, STANDARD_IA, INTELLIGENT_TIERING, ONEZONE_IA, GLACIER_IR, "
    "GLACIER, DEEP_ARCHIVE"
)
DEFAULTS = "must be one of all_storage_classes_128K, varies_by_storage_class; found"
SIZED = {**EXPIRES, "Filter": {"ObjectSizeLessThan": 9}}
MOVES_LATER = {
    "Status": "Enabled",
    "Filter": {},
    "NoncurrentVersionTransitions": [{"NoncurrentDays": 1, "StorageClass": "GLACIER"}],
}

REFUSED = "would be refused by S3:"
NOT_POSITIVE = "'Days' for Expiration action must be a positive integer (InvalidArgument)"

UNDECIDED: dict[str, tuple[dict[str, object], str]] = {
    "no rules": ({**line(), "rules": None}, "rules is missing"),
    "rules that are a text": ({**line(), "rules": "x"}, "Rules must be a list, found a text"),
    "a rule that cannot be read": (
        line({"ID": "r", "Prefix": 7}),
        "rule 1 ('r'): Prefix must be a text, found a number",
    ),
    "an age below zero": (
        line({**EXPIRES, "Expiration": {"Days": -3}}),
        f"rules {REFUSED} rule 1: {NOT_POSITIVE}",
    ),
    "an age of nothing": (
        line({**EXPIRES, "ID": "r", "Expiration": {"Days": 0}}),
        f"rules {REFUSED} rule 1 ('r'): {NOT_POSITIVE}",
    ),
    "rules that are refused for two reasons": (
        line({**EXPIRES, "Expiration": {"Days": 0}}, MOVES, {**EXPIRES, "Status": "On"}),
        f"rules {REFUSED} rule 1: {NOT_POSITIVE}; and 1 more",
    ),
    "a refused rule that is about other keys": (
        line({"Status": "Enabled", "Filter": {"Prefix": "z"}, "Expiration": {"Days": 0}}),
        f"rules {REFUSED} rule 1: {NOT_POSITIVE}",
    ),
    "no object": ({**line(), "object": None}, "object is missing"),
    "an object that is a list": ({**line(), "object": []}, "object must be an object, found a list"),
    "versioning that is no text": (line(versioning=True), "versioning must be a text, found true or false"),
    "versioning nobody knows": (
        line(versioning="On\n"),
        "versioning must be one of Enabled, Suspended, Disabled; found 'On\\n'",
    ),
    "no key": (line(object_fields={"key": None}), "object.key is missing"),
    "a key that is a number": (line(object_fields={"key": 1}), "object.key must be a text, found a number"),
    "no creation time": (line(object_fields={"created": None}), "object.created is missing"),
    "a creation time nobody reads": (
        line(object_fields={"created": "soon"}),
        "object.created must be a date or time in ISO 8601, such as 2027-01-31T00:00:00Z",
    ),
    "a size that is a text": (
        line(object_fields={"size": "9"}),
        "object.size must be a whole number, found a text",
    ),
    "a size below zero": (line(object_fields={"size": -1}), "object.size must not be negative"),
    "no size, and a transition": (
        line(MOVES, object_fields={"size": None}),
        "object.size is missing; a rule asks for it",
    ),
    "no size, and a noncurrent transition": (
        line(MOVES_LATER, object_fields={"size": None}),
        "object.size is missing; a rule asks for it",
    ),
    "no size, and a size filter": (
        line(EXPIRES, SIZED, object_fields={"size": None}),
        "object.size is missing; a rule asks for it",
    ),
    "a class nobody knows": (
        line(object_fields={"class": "COLD"}),
        f"object.class must be one of {CLASSES}; found 'COLD'",
    ),
    "a class that is a number": (
        line(object_fields={"class": 1}),
        "object.class must be a text, found a number",
    ),
    "tags that are a list": (line(object_fields={"tags": []}), "object.tags must be an object, found a list"),
    "a tag that is a number": (
        line(object_fields={"tags": {"k": 1}}),
        "object.tags.k must be a text, found a number",
    ),
    "a version id that is a number": (
        line(object_fields={"version_id": 1}),
        "object.version_id must be a text, found a number",
    ),
    "noncurrent that is a number": (
        line(object_fields={"noncurrent": 1}),
        "object.noncurrent must be true or false, found a number",
    ),
    "a successor nobody reads": (
        line(object_fields={"successor_created": 1}),
        "object.successor_created must be a date or time in ISO 8601, such as 2027-01-31T00:00:00Z",
    ),
    "newer versions below zero": (
        line(object_fields={"newer_noncurrent_versions": -1}),
        "object.newer_noncurrent_versions must not be negative",
    ),
    "a marker that is a text": (
        line(object_fields={"delete_marker": "x"}),
        "object.delete_marker must be true or false, found a text",
    ),
    "versions under it below zero": (
        line(object_fields={"noncurrent_versions": -1}),
        "object.noncurrent_versions must not be negative",
    ),
    "an upload that is an object": (
        line(object_fields={"multipart_upload": {}}),
        "object.multipart_upload must be true or false, found an object",
    ),
    "a default nobody knows": (
        line(object_fields={MINIMUM: "128K"}),
        f"object.{MINIMUM} {DEFAULTS} '128K'",
    ),
    "a default nobody knows at the top": (line() | {MINIMUM: "no"}, f"{MINIMUM} {DEFAULTS} 'no'"),
    "a default nobody knows around the rules": (
        {**line(), "rules": {"Rules": [], "TransitionDefaultMinimumObjectSize": "no"}},
        f"rules.TransitionDefaultMinimumObjectSize {DEFAULTS} 'no'",
    ),
    "a default that is a number": (line() | {MINIMUM: 128}, f"{MINIMUM} must be a text, found a number"),
}


@pytest.mark.parametrize(("asked", "because"), UNDECIDED.values(), ids=UNDECIDED)
def test_says_why_it_cannot_tell(asked: dict[str, object], because: str) -> None:
    """What cannot be decided is null, with the reason, never an empty story."""
    assert judge_fate(asked) == {"id": 7, "events": None, "because": because}
