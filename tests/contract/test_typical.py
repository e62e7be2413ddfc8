"""Which size stands for the objects of a prefix, in `explain` and in what a change does to their lives?"""

from datetime import UTC, datetime

import pytest

from bucketwright.contract.cost.loading import load_prices
from bucketwright.contract.explain import Moment, explain_prefix
from bucketwright.contract.typical import typical_size
from tests.contract.loading_cases import environment, move, with_prefix


@pytest.mark.parametrize(
    ("prefix", "size"),
    [
        pytest.param("", 1_000_000, id="nothing is said"),
        pytest.param("max_size: 64 KiB", 65_536, id="less is allowed"),
        pytest.param("max_size: 2 MB", 1_000_000, id="more is allowed"),
        pytest.param("usage: {average_object: 4 KB}", 4_000, id="stated"),
        pytest.param(
            "max_size: 2 KB, usage: {average_object: 4 KB}", 2_000, id="stated, and less is allowed"
        ),
        pytest.param(
            "max_size: 2 MB, usage: {average_object: 3 KB}", 3_000, id="stated, and more is allowed"
        ),
    ],
)
def test_an_object_is_as_large_as_typical_and_allowed(prefix: str, size: int) -> None:
    """What the contract states, else a million bytes, and never more than the largest object allowed."""
    subject = environment(with_prefix(prefix))

    assert typical_size(subject.buckets["files"].prefixes["documents"]) == size


def test_a_life_is_that_of_an_object_that_may_be_there() -> None:
    """S3 leaves an object of 64 KiB where it is, and `explain` does not show one of a million bytes move."""
    moment = Moment(datetime(2027, 1, 1, tzinfo=UTC), load_prices())

    def events(prefix: str) -> list[str]:
        subject = environment(with_prefix(f"{prefix}archive: {move(30, 'glacier')}"))
        return [one.event for one in explain_prefix(subject, "files", "documents", moment).events]

    assert events("max_size: 64 KiB, ") == []
    assert events("") == ["transition"]
