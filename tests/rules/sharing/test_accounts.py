"""Whose are accounts: our own, and those with which AWS delivers logs of load balancers?"""

from typing import Final

import pytest

from bucketwright.contract.model import Environment
from bucketwright.estate import AccountPosture
from bucketwright.posture import Circumstances, Estate, Undetermined
from bucketwright.rules.accounts import LOG_DELIVERY, own_account

OWN: Final = AccountPosture("account:own", "111122223333", {})
NAMELESS: Final = AccountPosture("account:other", "", {})
BY_REGION: Final = {
    "af-south-1": "098369216593",
    "ap-east-1": "754344448648",
    "ap-northeast-1": "582318560864",
    "ap-northeast-2": "600734575887",
    "ap-northeast-3": "383597477331",
    "ap-south-1": "718504428378",
    "ap-southeast-1": "114774131450",
    "ap-southeast-2": "783225319266",
    "ap-southeast-3": "589379963580",
    "ca-central-1": "985666609251",
    "cn-north-1": "638102146993",
    "cn-northwest-1": "037604701340",
    "eu-central-1": "054676820928",
    "eu-north-1": "897822967062",
    "eu-south-1": "635631232127",
    "eu-west-1": "156460612806",
    "eu-west-2": "652711504416",
    "eu-west-3": "009996457667",
    "me-south-1": "076674570225",
    "sa-east-1": "507241528517",
    "us-east-1": "127311923021",
    "us-east-2": "033677994240",
    "us-gov-east-1": "190560391635",
    "us-gov-west-1": "048591011584",
    "us-west-1": "027434742980",
    "us-west-2": "797873946194",
}
"""As AWS lists them for access logs of load balancers."""


def test_the_accounts_that_deliver_logs_are_those_that_aws_lists() -> None:
    """One for each region that had load balancers before they had a service of their own for this."""
    assert frozenset(BY_REGION.values()) == LOG_DELIVERY


def test_our_own_account_is_the_one_that_is_told() -> None:
    """By the contract, or by the one account that was looked at and has a number."""
    stated = Environment.model_validate({"project": "shop", "name": "prod", "account": "444455556666"})
    looked_at = {one.address: one for one in (OWN, NAMELESS)}

    assert own_account(Estate("live", looked_at)) == "111122223333"
    assert own_account(Estate("live", looked_at, circumstances=Circumstances(stated))) == "444455556666"


@pytest.mark.parametrize("several", [(), (NAMELESS,)], ids=["none", "one without a number"])
def test_no_account_is_made_up(several: tuple[AccountPosture, ...]) -> None:
    """Whose things are is open then."""
    with pytest.raises(Undetermined):
        own_account(Estate("planned", {one.address: one for one in several}))
