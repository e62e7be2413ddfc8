"""Does `parse_rules` read every spelling S3's API has, and name what it cannot read?"""

from datetime import UTC, date, datetime

import pytest

from bucketwright.contract.lifecycle.parsing import MalformedRules, parse_rules

FULL = {
    "ID": "all",
    "Status": "Enabled",
    "Filter": {
        "And": {
            "Prefix": "a/",
            "Tags": [{"Key": "k", "Value": "v"}, {"Key": "bare"}],
            "ObjectSizeGreaterThan": 5,
            "ObjectSizeLessThan": 9,
        },
    },
    "Transitions": [{"Days": 30, "StorageClass": "STANDARD_IA"}, {"Date": "2030-01-02", "StorageClass": "X"}],
    "NoncurrentVersionTransitions": [
        {"NoncurrentDays": 7, "NewerNoncurrentVersions": 2, "StorageClass": "GLACIER"},
    ],
    "Expiration": {"Days": 90, "Date": "2031-01-01T00:00:00Z", "ExpiredObjectDeleteMarker": False},
    "NoncurrentVersionExpiration": {"NoncurrentDays": 8, "NewerNoncurrentVersions": 3},
    "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 6},
}


def test_reads_every_field() -> None:
    """What is written stands in the rule, typed, and nothing else."""
    (rule,) = parse_rules([FULL])

    assert (rule.number, rule.id, rule.status, rule.enabled, rule.prefix) == (1, "all", "Enabled", True, None)
    (direct, inner) = rule.predicates
    assert (direct.prefix, direct.tags, direct.greater_than, direct.less_than) == (None, (), None, None)
    assert (inner.prefix, inner.greater_than, inner.less_than) == ("a/", 5, 9)
    assert [(tag.key, tag.value) for tag in inner.tags] == [("k", "v"), ("bare", "")]
    assert [(step.days, step.date, step.storage_class) for step in rule.transitions] == [
        (30, None, "STANDARD_IA"),
        (None, datetime(2030, 1, 2, tzinfo=UTC), "X"),
    ]
    assert [(step.days, step.newer_versions, step.storage_class) for step in rule.noncurrent_transitions] == [
        (7, 2, "GLACIER"),
    ]
    assert rule.expiration is not None
    assert rule.noncurrent_expiration is not None
    assert rule.abort is not None
    expiration = rule.expiration
    assert (expiration.days, expiration.date) == (90, datetime(2031, 1, 1, tzinfo=UTC))
    assert expiration.expired_marker is False
    assert (rule.noncurrent_expiration.days, rule.noncurrent_expiration.newer_versions) == (8, 3)
    assert rule.abort.days == 6


def test_reads_the_older_spellings() -> None:
    """A rule-level prefix and single transitions are read as well."""
    (rule,) = parse_rules(
        {
            "Rules": [
                {
                    "Prefix": "old/",
                    "Status": "Disabled",
                    "Transition": {"Days": 1, "StorageClass": "GLACIER"},
                    "Transitions": [{"Days": 2, "StorageClass": "DEEP_ARCHIVE"}],
                    "NoncurrentVersionTransition": [{"NoncurrentDays": 3, "StorageClass": "GLACIER"}],
                },
            ],
        },
    )

    assert not rule.enabled
    assert rule.label == "rule 1"
    assert [part.prefix for part in rule.predicates] == ["old/"]
    assert [step.days for step in rule.transitions] == [2, 1]
    assert [step.days for step in rule.noncurrent_transitions] == [3]


def test_reads_filters_with_one_predicate() -> None:
    """A predicate directly in the filter is the rule's."""
    tagged, sized, empty, absent = parse_rules(
        [
            {"Filter": {"Tag": {"Key": "k", "Value": "v"}}},
            {"Filter": {"ObjectSizeLessThan": 7.0, "Prefix": "p"}},
            {"Filter": {}},
            {},
        ],
    )

    assert [(tag.key, tag.value) for tag in tagged.predicates[0].tags] == [("k", "v")]
    assert (tagged.has_tags, tagged.has_size) == (True, False)
    assert (sized.predicates[0].less_than, sized.predicates[0].prefix) == (7, "p")
    assert (sized.has_tags, sized.has_size) == (False, True)
    assert (empty.has_tags, empty.has_size, absent.predicates) == (False, False, ())


