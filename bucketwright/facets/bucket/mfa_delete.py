"""MFA delete: does deleting a version for good need the root user's second factor?"""

from typing import TYPE_CHECKING, Final

from bucketwright.facets.bucket import versioning
from bucketwright.facets.facet import (
    Declared,
    Planned,
    Resolve,
    agreed,
)
from bucketwright.facets.reading import Asked
from bucketwright.facets.status import STATUS
from bucketwright.posture import Unset, or_unset

if TYPE_CHECKING:
    from bucketwright.facets.bucket_scope import BucketScope

KIND: Final = versioning.KIND
FRESH: Final = False
READS: Final = versioning.READS


def wanted(scope: "BucketScope") -> bool:
    return scope.bucket.mfa_delete


def to_args(_: bool, __: Resolve) -> tuple[Declared, ...]:
    """Nothing: S3 wants the root user's device with the request, so a person turns it on, and no program."""
    return ()


def from_plan(planned: Planned) -> bool | Unset:
    said, inline = planned.one(KIND), planned.said.inside("versioning").flag("mfaDelete")
    separate = None if said is None else said.inside("versioningConfiguration").choice("mfaDelete", STATUS)
    return agreed("mfa_delete", or_unset(separate), or_unset(inline))


def from_api(asked: Asked) -> bool:
    """It is not answered where it was never on. No call that is made here can set it, as no program can."""
    return bool(asked.answered(versioning.STATE).choice("MFADelete", STATUS))
