"""Does the judge of fates say why, where it cannot tell?"""

import pytest

from bucketwright.contract.lifecycle.judge import judge_fate
from tests.contract.lifecycle.asking import EXPIRES, MINIMUM, MOVES, line
from tests.contract.lifecycle.writing import moves_later

CLASSES = (
    "STANDARD, REDUCED_REDUNDANCY, STANDARD_IA, INTELLIGENT_TIERING, ONEZONE_IA, GLACIER_IR, "
    "GLACIER, DEEP_ARCHIVE"
)
DEFAULTS = "must be one of all_storage_classes_128K, varies_by_storage_class; found"
SIZED = {**EXPIRES, "Filter": {"ObjectSizeLessThan": 9}}
MOVES_LATER = moves_later(1, "GLACIER")

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
