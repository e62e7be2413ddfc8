"""Do the judges answer every line of JSON, and never with a traceback?"""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucketwright.contract.lifecycle.judge import judge_fate, judge_lifecycle
from tests.contract.lifecycle.asking import EXPIRES, FORGETS, MINIMUM, OBJECT, event, line


def test_takes_the_id_as_it_is() -> None:
    """Whatever the id, it comes back; without one it is null."""
    assert judge_fate({**line(), "id": {"a": [1]}})["id"] == {"a": [1]}
    assert judge_fate({"rules": []}) == {"id": None, "events": None, "because": "object is missing"}
    assert judge_lifecycle({**line(EXPIRES), "id": None})["id"] is None


@pytest.mark.parametrize("asked", [None, [], "x", 7, 0.5, True])
def test_answers_lines_that_are_no_objects(asked: object) -> None:
    """A line that is no JSON object cannot be decided either."""
    because = str(judge_fate(asked)["because"])

    assert because.startswith("the line must be an object, found ")
    assert judge_fate(asked) == {"id": None, "events": None, "because": because}
    assert judge_lifecycle(asked) == {"id": None, "valid": None, "errors": None, "because": because}


def test_tells_whether_s3_accepts_the_rules() -> None:
    """Valid rules have no errors, others every reason; absent rules cannot be judged."""
    refused = "rule 1: 'Days' for Expiration action must be a positive integer (InvalidArgument)"
    broken = {**EXPIRES, "Expiration": {"Days": 0}}

    assert judge_lifecycle(line(EXPIRES)) == {"id": 7, "valid": True, "errors": []}
    assert judge_lifecycle(line(broken)) == {"id": 7, "valid": False, "errors": [refused]}
    assert judge_lifecycle({"id": 7}) == {
        "id": 7,
        "valid": None,
        "errors": None,
        "because": "rules is missing",
    }
    assert judge_lifecycle({"id": 7, "rules": []}) == {
        "id": 7,
        "valid": False,
        "errors": ["the rule set: At least one lifecycle rule must be specified. (InvalidRequest)"],
    }


@pytest.mark.parametrize("versioning", ["Enabled", "Suspended", "Disabled", None, "suspended", "ENABLED"])
def test_versioning_makes_no_rules_invalid(versioning: object) -> None:
    """S3 accepts noncurrent actions for a bucket without versions."""
    assert judge_lifecycle(line(FORGETS, versioning=versioning))["valid"] is True


@pytest.mark.parametrize(
    ("versioning", "because"),
    [
        ("frob", "versioning must be one of Enabled, Suspended, Disabled; found 'frob'"),
        ("", "versioning must be one of Enabled, Suspended, Disabled; found ''"),
        (" Enabled", "versioning must be one of Enabled, Suspended, Disabled; found ' Enabled'"),
        (False, "versioning must be a text, found true or false"),
        (["Enabled"], "versioning must be a text, found a list"),
    ],
    ids=repr,
)
def test_a_versioning_nobody_knows_is_not_judged(versioning: object, because: str) -> None:
    """Neither kind answers for a state that no bucket has, whether the rules are good, bad or none."""
    told = {"id": 7, "events": None, "because": because}
    judged = {"id": 7, "valid": None, "errors": None, "because": because}

    for asked in (line(EXPIRES), line({}), line()):
        asked["versioning"] = versioning
        assert (judge_fate(asked), judge_lifecycle(asked)) == (told, judged)


NAMES = [
    "id", "rules", "object", "versioning", "Rules", "ID", "Status", "Filter", "Prefix", "And", "Tag",
    "Tags", "Key", "Value", "ObjectSizeGreaterThan", "ObjectSizeLessThan", "Transitions", "Transition",
    "StorageClass", "Days", "Date", "NoncurrentDays", "NewerNoncurrentVersions", "Expiration",
    "ExpiredObjectDeleteMarker", "NoncurrentVersionExpiration", "NoncurrentVersionTransitions",
    "AbortIncompleteMultipartUpload", "DaysAfterInitiation", "key", "size", "created", "class", "tags",
    "noncurrent", "successor_created", "delete_marker", "multipart_upload", MINIMUM,
]  # fmt: skip
scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(0, 400),
    st.floats(),
    st.text(max_size=9),
    st.sampled_from(
        ["Enabled", "GLACIER", "STANDARD_IA", "2024-01-01", "9999-12-31T23:59:59.999999Z", "\ud800"]
    ),
)
json_values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=3), inner, max_size=5)
    ),
    max_leaves=25,
)


@settings(max_examples=300, deadline=None)
@given(json_values, json_values, json_values)
def test_answers_any_json(whole: object, rules: object, fields: object) -> None:
    """No line of JSON, however strange, is met with anything but an answer that is JSON itself."""
    strange = {**OBJECT, **fields} if isinstance(fields, dict) else fields
    for asked in (whole, {"rules": rules, "object": OBJECT}, {"rules": [EXPIRES, rules], "object": strange}):
        told, judged = judge_fate(asked), judge_lifecycle(asked)

        assert (told["events"] is None) == ("because" in told)
        assert (judged["valid"] is None) == ("because" in judged) == (judged["errors"] is None)
        assert judged["valid"] in (None, judged["errors"] == [])
        assert json.loads(json.dumps([told["events"], judged["errors"]])) == [
            told["events"],
            judged["errors"],
        ]


def test_answers_large_lines_soon() -> None:
    """Thousands of rules, nested prefixes and an endless ID are judged, not choked on."""
    nested = [{"Prefix": "a" * number, "ID": "i" * 10**5} for number in range(500)]
    many = [{**EXPIRES, "ID": str(number)} for number in range(5_000)]

    assert judge_lifecycle({"rules": nested})["valid"] is False
    assert judge_lifecycle({"rules": many})["valid"] is False
    assert judge_fate(line(*many))["events"] is None
    assert judge_fate(line(*many[:1000]))["events"] == [event("2024-01-31T00:00:00Z", "expire")]
