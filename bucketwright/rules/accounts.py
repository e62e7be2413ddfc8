"""Of which account is somebody, and is it one that the team knows?"""

import re
from collections.abc import Collection
from typing import Final

from bucketwright.estate import AccountPosture
from bucketwright.posture import UNSET, Estate, Undetermined

_ACCOUNT: Final = re.compile(r"[0-9]{12}")
_PRINCIPAL: Final = re.compile(r"arn:[a-z0-9-]+:(?:iam|sts)::([0-9]{12}):.+", re.DOTALL)
LOG_DELIVERY: Final = frozenset(
    {
        "127311923021", "033677994240", "027434742980", "797873946194", "098369216593", "754344448648",
        "589379963580", "718504428378", "383597477331", "600734575887", "114774131450", "783225319266",
        "582318560864", "985666609251", "054676820928", "156460612806", "652711504416", "635631232127",
        "009996457667", "897822967062", "076674570225", "507241528517", "048591011584", "190560391635",
        "638102146993", "037604701340",
    }
)  # fmt: skip
"""AWS's own accounts that deliver the logs of load balancers, one for each older region."""


def own_account(estate: Estate) -> str:
    """The account that everything here is of; Undetermined where nothing says which."""
    if estate.environment is not None and estate.environment.account is not None:
        return estate.environment.account
    looked_at = {one.name for one in estate.every(AccountPosture)} - {""}
    if len(looked_at) == 1:
        return looked_at.pop()
    raise Undetermined("account", UNSET)


def account_of(principal: str) -> str | None:
    """The account of a principal that is an account's number or an ARN; None where it tells none."""
    if _ACCOUNT.fullmatch(principal):
        return principal
    found = _PRINCIPAL.fullmatch(principal)
    return found[1] if found else None


def is_known(account: str, estate: Estate, declared: Collection[str | None]) -> bool:
    """Whether an account is the team's own or one it trusts.

    Where the team lists whom it trusts, that list is all; else what its contract declares is on purpose.
    """
    trusted = estate.terms.trusted_accounts
    return account in (trusted or declared) or account == own_account(estate)
