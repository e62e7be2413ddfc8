"""How many lifecycle rules S3 takes for a bucket: is a contract refused exactly where it would be?"""

import pytest

from bucketwright.contract.lifecycle.compile import lifecycle_rules
from bucketwright.contract.lifecycle.validity import MOST_RULES
from tests.contract.loading_cases import environment, problems, with_bucket

ENDS = "expire: 300 days"
MOVES = "archive: {after: 30 days, to: glacier-ir}"
OLD = "noncurrent: {expire: 9 days}"
SHAPES = [
    pytest.param(ENDS, "", 1, id="an end"),
    pytest.param(f"{ENDS}, {MOVES}", "", 1, id="an end and a move"),
    pytest.param(f"{MOVES}, archive_above: 1 MB", "", 1, id="a move of a size"),
    pytest.param(f"{ENDS}, {MOVES}, archive_above: 1 MB", "", 2, id="an end and a move of a size"),
    pytest.param(OLD, "versioning: enabled, ", 1, id="old versions"),
    pytest.param(
        f"{MOVES}, {OLD}, archive_above: 1 MB", "versioning: enabled, ", 2, id="old versions, apart"
    ),
]


def many(count: int, life: str, bucket: str = "") -> str:
    """A contract with so many prefixes of this life."""
    prefixes = ", ".join(f"p{number}: {{path: p{number}/, {life}}}" for number in range(count))
    return with_bucket(f"{bucket}prefixes: {{{prefixes}}}")


@pytest.mark.parametrize(("life", "bucket", "each"), SHAPES)
def test_the_count_is_that_of_the_compiler(life: str, bucket: str, each: int) -> None:
    """One prefix more than fit is refused, and as many as fit are compiled."""
    whole = len(lifecycle_rules(environment(many(1, life, bucket)), "files")) - each
    most = (MOST_RULES - whole) // each
    [found] = problems(many(most + 1, life, bucket))

    assert len(lifecycle_rules(environment(many(most, life, bucket)), "files")) <= MOST_RULES
    assert found.path == "buckets.files.prefixes"
    assert f"these need {(most + 1) * each + whole:,} lifecycle rules" in found.message


def test_prefixes_that_stay_as_they_are_need_no_rules() -> None:
    """As many as S3's limit are taken where nothing is said of their end."""
    assert problems(many(MOST_RULES, "keep: forever")) == ()


def test_without_lifecycle_nothing_counts() -> None:
    """Under MFA delete S3 runs no rules, so the only fault is that somebody asked for some."""
    found = problems(many(MOST_RULES, ENDS, "versioning: enabled, mfa_delete: true, "))

    assert {one.message for one in found} == {"lifecycle rules do not work on a bucket with mfa_delete"}
