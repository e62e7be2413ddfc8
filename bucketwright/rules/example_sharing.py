"""Who is ours and who is not, in the examples of rules?"""

from typing import Final

from bucketwright.estate import AccountPosture
from bucketwright.facets.bucket.policy import Policy
from bucketwright.rules.example_access import policy, when
from bucketwright.rules.examples import Declares, declares

OWN: Final = AccountPosture("account:111122223333", "111122223333")
"""The account that is looked at."""
FOREIGN: Final = "arn:aws:iam::999988887777:role/reader"
OTHER_FOREIGN: Final = "arn:aws:iam::444455556666:role/reader"
TRUSTS: Final = declares(buckets={"example": {}}, rules={"trusted_accounts": "999988887777"})
"""A contract that names FOREIGN's account, and no account of its own."""


def grants(**settings: object) -> Declares:
    """A contract that lets FOREIGN read a prefix."""
    return declares(
        buckets={"example": {"prefixes": {"files": {"path": "files/"}}}},
        access={"partner": {"principals": FOREIGN, "read": "example/files"}},
        **settings,
    )


def delivery(operator: str, key: str, *values: str) -> Policy:
    """A policy that lets the delivery of logs in under one condition."""
    return policy(when(operator, key, *values, Principal={"Service": "logging.s3.amazonaws.com"}))
