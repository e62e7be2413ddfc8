"""Blocked SSE-C: are objects refused that are encrypted with keys only their uploader has?"""

from typing import Final

from bucketwright.facets.bucket import encryption
from bucketwright.facets.facet import BucketScope, Declared, Planned, Resolve, agreed
from bucketwright.facets.said import Said
from bucketwright.posture import UNSET, Undetermined, Unknown, Unset

KIND: Final = encryption.KIND
FRESH: Final = True
_WORDS: Final = {("SSE-C",): True, ("NONE",): False}


def wanted(scope: BucketScope) -> bool:
    return scope.bucket.block_sse_c


def to_args(value: bool, _: Resolve) -> tuple[Declared, ...]:
    return (Declared(KIND, {"rules": [{"blocked_encryption_types": ["SSE-C" if value else "NONE"]}]}),)


def from_plan(planned: Planned) -> bool | Unset:
    inline = planned.said.part("serverSideEncryptionConfiguration")
    return agreed("blocks_sse_c", _blocked(planned.one(KIND)), _blocked(inline))


def _blocked(said: Said | None) -> bool | Unset:
    """An empty list says nothing: S3 keeps what was."""
    types = () if said is None else said.inside("rule").texts("blockedEncryptionTypes")
    if not types:
        return UNSET
    if types not in _WORDS:
        raise Undetermined("blocks_sse_c", Unknown(f"S3 blocks SSE-C or NONE, not {', '.join(types)}"))
    return _WORDS[types]
