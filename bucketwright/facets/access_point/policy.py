"""Policy: what does the access point's own policy let whom do?"""

from typing import Final

from bucketwright.facets.bucket import policy
from bucketwright.facets.bucket.policy import Policy, answered_policy, planned_policy, rendered
from bucketwright.facets.facet import Planned
from bucketwright.facets.handles import ACCESS_POINT
from bucketwright.facets.reading import Asked, Read
from bucketwright.facets.writing import Site, Write
from bucketwright.posture import Unset

KIND: Final = "aws:s3control/accessPointPolicy:AccessPointPolicy"
FRESH: Final[Policy | None] = None
_POLICY: Final = Read(
    "s3control",
    "GetAccessPointPolicy",
    "s3:GetAccessPointPolicy",
    ACCESS_POINT,
    frozenset({"NoSuchAccessPointPolicy"}),
)
READS: Final = (_POLICY,)


def from_plan(planned: Planned) -> Policy | Unset:
    return planned_policy(planned, KIND)


def from_api(asked: Asked) -> Policy | None:
    said = asked.said(_POLICY)
    return None if said is None else answered_policy(said)


def keeping(before: Policy | None, after: Policy | None) -> Policy | None:
    return policy.keeping(before, after)


def to_api(before: Policy | None, after: Policy | None, site: Site) -> tuple[Write, ...]:
    if before == after:
        return ()
    named = {name: site.target.handles[name] for name in ACCESS_POINT}
    if after is None:
        gone = "DeleteAccessPointPolicy"
        return (site.write(gone, f"s3:{gone}", named, "s3control"),)
    params = {**named, "Policy": rendered(after, site.resolve)}
    return (site.write("PutAccessPointPolicy", "s3:PutAccessPointPolicy", params, "s3control"),)
