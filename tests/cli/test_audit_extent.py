"""How far an audit goes: a bucket goes by the name that AWS or the contract has for it."""

from datetime import UTC, datetime
from typing import Final

import pytest

from bucketwright.circumstances import circumstances
from bucketwright.contract.loading import read
from bucketwright.judging import Selection
from bucketwright.posture import Circumstances
from cli.audit_extent import Extent, Judges, scopes

NOW: Final = datetime(2026, 11, 21, tzinfo=UTC)
CONTRACT: Final = """\
project: shop
region: us-west-2
environments: {prod: {}}
buckets:
  files: {}
  logs: {name: files-of-old}
  old: {name: logs}
"""


@pytest.mark.parametrize(
    ("asked", "live"),
    [
        pytest.param("files", "shop-prod-files", id="the word of the contract"),
        pytest.param("shop-prod-files", "shop-prod-files", id="the name at AWS"),
        pytest.param("logs", "logs", id="a name at AWS that is the word for another"),
        pytest.param("nobodys", "nobodys", id="neither"),
        pytest.param("bucket:files", "bucket:files", id="an address"),
    ],
)
def test_a_bucket_of_a_stack_goes_by_either_name(asked: str, live: str) -> None:
    """What neither knows stays as it was asked for, and is not found."""
    around = circumstances(read(CONTRACT, "contract.yaml"), NOW)["prod"]
    [scope] = scopes(Extent("prod", (asked,)), Judges(Selection(), around)).values()

    assert scope.buckets == {live}


def test_without_a_stack_a_name_is_a_name() -> None:
    """No contract, and no word of one."""
    [scope] = scopes(Extent(buckets=("files",)), Judges(Selection(), Circumstances(now=NOW))).values()

    assert scope.buckets == {"files"}
