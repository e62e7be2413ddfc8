"""Who has access without being named, and which blocks take it away, in the examples of rules?"""

from typing import Final

from bucketwright.facets.bucket.acl import FRESH
from bucketwright.facets.bucket.policy import Policy
from bucketwright.facets.bucket.public_access_block import PublicAccessBlock
from bucketwright.facets.grants import Acl
from bucketwright.rules.example_access import CLOSED, OPEN, account
from bucketwright.rules.examples import Example, bad, good

_ACLS: Final = PublicAccessBlock(ignore_acls=False)
_POLICIES: Final = PublicAccessBlock(restrict_buckets=False)


def opened(policy: Policy | None, acl: Acl = FRESH, block: PublicAccessBlock = OPEN) -> Example:
    """Nothing but these switches of the bucket stands between everybody and what these let in."""
    return bad(account(OPEN), public_access_block=block, acl=acl, policy=policy)


def each_way(acl: Acl, policy: Policy) -> tuple[Example, ...]:
    """An ACL and a policy that let everybody in, both, one alone, or neither of them blocked."""
    return (
        good(public_access_block=OPEN, acl=FRESH, policy=None),
        good(public_access_block=CLOSED, acl=acl, policy=policy),
        good(account(CLOSED), public_access_block=OPEN, acl=acl, policy=policy),
        good(account(_POLICIES), public_access_block=_ACLS, acl=acl, policy=policy),
        good(account(_ACLS), public_access_block=_POLICIES, acl=acl, policy=policy),
        opened(policy),
        opened(policy, acl, _POLICIES),
        opened(None, acl, _ACLS),
    )
