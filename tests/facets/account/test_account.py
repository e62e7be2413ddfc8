"""The block of a whole account, as a contract wants it and as plans say it."""

import pytest

from bucketwright.facets.account.public_access_block import KIND, from_plan, to_args
from bucketwright.facets.bucket.public_access_block import PublicAccessBlock
from bucketwright.facets.facet import Declared
from bucketwright.posture import UNSET, Undetermined
from tests.facets.plans import Inputs
from tests.facets.wiring import LATER, made, resolve, whole

NOTHING_SAID = made("", {})
ALL: Inputs = {
    "blockPublicAcls": True,
    "blockPublicPolicy": True,
    "ignorePublicAcls": True,
    "restrictPublicBuckets": True,
}


@pytest.mark.parametrize(
    ("inputs", "said"),
    [
        pytest.param(ALL, PublicAccessBlock(), id="all four"),
        pytest.param({}, PublicAccessBlock(False, False, False, False), id="none is named, so all are off"),
        pytest.param(
            {**ALL, "blockPublicPolicy": False},
            PublicAccessBlock(block_policy=False),
            id="one of them is off",
        ),
        pytest.param(
            {"ignorePublicAcls": True},
            PublicAccessBlock(False, True, False, False),
            id="one alone is named",
        ),
    ],
)
def test_a_plan_says_which_switches_are_on(inputs: Inputs, said: PublicAccessBlock) -> None:
    """The resource sets all four, so one it does not name is off."""
    assert from_plan(whole(NOTHING_SAID, made(KIND, inputs))) == said


def test_without_the_resource_nothing_is_said() -> None:
    """Somebody else may have closed the account, or nobody."""
    assert from_plan(whole(NOTHING_SAID)) is UNSET


@pytest.mark.parametrize(
    ("inputs", "reason"),
    [
        pytest.param({**ALL, "blockPublicAcls": LATER}, "known only after deployment", id="unknown"),
        pytest.param({**ALL, "blockPublicAcls": "yes"}, "not true or false", id="a text"),
    ],
)
def test_a_switch_nobody_knows_is_not_guessed(inputs: Inputs, reason: str) -> None:
    """Neither on nor off."""
    with pytest.raises(Undetermined, match=reason):
        from_plan(whole(NOTHING_SAID, made(KIND, inputs)))


def test_two_blocks_of_one_account_contend() -> None:
    """Even where they say the same: which one wins is up to the order."""
    with pytest.raises(Undetermined, match="2 resources"):
        from_plan(whole(NOTHING_SAID, made(KIND, ALL), made(KIND, ALL, name="two")))


def test_nothing_is_declared_where_nothing_is_wanted() -> None:
    """An account that a contract leaves alone gets no resource."""
    assert to_args(UNSET, resolve) == ()
    assert to_args(PublicAccessBlock(), resolve) == (
        Declared(
            KIND,
            {
                "block_public_acls": True,
                "block_public_policy": True,
                "ignore_public_acls": True,
                "restrict_public_buckets": True,
            },
        ),
    )
