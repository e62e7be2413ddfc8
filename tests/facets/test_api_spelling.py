"""What an answer of AWS says reads as a plan would say it, and arguments are sent as the API spells them."""

from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucketwright.facets.api_spelling import as_planned, as_sent
from bucketwright.facets.said import Said
from tests.facets.plans import address_of

_TAGS: Final = [{"Key": "Team", "Value": "x"}, {"Key": "b"}]


@pytest.mark.parametrize(
    ("answered", "planned"),
    [
        pytest.param({"NoncurrentDays": 1}, {"noncurrentDays": 1}, id="a name"),
        pytest.param({"ID": "X", "ReplicaKmsKeyID": "Y"}, {"id": "X", "replicaKmsKeyId": "Y"}, id="an ID"),
        pytest.param({"A": [{"B": {"C": "D"}}]}, {"a": [{"b": {"c": "D"}}]}, id="names inside lists"),
        pytest.param({"Tags": _TAGS}, {"tags": {"Team": "x", "b": ""}}, id="tags as a mapping"),
        pytest.param({"Tag": _TAGS[0]}, {"tag": {"key": "Team", "value": "x"}}, id="a single tag"),
        pytest.param({"Tags": 5}, {"tags": 5}, id="tags that are none"),
        pytest.param({"Tags": [5]}, {"tags": [5]}, id="a list of no tags"),
        pytest.param(
            {"Tags": [_TAGS[0], _TAGS[0]]},
            {"tags": [{"key": "Team", "value": "x"}] * 2},
            id="a tag that is named twice",
        ),
        pytest.param(
            {"StartsWith": ["a"]}, {"startsWiths": ["a"]}, id="a list whose name Pulumi makes a plural"
        ),
    ],
)
def test_an_answer_reads_as_a_plan(answered: dict[str, object], planned: dict[str, object]) -> None:
    """Names begin small, and tags are a mapping; values stay as they are."""
    said = as_planned(Said(answered, address_of, "GetIt"))

    assert said.values == planned
    assert said.path == "GetIt"


@pytest.mark.parametrize(
    ("args", "sent"),
    [
        pytest.param({"noncurrent_days": 1}, {"NoncurrentDays": 1}, id="a name"),
        pytest.param({"id": "x", "replica_kms_key_id": "y"}, {"ID": "x", "ReplicaKmsKeyID": "y"}, id="an ID"),
        pytest.param(
            {"and_": {"tags": {"a_b": "c"}}}, {"And": {"Tags": [{"Key": "a_b", "Value": "c"}]}}, id="tags"
        ),
        pytest.param({"rules": [{"days": 5}]}, {"Rules": [{"Days": 5}]}, id="a list of mappings"),
        pytest.param({"methods": ("get_it",)}, {"Methods": ["get_it"]}, id="a list of texts"),
    ],
)
def test_arguments_are_sent_as_the_api_spells_them(args: dict[str, Any], sent: dict[str, Any]) -> None:
    """Names are in capitals, tags are a list; what is no name stays as it is."""
    assert as_sent(args) == sent


_names: Final = st.lists(st.sampled_from(("days", "prefix", "storage", "of")), min_size=1, max_size=3).map(
    "_".join
)
_flat: Final = st.integers(0, 9) | st.lists(st.integers(0, 9), max_size=2)
_values: Final = st.dictionaries(_names, _flat | st.dictionaries(_names, _flat, max_size=2), max_size=2)


@settings(max_examples=40, deadline=None)
@given(_values)
def test_what_is_sent_reads_as_a_program_spelled_it(value: object) -> None:
    """There and back, a name is the same in camel case."""
    told = as_planned(Said(as_sent({"value": value}), address_of)).values

    assert told == {"value": _camel(value)}


def _camel(value: object) -> object:
    match value:
        case dict():
            return {_spelled(name): _camel(one) for name, one in value.items()}
        case list():
            return [_camel(one) for one in value]
    return value


def _spelled(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(map(str.capitalize, others))


def test_a_deep_answer_does_no_harm() -> None:
    """What lies deeper than anything S3 has is left as it is."""
    deep: dict[str, object] = {}
    for _ in range(5_000):
        deep = {"A": deep}

    assert isinstance(as_planned(Said(deep, address_of)).values["a"], dict)
