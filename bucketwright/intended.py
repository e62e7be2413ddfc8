"""What does a contract intend of everything it makes?"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol, TypeVar

from bucketwright.contract.remembering import remembered
from bucketwright.estate import (
    AccountPosture,
    BucketPosture,
    DistributionPosture,
    KeyPosture,
    QueuePosture,
    RolePosture,
)
from bucketwright.facets import account, bucket, distribution, key, queue, role
from bucketwright.facets.bucket_scope import BucketScope
from bucketwright.facets.facet import DeclaredFacet, wanted_of
from bucketwright.facets.scopes import (
    AccountScope,
    distribution_scopes,
    key_scopes,
    queue_scopes,
    role_scopes,
)
from bucketwright.posture import Estate, Posture

if TYPE_CHECKING:
    from bucketwright.contract.model import Environment


def intended(environment: "Environment") -> Estate:
    """What the contract wants of everything it makes, and of the account it is in."""
    postures = (
        _wanted(AccountPosture, AccountScope(environment), account.FACETS),
        *(wanted_bucket(environment, bucket_id) for bucket_id in environment.buckets),
        *(_wanted(KeyPosture, scope, key.FACETS) for scope in key_scopes(environment)),
        *(_wanted(RolePosture, scope, role.FACETS) for scope in role_scopes(environment)),
        *(_wanted(QueuePosture, scope, queue.FACETS) for scope in queue_scopes(environment)),
        *(
            _wanted(DistributionPosture, scope, distribution.FACETS)
            for scope in distribution_scopes(environment)
        ),
    )
    return Estate("intended", {posture.address: posture for posture in postures})


@remembered
def wanted_bucket(environment: "Environment", bucket_id: str) -> BucketPosture:
    """What the contract intends of a bucket: every fact of it is known."""
    return _wanted(BucketPosture, BucketScope(environment, bucket_id), bucket.FACETS)


def bucket_args(environment: "Environment", bucket_id: str) -> Mapping[str, object]:
    """What a component is told of a bucket: its name, and the value of each facet under the facet's name."""
    posture = wanted_bucket(environment, bucket_id)
    return {"name": posture.name, **posture.facts}


class _Scope(Protocol):
    @property
    def address(self) -> str: ...
    @property
    def name(self) -> str: ...


SomeScope = TypeVar("SomeScope", bound=_Scope)
SomePosture = TypeVar("SomePosture", bound=Posture)


def _wanted(
    posture: type[SomePosture], scope: SomeScope, facets: Mapping[str, DeclaredFacet[SomeScope, object]]
) -> SomePosture:
    return posture(scope.address, scope.name, wanted_of(scope, facets))
