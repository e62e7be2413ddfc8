"""MFA delete: does deleting a version for good need the root user's second factor?"""

from typing import Final

from bucketwright.facets.bucket import versioning
from bucketwright.facets.facet import BucketScope, Declared, Planned, Resolve, agreed
from bucketwright.posture import UNSET, Unset

KIND: Final = versioning.KIND
FRESH: Final = False
_WORDS: Final = {"Enabled": True, "Disabled": False}


def wanted(scope: BucketScope) -> bool:
    return scope.bucket.mfa_delete


def to_args(_: bool, __: Resolve) -> tuple[Declared, ...]:
    """Nothing: S3 wants the root user's device with the request, so a person turns it on, and no program."""
    return ()


def from_plan(planned: Planned) -> bool | Unset:
    said, inline = planned.one(KIND), planned.said.inside("versioning").flag("mfaDelete")
    separate = None if said is None else said.inside("versioningConfiguration").choice("mfaDelete", _WORDS)
    return agreed("mfa_delete", UNSET if separate is None else separate, UNSET if inline is None else inline)