def test_takes_null_for_absent() -> None:
    """Null says nothing, wherever a field may be absent, and so does an empty ID."""
    fields = (*FULL, "Prefix", "Transition", "NoncurrentVersionTransition", "Unknown")
    (rule,) = parse_rules([dict.fromkeys(fields)])

    assert rule == parse_rules([{}])[0]
    assert parse_rules([{"ID": ""}])[0].id is None


@pytest.mark.parametrize(
    ("written", "expected"),
    [(True, True), (False, False), ("true", True), ("FALSE", False), (None, None)],
)
def test_reads_booleans(written: object, expected: bool | None) -> None:
    """True and false may be spelled as XML spells them."""
    (rule,) = parse_rules([{"Expiration": {"ExpiredObjectDeleteMarker": written}}])

    assert rule.expiration is not None
    assert rule.expiration.expired_marker is expected


TIME = "must be a date or time in ISO 8601, such as 2027-01-31T00:00:00Z"
UNREADABLE: dict[str, tuple[object, str]] = {
    "a rule that is a list": ([[]], "rule 1: the rule must be an object, found a list"),
    "a second rule that is null": ([{}, None], "rule 2: the rule must be an object, found nothing"),
    "an id that is a number": ([{"ID": 7}], "rule 1: ID must be a text, found a number"),
    "a status that is a truth": (
        [{"ID": "x", "Status": True}],
        "rule 1 ('x'): Status must be a text, found true or false",
    ),
    "a prefix that is a number": ([{"Prefix": 0.5}], "rule 1: Prefix must be a text, found a number"),
    "a filter that is a text": ([{"Filter": "a/"}], "rule 1: Filter must be an object, found a text"),
    "a filter's prefix": ([{"Filter": {"Prefix": []}}], "rule 1: Filter.Prefix must be a text, found a list"),
    "a tag that is a text": (
        [{"Filter": {"Tag": "k"}}],
        "rule 1: Filter.Tag must be an object, found a text",
    ),
    "a tag without a key": (
        [{"Filter": {"Tag": {"Value": "v"}}}],
        "rule 1: Filter.Tag.Key must be a text, found nothing",
    ),
    "a tag's value": (
        [{"Filter": {"Tag": {"Key": "k", "Value": 1}}}],
        "rule 1: Filter.Tag.Value must be a text, found a number",
    ),
    "a size that is a fraction": (
        [{"Filter": {"ObjectSizeLessThan": 1.5}}],
        "rule 1: Filter.ObjectSizeLessThan must be a whole number, found a number",
    ),
    "a size that is endless": (
        [{"Filter": {"ObjectSizeGreaterThan": float("inf")}}],
        "rule 1: Filter.ObjectSizeGreaterThan must be a whole number, found a number",
    ),
    "And that is a list": ([{"Filter": {"And": []}}], "rule 1: Filter.And must be an object, found a list"),
    "And's prefix": (
        [{"Filter": {"And": {"Prefix": {}}}}],
        "rule 1: Filter.And.Prefix must be a text, found an object",
    ),
    "And's tags": (
        [{"Filter": {"And": {"Tags": {}}}}],
        "rule 1: Filter.And.Tags must be a list, found an object",
    ),
    "one of And's tags": (
        [{"Filter": {"And": {"Tags": [{"Key": "k"}, {"Key": None}]}}}],
        "rule 1: Filter.And.Tags[1].Key must be a text, found nothing",
    ),
    "transitions": ([{"Transitions": {}}], "rule 1: Transitions must be a list, found an object"),
    "a transition": ([{"Transitions": [7]}], "rule 1: Transitions[0] must be an object, found a number"),
    "a transition's days": (
        [{"Transitions": [{}, {"Days": True}]}],
        "rule 1: Transitions[1].Days must be a whole number, found true or false",
    ),
    "a transition's class": (
        [{"Transition": {"StorageClass": 1}}],
        "rule 1: Transition[0].StorageClass must be a text, found a number",
    ),
    "the older transition": ([{"Transition": "x"}], "rule 1: Transition must be a list, found a text"),
    "a transition's date": ([{"Transitions": [{"Date": "soon"}]}], f"rule 1: Transitions[0].Date {TIME}"),
    "noncurrent transitions": (
        [{"NoncurrentVersionTransitions": [{"NoncurrentDays": "1"}]}],
        "rule 1: NoncurrentVersionTransitions[0].NoncurrentDays must be a whole number, found a text",
    ),
    "a noncurrent transition": (
        [{"NoncurrentVersionTransitions": [None]}],
        "rule 1: NoncurrentVersionTransitions[0] must be an object, found nothing",
    ),
    "a noncurrent transition's class": (
        [{"NoncurrentVersionTransition": {"StorageClass": {}}}],
        "rule 1: NoncurrentVersionTransition[0].StorageClass must be a text, found an object",
    ),
    "a noncurrent transition's versions": (
        [{"NoncurrentVersionTransitions": [{"NewerNoncurrentVersions": {}}]}],
        (
            "rule 1: NoncurrentVersionTransitions[0].NewerNoncurrentVersions must be a whole number, "
            "found an object"
        ),
    ),
    "an expiration": ([{"Expiration": 7}], "rule 1: Expiration must be an object, found a number"),
    "an expiration's days": (
        [{"Expiration": {"Days": date(2030, 1, 1)}}],
        "rule 1: Expiration.Days must be a whole number, found something else",
    ),
    "an expiration's marker": (
        [{"Expiration": {"ExpiredObjectDeleteMarker": "yes"}}],
        "rule 1: Expiration.ExpiredObjectDeleteMarker must be true or false, found a text",
    ),
    "an expiration's marker as a number": (
        [{"Expiration": {"ExpiredObjectDeleteMarker": 1}}],
        "rule 1: Expiration.ExpiredObjectDeleteMarker must be true or false, found a number",
    ),
    "a noncurrent expiration": (
        [{"NoncurrentVersionExpiration": "x"}],
        "rule 1: NoncurrentVersionExpiration must be an object, found a text",
    ),
    "a noncurrent expiration's days": (
        [{"NoncurrentVersionExpiration": {"NoncurrentDays": "x"}}],
        "rule 1: NoncurrentVersionExpiration.NoncurrentDays must be a whole number, found a text",
    ),
    "a noncurrent expiration's versions": (
        [{"NoncurrentVersionExpiration": {"NewerNoncurrentVersions": "x"}}],
        "rule 1: NoncurrentVersionExpiration.NewerNoncurrentVersions must be a whole number, found a text",
    ),
    "abort": (
        [{"AbortIncompleteMultipartUpload": 7}],
        "rule 1: AbortIncompleteMultipartUpload must be an object, found a number",
    ),
    "abort's days": (
        [{"AbortIncompleteMultipartUpload": {"DaysAfterInitiation": "7"}}],
        "rule 1: AbortIncompleteMultipartUpload.DaysAfterInitiation must be a whole number, found a text",
    ),
    "no list": (7, "Rules must be a list, found a number"),
    "a wrapper around no list": ({"Rules": "x"}, "Rules must be a list, found a text"),
}


@pytest.mark.parametrize(("raw", "message"), UNREADABLE.values(), ids=UNREADABLE)
def test_names_what_it_cannot_read(raw: object, message: str) -> None:
    """An unreadable value is told with its rule, its field and what was expected, never with a traceback."""
    with pytest.raises(MalformedRules) as caught:
        parse_rules(raw)

    fault = caught.value
    assert str(fault) == message
    assert message == f"{fault.rule}: {fault.field} {fault.problem}".removeprefix("None: ")
