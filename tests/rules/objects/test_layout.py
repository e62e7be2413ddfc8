"""Under which declared prefix does a key lie?"""

from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucketwright.contract.keys.templates import Below, PathTemplate
from bucketwright.contract.model import Environment
from bucketwright.contract.placement import place_of, places
from bucketwright.objects.layout import (
    declared,
    declared_bucket,
    declared_places,
    declared_tags,
    written_by_aws,
)
from bucketwright.objects.postures import ObjectPosture
from bucketwright.posture import Estate, Undetermined
from tests.rules.objects.rows import Seen, contract, stored

PREFIXES: Final = {
    "documents": {"path": "{env}/cases/{case_id:int}/documents/", "expire": "9 days"},
    "chunks": {"path": "{env}/chunks/{day:date}/", "objects": "chunk_{i:int}.txt"},
    "staging": {"path": "{env}/staging/"},
    "late": {"path": "{env}/staging/late/", "expire": "3 days", "overlaps": "staging"},
}
PROD: Final = contract(PREFIXES)
SEEN: Final = Seen(PROD).estate()
PLACES: Final = places(PROD, "files")
WORDS: Final = "prod/ dev/ cases/ 7/ 07/ documents/ chunks/ 2026-01-31/ staging/ late/ chunk_1.txt chunk_.txt"
NEAR: Final = st.sampled_from((*WORDS.split(), "..", "/", "a", "\n", "é", "\ud800"))


def _owners(key: str) -> list[str]:
    return [place.prefix_id for place in declared_places(stored(key), SEEN)]


@pytest.mark.parametrize(
    ("key", "owners"),
    [
        pytest.param("prod/cases/7/documents/a/b.pdf", ["documents"], id="below a path with a variable"),
        pytest.param("prod/cases/7/documents/", ["documents"], id="the path itself"),
        pytest.param("prod/cases/7/documents/../../x", ["documents"], id="S3 knows no way up"),
        pytest.param("prod/cases/seven/documents/a", [], id="no whole number"),
        pytest.param("dev/cases/7/documents/a", [], id="another environment"),
        pytest.param("prod/chunks/2026-01-31/chunk_3.txt", ["chunks"], id="a name that is a template"),
        pytest.param("prod/chunks/2026-01-31/chunk_3.txt/x", [], id="below such a name"),
        pytest.param("prod/staging", [], id="a path without its slash"),
        pytest.param("prod/staging/late/a", ["staging", "late"], id="shared on purpose"),
        pytest.param("", [], id="no key at all"),
    ],
)
def test_a_key_is_owned_by_its_prefix(key: str, owners: list[str]) -> None:
    """By the template of the contract, not by how it begins."""
    assert _owners(key) == owners


@settings(max_examples=200, deadline=None)
@given(st.lists(st.one_of(NEAR, st.text(max_size=4)), max_size=8).map("".join))
def test_every_prefix_is_looked_at(key: str) -> None:
    """The answer is that of asking each template in turn, whatever the key."""
    assert _owners(key) == [place.prefix_id for place in PLACES if place.keys.owns(key)]


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 10**9), st.text(max_size=40))
def test_what_a_template_makes_is_found_again(case: int, rest: str) -> None:
    """A key that the client would write is found under the prefix that it was written for."""
    path = place_of(PROD, "files/documents").path
    key = path.format(case_id=case) + rest
    [owner] = declared_places(stored(key), SEEN)

    assert owner.prefix_id == "documents"
    assert isinstance(owner.path, PathTemplate)
    assert owner.path.parse_below(key) == Below({"case_id": case}, rest)


def _expire(one: ObjectPosture, estate: Estate) -> int | None:
    return declared(one, estate, lambda place: place.prefix.expire)


def test_what_is_declared_of_a_key_is_what_its_prefix_says() -> None:
    """Nothing, where no prefix owns it."""
    assert _expire(stored("prod/cases/7/documents/a"), SEEN) == 9
    assert declared_tags(stored("prod/cases/7/documents/a"), SEEN)
    assert _expire(stored("elsewhere"), SEEN) is None
    assert declared_tags(stored("elsewhere"), SEEN) == {}


def test_prefixes_that_disagree_leave_it_open() -> None:
    """Where the contract says two things of one key, neither is guessed; where it says one, that holds."""
    shared = stored("prod/staging/late/a")

    with pytest.raises(
        Undetermined, match="prefix: the key belongs to staging and late, which the contract treats"
    ):
        _expire(shared, SEEN)
    assert declared(shared, SEEN, lambda place: place.prefix.data_class) == "internal"


@pytest.mark.parametrize(
    "estate",
    [
        pytest.param(Seen().estate(), id="no contract"),
        pytest.param(
            Seen(Environment.model_validate({"project": "shop", "name": "prod"})).estate(),
            id="no such bucket",
        ),
    ],
)
def test_nothing_is_declared_of_strangers(estate: Estate) -> None:
    """Neither a bucket nor a prefix, and nobody is said to write there."""
    one = stored("prod/staging/a")

    assert declared_bucket(one, estate) is None
    assert declared_places(one, estate) == ()
    assert declared(one, estate, lambda place: place.prefix.expire) is None
    assert declared_tags(one, estate) == {}
    assert not written_by_aws(one, estate)


@pytest.mark.parametrize(("purpose", "by_aws"), [("data", False), ("access-logs", True), ("reports", True)])
def test_aws_writes_logs_and_reports(purpose: str, by_aws: bool) -> None:
    """What it delivers follows its own rules of keys, types and tags."""
    environment = contract(buckets={"files": {"purpose": purpose}})

    assert written_by_aws(stored("a"), Seen(environment).estate()) == by_aws


def test_environments_are_not_taken_for_each_other() -> None:
    """What is remembered of one contract is not answered of another that has the same bucket."""
    other = Seen(contract({"staging": {"path": "{env}/cases/"}})).estate()
    key = "prod/cases/7/documents/a"

    assert _owners(key) == ["documents"]
    assert [place.prefix_id for place in declared_places(stored(key), other)] == ["staging"]
    assert _owners(key) == ["documents"]
