"""Public access block: which of S3's four switches against public access are on?"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bucketwright.facets.facet import (
    Args,
    Declared,
    Planned,
    Resolve,
)
from bucketwright.facets.reading import Asked, Read
from bucketwright.facets.said import Said
from bucketwright.facets.writing import Site, Write
from bucketwright.posture import UNSET, Unset

if TYPE_CHECKING:
    from bucketwright.facets.bucket_scope import BucketScope


@dataclass(frozen=True, slots=True)
class PublicAccessBlock:
    """The four switches."""

    block_acls: bool = True
    ignore_acls: bool = True
    block_policy: bool = True
    restrict_buckets: bool = True


KIND: Final = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"
FRESH: Final = PublicAccessBlock()
OPEN: Final = PublicAccessBlock(*[False] * 4)
"""What holds where none is configured, of a bucket and of an account."""
NOT_CONFIGURED: Final = frozenset({"NoSuchPublicAccessBlockConfiguration"})
_BLOCK: Final = Read(
    "s3", "GetPublicAccessBlock", "s3:GetBucketPublicAccessBlock", ("Bucket",), NOT_CONFIGURED
)
READS: Final = (_BLOCK,)
_IN_ANSWERS: Final = {
    "block_acls": "BlockPublicAcls",
    "ignore_acls": "IgnorePublicAcls",
    "block_policy": "BlockPublicPolicy",
    "restrict_buckets": "RestrictPublicBuckets",
}


def wanted(scope: "BucketScope") -> PublicAccessBlock:
    return PublicAccessBlock(**scope.bucket.public_access_block.model_dump())


def to_args(value: PublicAccessBlock, _: Resolve) -> tuple[Declared, ...]:
    return (Declared(KIND, switch_args(value)),)


def from_plan(planned: Planned) -> PublicAccessBlock | Unset:
    """The resource sets all four: a switch it does not name is off."""
    return switches(planned.one(KIND), unsaid=False)


def switch_args(value: PublicAccessBlock) -> Args:
    """All four as arguments; those of an account and an access point have the same names."""
    return {
        "block_public_acls": value.block_acls,
        "ignore_public_acls": value.ignore_acls,
        "block_public_policy": value.block_policy,
        "restrict_public_buckets": value.restrict_buckets,
    }


def switches(said: Said | None, *, unsaid: bool) -> PublicAccessBlock | Unset:
    """The four as they are said; one that is not named is as `unsaid` says."""
    if said is None:
        return UNSET
    found = {
        "block_acls": said.flag("blockPublicAcls"),
        "ignore_acls": said.flag("ignorePublicAcls"),
        "block_policy": said.flag("blockPublicPolicy"),
        "restrict_buckets": said.flag("restrictPublicBuckets"),
    }
    return PublicAccessBlock(**{name: unsaid if on is None else on for name, on in found.items()})


def from_api(asked: Asked) -> PublicAccessBlock:
    return answered(asked.said(_BLOCK))


def to_api(before: PublicAccessBlock, after: PublicAccessBlock, site: Site) -> tuple[Write, ...]:
    if before == after:
        return ()
    return (site.write("PutPublicAccessBlock", "s3:PutBucketPublicAccessBlock", switch_params(after)),)


def answered(said: Said | None) -> PublicAccessBlock:
    """The four of an answer, which names each; None where none is configured."""
    if said is None:
        return OPEN
    block = said.needed("PublicAccessBlockConfiguration", said.part("PublicAccessBlockConfiguration"))
    return PublicAccessBlock(
        **{name: block.needed(one, block.flag(one)) for name, one in _IN_ANSWERS.items()}
    )


def switch_params(value: PublicAccessBlock) -> Args:
    """All four as a call sets them; those of an account and an access point have the same names."""
    return {
        "PublicAccessBlockConfiguration": {one: getattr(value, name) for name, one in _IN_ANSWERS.items()}
    }
