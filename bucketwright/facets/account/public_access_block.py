"""Public access block: which of S3's four switches are on for every bucket of the account?"""

from typing import Final

from bucketwright.facets.bucket.public_access_block import PublicAccessBlock, switch_args, switches
from bucketwright.facets.facet import Declared, Planned, Resolve
from bucketwright.facets.scopes import AccountScope
from bucketwright.posture import UNSET, Unset

KIND: Final = "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock"


def wanted(scope: AccountScope) -> PublicAccessBlock | Unset:
    """Whoever does not ask for the block leaves the account to others."""
    return PublicAccessBlock() if scope.environment.account_block else UNSET


def to_args(value: PublicAccessBlock | Unset, _: Resolve) -> tuple[Declared, ...]:
    return () if isinstance(value, Unset) else (Declared(KIND, switch_args(value)),)


def from_plan(planned: Planned) -> PublicAccessBlock | Unset:
    """The resource sets all four: a switch it does not name is off."""
    return switches(planned.one(KIND), unsaid=False)
