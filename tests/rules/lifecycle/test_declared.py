"""Is a bucket held to be protected just where a contract says so of it?"""

import pytest

from bucketwright.estate import BucketPosture
from bucketwright.posture import Circumstances, Estate
from bucketwright.rules.declared import declared, protected
from bucketwright.rules.examples import declares

HERE = BucketPosture("bucket:example", "example", {})


def estate(circumstances: Circumstances) -> Estate:
    return Estate("live", {HERE.address: HERE}, {}, circumstances)


@pytest.mark.parametrize(
    ("circumstances", "expected"),
    [
        pytest.param(Circumstances(), False, id="no contract"),
        pytest.param(declares(protect=True).circumstances(), False, id="a contract of others"),
        pytest.param(declares(buckets={"example": {}}).circumstances(), False, id="not protected"),
        pytest.param(declares(protect=True, buckets={"example": {}}).circumstances(), True, id="as all are"),
        pytest.param(declares(buckets={"example": {"protect": True}}).circumstances(), True, id="by itself"),
    ],
)
def test_a_bucket_is_protected_by_its_own_contract(circumstances: Circumstances, expected: bool) -> None:
    """A contract says nothing of a bucket that it does not name."""
    assert protected(HERE, estate(circumstances)) is expected


def test_what_a_contract_says_is_found_by_the_address() -> None:
    """Whatever AWS calls the bucket."""
    contract = declares(buckets={"example": {"purpose": "reports"}, "other": {}}).circumstances()
    found = declared(HERE, estate(contract))

    assert declared(HERE, estate(Circumstances())) is None
    assert declared(BucketPosture("bucket:none", "example", {}), estate(contract)) is None
    assert found is not None
    assert found.purpose == "reports"
