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


def to_args(value: bool, _: Resolve) -> tuple[Declared, ...]:
    return (Declared(KIND, {"versioning_configuration": {"mfa_delete": "Enabled"}}),) if value else ()


def from_plan(planned: Planned) -> bool | Unset:
    said, inline = planned.one(KIND), planned.said.inside("versioning").flag("mfaDelete")
    separate = None if said is None else said.inside("versioningConfiguration").choice("mfaDelete", _WORDS)
    return agreed("mfa_delete", UNSET if separate is None else separate, UNSET if inline is None else inline)
