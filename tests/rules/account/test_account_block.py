"""Is the whole account closed? What examples cannot show: a contract that leaves it to others."""

from typing import Final

import pytest

from bucketwright.contract.loading import read
from bucketwright.estate import AccountPosture
from bucketwright.facets.bucket.public_access_block import PublicAccessBlock
from bucketwright.intended import intended
from bucketwright.posture import Unknown, Unsaid
from bucketwright.rules import catalogue
from bucketwright.verdicts import Fails, NotApplicable, Passes, Undecided, Verdict
from tests.rules.account.judging import texts, verdict

RULE: Final = "account-public-access-block"
CONTRACT: Final = "{{project: shop, environments: {{prod: {{account_block: {}}}}}, buckets: {{files: {{}}}}}}"


def judged(block: object, lens: str = "live") -> Verdict:
    return verdict(RULE, AccountPosture("account:own", "", {"public_access_block": block}), lens=lens)


@pytest.mark.parametrize(
    ("declared", "found"),
    [
        pytest.param("true", Passes(), id="it is asked for"),
        pytest.param(
            "false", NotApplicable("the contract says nothing of public_access_block"), id="it is not"
        ),
    ],
)
def test_a_contract_is_judged_by_what_it_asks_for(declared: str, found: Verdict) -> None:
    """The account is left to others unless it says otherwise."""
    estate = intended(read(CONTRACT.format(declared), "contract.yaml").environments["prod"])

    assert catalogue()[RULE].verdict(estate.only(AccountPosture), estate) == found


def test_a_stack_that_declares_no_block() -> None:
    """Another stack may, which is not the same as a block that nobody can read."""
    because = "the stack declares no block of the account"

    assert judged(Unsaid("nothing is said of it"), "planned") == NotApplicable(because)
    assert judged(Unknown("2 resources set it"), "planned") == Undecided(
        "public_access_block", "2 resources set it"
    )


def test_each_switch_is_said_by_its_name() -> None:
    """And what is expected."""
    found = judged(PublicAccessBlock(block_acls=False, restrict_buckets=False))

    assert texts(found) == (
        "BlockPublicAcls is off for the account",
        "RestrictPublicBuckets is off for the account",
    )
    assert isinstance(found, Fails)
    assert found.expected == "BlockPublicAcls, IgnorePublicAcls, BlockPublicPolicy, RestrictPublicBuckets on"
