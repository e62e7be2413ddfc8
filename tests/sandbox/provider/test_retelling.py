"""What is live is told in the program's words, and only a real change shows."""

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.provider.retelling import COMPUTED, retold

DOCUMENT = '{"Version": "2012-10-17", "Statement": []}'
SPREAD = '{\n  "Statement": [],\n  "Version": "2012-10-17"\n}'


@pytest.mark.parametrize(
    ("live", "said", "defaults"),
    [
        pytest.param({"policy": DOCUMENT}, {"policy": SPREAD}, {}, id="a document spread over lines"),
        pytest.param(
            {"policy": DOCUMENT},
            {"policy": {"Version": "2012-10-17", "Statement": []}},
            {},
            id="a document as a mapping",
        ),
        pytest.param({"a": 1, "b": False}, {"a": 1}, {"b": False}, id="a default that is not said"),
        pytest.param(
            {"a": 1}, {"a": 1, "b": False}, {"b": False}, id="a default that is said and not answered"
        ),
        pytest.param({"a": 1, "b": False}, {"a": 1, "b": False}, {"b": False}, id="a default that is said"),
        pytest.param({"a": 1, "id": "x9"}, {"a": 1}, {"id": COMPUTED}, id="what AWS computes"),
        pytest.param({"a": 1, "b": {"c": ""}}, {"a": 1}, {}, id="nothing, deep inside"),
        pytest.param({"a": 1}, {"a": 1, "b": {}}, {}, id="an empty mapping that is not answered"),
        pytest.param({"a": 1, "b": []}, {"a": 1}, {}, id="an empty list that is not said"),
        pytest.param({"methods": ["PUT", "GET"]}, {"methods": ["GET", "PUT"]}, {}, id="another order"),
        pytest.param(
            {"rules": [{"a": 1, "id": "x9"}, {"a": 2, "id": "x8"}]},
            {"rules": [{"a": 1}, {"a": 2, "id": "x8"}]},
            {"rules": {"id": COMPUTED}},
            id="computed in a list",
        ),
    ],
)
def test_what_means_the_same_is_no_change(
    live: Mapping[str, object], said: Mapping[str, object], defaults: Mapping[str, object]
) -> None:
    """The program's own words come back, so that a refresh is quiet."""
    assert retold(live, said, defaults) == said


@pytest.mark.parametrize(
    ("live", "said", "defaults", "expected"),
    [
        pytest.param({"a": 2}, {"a": 1}, {"a": 2}, {"a": 2}, id="back at the default"),
        pytest.param({"a": 1, "b": True}, {"a": 1}, {"b": False}, {"a": 1, "b": True}, id="off the default"),
        pytest.param({}, {"a": 1}, {}, {}, id="taken away"),
        pytest.param({}, {"a": True}, {"a": False}, {}, id="taken away, back to the default"),
        pytest.param(
            {"a": 1, "id": "x9"}, {"a": 1, "id": "x8"}, {"id": COMPUTED}, {"a": 1, "id": "x9"}, id="named"
        ),
        pytest.param({"a": 0}, {}, {}, {"a": 0}, id="a zero is something"),
        pytest.param({"a": False}, {}, {}, {"a": False}, id="false is something"),
        pytest.param(
            {"policy": DOCUMENT.replace("[]", "[1]")},
            {"policy": SPREAD},
            {},
            {"policy": DOCUMENT.replace("[]", "[1]")},
            id="another document",
        ),
        pytest.param(
            {"policy": "{broken"}, {"policy": "{other"}, {}, {"policy": "{broken"}, id="no documents"
        ),
        pytest.param(
            {"rules": [{"a": 1, "b": False}]},
            {"rules": [{"a": 1}, {"a": 2}]},
            {"rules": {"b": False}},
            {"rules": [{"a": 1}]},
            id="a rule less",
        ),
        pytest.param(
            {"tags": {"a": "b", "c": "d"}},
            {"tags": {"a": "b"}},
            {},
            {"tags": {"a": "b", "c": "d"}},
            id="a tag more",
        ),
    ],
)
def test_a_change_shows(
    live: Mapping[str, object],
    said: Mapping[str, object],
    defaults: Mapping[str, object],
    expected: Mapping[str, object],
) -> None:
    """What is live is told where it differs, and defaults beside it still go unsaid."""
    assert retold(live, said, defaults) == expected


LEAVES = st.one_of(st.integers(1, 3), st.sampled_from(["x", "y"]), st.just(value=True))
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3), st.dictionaries(st.sampled_from("abc"), inner, min_size=1)
    ),
    max_leaves=8,
)
RECORDS = st.dictionaries(st.sampled_from("abcd"), VALUES)


@settings(max_examples=200, deadline=None)
@given(RECORDS)
def test_what_is_live_just_so_comes_back(said: Mapping[str, object]) -> None:
    """If what is live is what is said, that is told."""
    assert retold(said, said) == said


@settings(max_examples=200, deadline=None)
@given(RECORDS, RECORDS)
def test_two_that_differ_are_told_apart(live: Mapping[str, object], said: Mapping[str, object]) -> None:
    """Without defaults, lists apart, nothing but the live values themselves is told."""
    told = retold(live, said)

    assert set(told) == set(live)
    assert (told == said) == (_unordered(live) == _unordered(said))


def _unordered(value: object) -> object:
    """A value whose lists have no order, which is how AWS returns many."""
    match value:
        case dict():
            return {name: _unordered(inner) for name, inner in value.items()}
        case list():
            return sorted((_unordered(inner) for inner in value), key=repr)
        case _:
            return value
