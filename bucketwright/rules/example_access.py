"""What do policies and blocks look like in the examples of rules?"""

import json
from collections.abc import Mapping
from typing import Final

from bucketwright.estate import AccountPosture
from bucketwright.facets.bucket.policy import Policy, policy_of
from bucketwright.facets.bucket.public_access_block import PublicAccessBlock

CLOSED: Final = PublicAccessBlock()
OPEN: Final = PublicAccessBlock(
    block_acls=False, ignore_acls=False, block_policy=False, restrict_buckets=False
)
ROLE: Final = "arn:aws:iam::111122223333:role/reader"


def allow(principal: object = "*", action: object = "s3:GetObject", **elements: object) -> dict[str, object]:
    """An Allow on the objects of a bucket; an element that is None is left out."""
    given = {
        "Effect": "Allow",
        "Principal": principal,
        "Action": action,
        "Resource": "arn:aws:s3:::example/*",
        **elements,
    }
    return {name: value for name, value in given.items() if value is not None}


def deny(principal: object = "*", action: object = "s3:GetObject", **elements: object) -> dict[str, object]:
    """A Deny, likewise."""
    return allow(principal, action, Effect="Deny", **elements)


def when(operator: str, key: str, *values: str, **elements: object) -> dict[str, object]:
    """An Allow for everyone, under one condition."""
    return allow(**{"Condition": {operator: {key: values}}, **elements})


def policy(*statements: Mapping[str, object]) -> Policy:
    """The policy of these statements."""
    return policy_of(json.dumps({"Version": "2012-10-17", "Statement": statements}))


def account(block: PublicAccessBlock) -> AccountPosture:
    """An account with this block."""
    return AccountPosture("account:111122223333", "111122223333", {"public_access_block": block})
