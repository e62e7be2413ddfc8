"""Blocked SSE-C: are objects refused that are encrypted with keys only their uploader has?"""

from typing import TYPE_CHECKING, Final

from bucketwright.facets.bucket import encryption
from bucketwright.facets.facet import (
    Declared,
    Planned,
    Resolve,
    agreed,
)
from bucketwright.facets.reading import Asked
from bucketwright.facets.said import Said
from bucketwright.facets.writing import Site, Unsettable, Write
from bucketwright.posture import UNSET, Undetermined, Unknown, Unset

if TYPE_CHECKING:
    from bucketwright.facets.bucket_scope import BucketScope

KIND: Final = encryption.KIND
FRESH: Final = True
READS: Final = encryption.READS
_WORDS: Final = {("SSE-C",): True, ("NONE",): False}


def wanted(scope: "BucketScope") -> bool:
    return scope.bucket.block_sse_c


def to_args(value: bool, _: Resolve) -> tuple[Declared, ...]:
    return (Declared(KIND, {"rules": [{"blocked_encryption_types": ["SSE-C" if value else "NONE"]}]}),)


def from_plan(planned: Planned) -> bool | Unset:
    inline = planned.said.part("serverSideEncryptionConfiguration")
    return agreed("blocks_sse_c", _blocked(planned.one(KIND)), _blocked(inline))


def _blocked(said: Said | None) -> bool | Unset:
    """An empty list says nothing: S3 keeps what was."""
    types = () if said is None else said.inside("rule").texts("blockedEncryptionTypes")
    return _meant(types) if types else UNSET


def _meant(types: tuple[str, ...]) -> bool:
    if types not in _WORDS:
        raise Undetermined("blocks_sse_c", Unknown(f"S3 blocks SSE-C or NONE, not {', '.join(types)}"))
    return _WORDS[types]


def from_api(asked: Asked) -> bool:
    """S3 says it of every bucket."""
    rule = encryption.answered_rule(asked)
    part = rule.needed("BlockedEncryptionTypes", rule.part("BlockedEncryptionTypes"))
    return _meant(part.texts("EncryptionType"))


def to_api(before: bool, after: bool, site: Site) -> tuple[Write, ...]:
    """The call sets the default, too, which is to be as it is."""
    if before == after:
        return ()
    default = site.facts.get("encryption")
    if not isinstance(default, encryption.Encryption):
        raise Unsettable("the same call sets the default encryption of the bucket, and that is not known")
    return (encryption.rule_write(site, default, after),)
