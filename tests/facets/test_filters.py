"""Filters: one meaning for every spelling, and the objects of a prefix selected by what they carry."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bucketwright.contract.lifecycle.rules import Predicates, Tag
from bucketwright.contract.model import Environment
from bucketwright.facets.bucket_scope import BucketScope
from bucketwright.facets.filters import (
    ALL,
    filter_args,
    filter_of,
    flat_filter_args,
    merged,
    tags_of,
)
from bucketwright.facets.said import Said
from bucketwright.posture import Undetermined
from tests.facets.plans import spelled

words = st.text("abc/_{}-", min_size=1, max_size=6)
sizes = st.none() | st.integers(0, 10**12)
selections = st.builds(
    Predicates,
    prefix=st.none() | words,
    tags=st.dictionaries(words, words, max_size=3).map(tags_of),
    greater_than=sizes,
    less_than=sizes,
)
flat = st.builds(
    Predicates, prefix=st.none() | words, tags=st.dictionaries(words, words, max_size=3).map(tags_of)
)


def said(args: object) -> Said:
    assert isinstance(args, dict)
    return Said(spelled(args), lambda *_: None)


@given(selections)
def test_a_filter_comes_back(chosen: Predicates) -> None:
    """What is declared of lifecycle and replication is read as it was meant."""
    assert filter_of(said(dict(filter_args(chosen)))) == chosen


@given(flat)
def test_a_flat_filter_comes_back(chosen: Predicates) -> None:
    """The same of tiering, which knows no `and`."""
    assert filter_of(said(dict(flat_filter_args(chosen)))) == chosen


@given(selections)
def test_one_predicate_stands_alone_and_several_inside_and(chosen: Predicates) -> None:
    """S3 takes it no other way."""
    args = filter_args(chosen)

    assert (set(args) == {"and_"}) == (chosen.count > 1)
    assert len(args) <= 1


def test_no_filter_is_all_objects() -> None:
    """Nothing said asks nothing."""
    assert filter_of(None) == ALL


def test_predicates_beside_and_are_refused() -> None:
    """S3 refuses them, so nothing is known of such a filter."""
    with pytest.raises(Undetermined, match="S3 refuses"):
        filter_of(said({"prefix": "a", "and_": {"prefix": "b"}}))


@given(selections)
def test_merging_with_nothing_changes_nothing(chosen: Predicates) -> None:
    """An empty filter, and an empty prefix, ask nothing."""
    assert merged((ALL, chosen, Predicates(prefix=""))) == chosen


def test_an_object_is_selected_by_the_tag_it_carries_or_by_its_path() -> None:
    """The tag where uploads set it for lifecycle; the path without a lifecycle, or where tags do no good."""
    prefixes = {
        "tagged": {"path": "a/{id}/tagged/", "expire": "7 days"},
        "kept": {"path": "a/{id}/kept/"},
        "alone": {"path": "b/{id}/", "expire": "7 days"},
        "anywhere": {"path": "{id}/", "overlaps": ["tagged", "kept", "alone"]},
    }
    environment = Environment.model_validate(
        {"project": "shop", "name": "dev", "buckets": {"files": {"prefixes": prefixes}}}
    )
    scope = BucketScope(environment, "files")
    by_tag = (Tag("bucketwright:prefix", "tagged"),)

    assert scope.objects_of("tagged") == Predicates("a/", by_tag)
    assert scope.objects_of("tagged", by_tag=False) == Predicates("a/")
    assert scope.objects_of("kept") == Predicates("a/")
    assert scope.objects_of("anywhere") == ALL


@pytest.mark.parametrize(
    "named",
    [
        pytest.param({"replication": {"to": "copy", "prefixes": "kept"}}, id="copied"),
        pytest.param({"intelligent_tiering": {"archive": "90 days", "prefixes": "kept"}}, id="tiered"),
    ],
)
def test_a_prefix_that_is_named_is_not_widened_to_its_beginning(named: dict[str, object]) -> None:
    """Its objects carry its tag, and those of its neighbours do not."""
    prefixes = {"kept": {"path": "a/{id}/kept/"}, "private": {"path": "a/{id}/private/"}}
    environment = Environment.model_validate(
        {"project": "shop", "name": "dev", "buckets": {"files": {"prefixes": prefixes, **named}}}
    )

    chosen = BucketScope(environment, "files").objects_of("kept")

    assert chosen == Predicates("a/", (Tag("bucketwright:prefix", "kept"),))
