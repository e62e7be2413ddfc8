"""Project, environment and ids, from the names and tags of buckets."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bucketwright.adopting.found import SeenBucket
from bucketwright.adopting.naming import name_settings, naming
from bucketwright.contract.ids import nearest_id

ACCOUNT = "111122223333"
REGIONAL = f"logs-{ACCOUNT}-us-west-2"
OWN = {"bucketwright:project": "shop", "bucketwright:environment": "prod"}


def named(
    *names: str, tags: Mapping[str, str] | None = None, **asked: str
) -> tuple[str, str, dict[str, str]]:
    """What these buckets are called."""
    seen = [SeenBucket(name, "us-west-2", tags or {}) for name in names]
    found = naming(seen, ACCOUNT, **asked)
    return found.project, found.environment, dict(found.buckets)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["shop-prod-a", "shop-prod-b"], ("shop", "prod", {"a": "shop-prod-a", "b": "shop-prod-b"})),
        (["a-b-dev-x"], ("a-b", "dev", {"x": "a-b-dev-x"})),
        (["acme-files", "acme-logs"], ("acme", "live", {"files": "acme-files", "logs": "acme-logs"})),
        (["Photos_2019"], ("storage", "live", {"photos-2019": "Photos_2019"})),
        (["x.y", "x-y"], ("storage", "live", {"x-y": "x-y", "x-y-2": "x.y"})),
        (["123"], ("storage", "live", {"bucket-123": "123"})),
        ([REGIONAL], ("storage", "live", {"logs": REGIONAL})),
    ],
    ids=[
        "project and environment", "two words", "a shared beginning", "no word that says",
        "two that are alike", "digits", "with account and region",
    ],
)  # fmt: skip
def test_names_say_what_things_are_called(
    names: list[str], expected: tuple[str, str, dict[str, str]]
) -> None:
    """Ids are readable, and no two are alike."""
    assert named(*names) == expected


def test_bucketwrights_own_tags_say_it_before_names() -> None:
    """What it made is called again as it was."""
    tags = {**OWN, "bucketwright:address": "bucket:pictures"}

    assert named("whatever-dev-x", tags=tags) == ("shop", "prod", {"pictures": "whatever-dev-x"})


def test_tags_that_are_no_ids_say_nothing() -> None:
    """A tag is anybody's to write."""
    tags = {**OWN, "bucketwright:address": "bucket:../x", "bucketwright:project": "A B"}

    assert named("shop-prod-x", tags=tags) == ("shop", "prod", {"x": "shop-prod-x"})


def test_what_is_asked_for_goes_before_both() -> None:
    """A person knows better."""
    assert named("shop-prod-x", project="store", environment="qa") == (
        "store",
        "qa",
        {"shop-prod-x": "shop-prod-x"},
    )


@pytest.mark.parametrize(
    ("name", "settings"),
    [
        ("shop-prod-x", {}),
        ("x", {"name": "x"}),
        (f"shop-prod-x-{ACCOUNT}-us-west-2-an", {"namespace": "account-regional"}),
        (f"y-{ACCOUNT}-us-west-2-an", {"name": "y", "namespace": "account-regional"}),
        (f"y-{ACCOUNT}-us-east-1-an", {"name": f"y-{ACCOUNT}-us-east-1-an"}),
    ],
    ids=["the usual", "another", "of the account", "another of the account", "of another region"],
)
def test_only_an_unusual_name_is_written(name: str, settings: dict[str, str]) -> None:
    """A contract is short because the usual is left out."""
    found = naming([SeenBucket("shop-prod-x", "us-west-2")], ACCOUNT)

    assert name_settings(found, "x", name, "us-west-2") == settings


@given(st.lists(st.text("abcAB019-._{}\n", min_size=1, max_size=70), unique=True, max_size=8))
def test_every_bucket_has_an_id_of_its_own(names: list[str]) -> None:
    """Whatever the names hold."""
    project, environment, ids = named(*names)

    assert sorted(ids.values()) == sorted(names)
    assert [one for one in (project, environment, *ids) if nearest_id(one) != one] == []
