"""Is a rule set with members that S3's schema does not have refused, and no other?"""

from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bucketwright.contract.lifecycle.judge import judge_fate, judge_lifecycle
from bucketwright.contract.lifecycle.validity import refusals
from tests.contract.lifecycle.asking import EXPIRES, line

RULE_MEMBERS = (
    "ID, Status, Filter, Prefix, Transitions, Transition, NoncurrentVersionTransitions, "
    "NoncurrentVersionTransition, Expiration, NoncurrentVersionExpiration, AbortIncompleteMultipartUpload"
)
FILTER_MEMBERS = "Prefix, ObjectSizeGreaterThan, ObjectSizeLessThan, Tag, And"
AND_MEMBERS = "Prefix, ObjectSizeGreaterThan, ObjectSizeLessThan, Tags"
TAG_MEMBERS = "Key, Value"
MEMBERS = f"{RULE_MEMBERS}, {FILTER_MEMBERS}, {AND_MEMBERS}, {TAG_MEMBERS}, Days, Date".split(", ")

UNKNOWN: dict[str, tuple[dict[str, object], str]] = {
    "in a rule": ({"Colour": "blue"}, f"Colour is not known to S3; known here: {RULE_MEMBERS}"),
    "in a rule, in small letters": (
        {"filter": {}},
        f"filter is not known to S3 (did you mean 'Filter'?); known here: {RULE_MEMBERS}",
    ),
    "in a rule, an action misspelt": (
        {"Expirations": {"Days": 1}},
        f"Expirations is not known to S3 (did you mean 'Expiration'?); known here: {RULE_MEMBERS}",
    ),
    "in a filter": (
        {"Filter": {"Suffix": ".tmp"}},
        f"Filter.Suffix is not known to S3; known here: {FILTER_MEMBERS}",
    ),
    "in a filter, beside a known one": (
        {"Filter": {"Prefix": "a/", "Colour": False}},
        f"Filter.Colour is not known to S3; known here: {FILTER_MEMBERS}",
    ),
    "in a filter, what only And has": (
        {"Filter": {"Tags": []}},
        f"Filter.Tags is not known to S3 (did you mean 'Tag'?); known here: {FILTER_MEMBERS}",
    ),
    "in And": (
        {"Filter": {"And": {"Prefix": "a/", "ObjectSizeLessThan": 9, "colour": 0}}},
        f"Filter.And.colour is not known to S3; known here: {AND_MEMBERS}",
    ),
    "in And, what only a filter has": (
        {"Filter": {"And": {"Prefix": "a/", "Tag": {"Key": "k"}}}},
        f"Filter.And.Tag is not known to S3 (did you mean 'Tags'?); known here: {AND_MEMBERS}",
    ),
    "in a tag": (
        {"Filter": {"Tag": {"Key": "k", "Values": ["v"]}}},
        f"Filter.Tag.Values is not known to S3 (did you mean 'Value'?); known here: {TAG_MEMBERS}",
    ),
    "in the second tag of And": (
        {"Filter": {"And": {"Tags": [{"Key": "k"}, {"Key": "l", "X": ""}]}}},
        f"Filter.And.Tags[1].X is not known to S3; known here: {TAG_MEMBERS}",
    ),
    "in an expiration": (
        {"Expiration": {"Days": 9, "DaysAfterInitiation": 1}},
        (
            "Expiration.DaysAfterInitiation is not known to S3; known here: Days, Date, "
            "ExpiredObjectDeleteMarker"
        ),
    ),
    "in the second transition": (
        {"Transitions": [{"Days": 9, "StorageClass": "GLACIER"}, {"NoncurrentDays": 99}]},
        "Transitions[1].NoncurrentDays is not known to S3; known here: StorageClass, Days, Date",
    ),
    "in a transition of the older spelling": (
        {"Transition": {"Days": 9, "StorageClass": "GLACIER", "storageclass": "x"}},
        (
            "Transition[0].storageclass is not known to S3 (did you mean 'StorageClass'?); known here: "
            "StorageClass, Days, Date"
        ),
    ),
    "in a noncurrent transition": (
        {"NoncurrentVersionTransitions": [{"NoncurrentDays": 9, "StorageClass": "GLACIER", "Date": "x"}]},
        (
            "NoncurrentVersionTransitions[0].Date is not known to S3; known here: StorageClass, "
            "NoncurrentDays, NewerNoncurrentVersions"
        ),
    ),
    "in a noncurrent expiration": (
        {"NoncurrentVersionExpiration": {"NoncurrentDays": 9, "Days": 9}},
        (
            "NoncurrentVersionExpiration.Days is not known to S3; known here: NoncurrentDays, "
            "NewerNoncurrentVersions"
        ),
    ),
    "in abort": (
        {"AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 7, "Days": 7}},
        "AbortIncompleteMultipartUpload.Days is not known to S3; known here: DaysAfterInitiation",
    ),
}


@pytest.mark.parametrize(("fields", "problem"), UNKNOWN.values(), ids=UNKNOWN)
def test_a_member_s3_does_not_know_refuses_the_set(fields: dict[str, object], problem: str) -> None:
    """The set is invalid with the member named, and no fate is told from what is left of the rule."""
    asked = line(EXPIRES, {**EXPIRES, "ID": "tmp", **fields})

    assert judge_lifecycle(asked) == {
        "id": 7,
        "valid": False,
        "errors": [f"rule 2 ('tmp'): {problem} (MalformedXML)"],
    }
    assert judge_fate(asked) == {"id": 7, "events": None, "because": f"rule 2 ('tmp'): {problem}"}


def test_a_member_beside_the_rules_refuses_the_set() -> None:
    """Around the rules there is only what S3's answer has."""
    problem = (
        "Rule is not known to S3 (did you mean 'Rules'?); known here: Rules, "
        "TransitionDefaultMinimumObjectSize, ResponseMetadata"
    )
    asked = {"id": 7, "rules": {"Rules": [EXPIRES], "Rule": [EXPIRES]}, "object": {}}

    assert judge_lifecycle(asked)["errors"] == [f"the rule set: {problem} (MalformedXML)"]
    assert judge_fate(asked) == {"id": 7, "events": None, "because": problem}


def test_a_disabled_rule_is_read_as_strictly() -> None:
    """S3 reads the whole document before it looks at what is switched on."""
    assert judge_lifecycle(line({**EXPIRES, "Status": "Disabled", "X": 1}))["valid"] is False


@pytest.mark.parametrize(
    "name", ["", "\n\x1b[31m", "\ud800", "x" * 10**6, "Prefix "], ids=lambda name: name[:9]
)
def test_a_hostile_name_is_shown_on_a_short_line(name: str) -> None:
    """Whatever a member is called, the error is one printable line."""
    (error,) = refusals([{**EXPIRES, "Filter": {name: 1}}])

    assert error.startswith("rule 1: Filter.")
    assert error.isprintable()
    assert len(error) < 300


EVERY_MEMBER: dict[str, Any] = {
    "ID": "all",
    "Status": "Enabled",
    "Filter": {
        "And": {
            "Prefix": "a/",
            "Tags": [{"Key": "k", "Value": "v"}],
            "ObjectSizeGreaterThan": 5,
            "ObjectSizeLessThan": 9,
        },
    },
    "Transitions": [{"Days": 30, "StorageClass": "GLACIER"}],
    "NoncurrentVersionTransitions": [
        {"NoncurrentDays": 7, "NewerNoncurrentVersions": 2, "StorageClass": "GLACIER"},
    ],
    "Expiration": {"Days": 90},
    "NoncurrentVersionExpiration": {"NoncurrentDays": 8, "NewerNoncurrentVersions": 3},
}


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_every_member_of_a_sound_rule_is_known_and_no_other(data: st.DataObject) -> None:
    """The rule is accepted as it is, and refused for one member more, wherever that stands."""
    rule = data.draw(st.sampled_from([EVERY_MEMBER, EXPIRES]))
    objects = list(below(rule, ""))
    path, chosen = data.draw(st.sampled_from(objects))
    name = data.draw(st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=8))
    value: object = data.draw(st.sampled_from([0, False, "", [], {}, None]))

    assert refusals([rule]) == ()
    assume(name not in MEMBERS)
    widened = swapped(rule, chosen, {**chosen, name: value})
    assert [error.partition(" is not known to S3")[1] != "" for error in refusals([widened])] == (
        [] if value is None else [True]
    ), path


def below(value: object, path: str) -> list[tuple[str, dict[str, Any]]]:
    """Every object inside a rule, with its path."""
    if isinstance(value, list):
        return [found for place, one in enumerate(value) for found in below(one, f"{path}[{place}]")]
    if not isinstance(value, dict):
        return []
    inner = [found for name, one in value.items() for found in below(one, f"{path}.{name}")]
    return [(path, value), *inner]


def swapped(value: Any, old: dict[str, Any], new: dict[str, Any]) -> Any:
    """The rule with another object in the place of one of its own."""
    if value is old:
        return new
    if isinstance(value, list):
        return [swapped(one, old, new) for one in value]
    if isinstance(value, dict):
        return {name: swapped(one, old, new) for name, one in value.items()}
    return value
