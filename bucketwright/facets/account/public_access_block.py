"""Public access block: which of S3's four switches are on for every bucket of the account?"""

from typing import TYPE_CHECKING, Final

from bucketwright.facets.bucket.public_access_block import (
    NOT_CONFIGURED,
    PublicAccessBlock,
    answered,
    switch_args,
    switch_params,
    switches,
)
from bucketwright.facets.facet import Declared, Planned, Resolve
from bucketwright.facets.handles import ACCOUNT
from bucketwright.facets.reading import Asked, Read
from bucketwright.facets.writing import Site, Write
from bucketwright.posture import UNSET, Unset

if TYPE_CHECKING:
    from bucketwright.facets.scopes import AccountScope

KIND: Final = "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock"
_BLOCK: Final = Read(
    "s3control", "GetPublicAccessBlock", "s3:GetAccountPublicAccessBlock", ACCOUNT, NOT_CONFIGURED
)
READS: Final = (_BLOCK,)


def wanted(scope: "AccountScope") -> PublicAccessBlock | Unset:
    """Whoever does not ask for the block leaves the account to others."""
    return PublicAccessBlock() if scope.environment.account_block else UNSET


def to_args(value: PublicAccessBlock | Unset, _: Resolve) -> tuple[Declared, ...]:
    return () if isinstance(value, Unset) else (Declared(KIND, switch_args(value)),)


def from_plan(planned: Planned) -> PublicAccessBlock | Unset:
    """The resource sets all four: a switch it does not name is off."""
    return switches(planned.one(KIND), unsaid=False)


def from_api(asked: Asked) -> PublicAccessBlock:
    """What an organisation sets for its accounts is in the answer, too."""
    return answered(asked.said(_BLOCK))


def to_api(
    before: PublicAccessBlock | Unset, after: PublicAccessBlock | Unset, site: Site
) -> tuple[Write, ...]:
    if before == after or isinstance(after, Unset):
        return ()
    params = {"AccountId": site.target.handles["AccountId"], **switch_params(after)}
    return (site.write("PutPublicAccessBlock", "s3:PutAccountPublicAccessBlock", params, "s3control"),)
