"""Examples of rules: facts, and a contract around them that is read when somebody looks."""

import pytest

from bucketwright.estate import BucketPosture
from bucketwright.rules.examples import AS_DECLARED, declares, good


def test_a_fact_can_be_as_the_contract_around_it_declares() -> None:
    """It is what that contract wants of the example; the others are as they are told."""
    around = declares(buckets={"example": {"versioning": "enabled"}})
    found = good(versioning=AS_DECLARED, region="eu-west-1", around=around).posture(BucketPosture)

    assert (found.told("versioning"), found.told("region")) == ("Enabled", "eu-west-1")


def test_without_a_contract_nothing_is_as_declared() -> None:
    """Whoever writes such an example is told."""
    with pytest.raises(ValueError, match="without a contract around it"):
        good(versioning=AS_DECLARED).posture(BucketPosture)
