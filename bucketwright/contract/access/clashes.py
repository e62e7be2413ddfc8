"""Which entries of a contract may be the same caller in a bucket's policy, where a Deny of one binds both?"""

from collections.abc import Iterator
from itertools import permutations
from typing import TYPE_CHECKING

from bucketwright.contract.access.findings import Unusable
from bucketwright.contract.access.grantees import visitors
from bucketwright.contract.access.grants import grant_statements
from bucketwright.contract.access.verbs import buckets_of

if TYPE_CHECKING:
    from bucketwright.contract.model import Environment
    from bucketwright.contract.roles import Access


def clashes(environment: "Environment", bucket_id: str) -> Iterator[Unusable]:
    """Each entry that may be bound by what keeps another out of prefixes of the bucket."""
    coming = visitors(environment).items()
    let_in = {access_id: access for access_id, access in coming if bucket_id in buckets_of(access)}
    for (other_id, other), (access_id, access) in permutations(let_in.items(), 2):
        if _may_be_the_same(other, access):
            granted = grant_statements(environment, other_id, bucket_id)
            if any(one.effect == "Deny" for one in granted):
                because = (
                    f"access.{other_id} may be the same caller, and what keeps that one out of prefixes "
                    "would bind this one, too; make one entry of the two"
                )
                yield Unusable(access_id, f"its grants in {bucket_id}", because)


def _may_be_the_same(one: "Access", other: "Access") -> bool:
    if one.service and other.service:
        return one.service.name == other.service.name
    pairs = ((a, b) for a in one.principals for b in other.principals)
    return any(a == b or (_account(a) == _account(b) and _is_wide(a, b)) for a, b in pairs)


def _account(arn: str) -> str:
    return arn.split(":")[4]


def _is_wide(*arns: str) -> bool:
    """Whether one of them is a whole account, or a session of whatever role."""
    return any(arn.endswith(":root") or ":sts:" in arn for arn in arns)
