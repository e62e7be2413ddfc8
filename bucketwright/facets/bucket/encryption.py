"""Encryption: under which keys does S3 put objects whose upload names none?"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bucketwright.facets.declaring import given
from bucketwright.facets.facet import (
    Declared,
    Planned,
    Resolve,
    agreed,
)
from bucketwright.facets.reading import Asked, Read
from bucketwright.facets.references import resolved
from bucketwright.facets.said import Said
from bucketwright.facets.words import Algorithm
from bucketwright.facets.writing import Site, Write
from bucketwright.posture import UNSET, Undetermined, Unknown, Unset

if TYPE_CHECKING:
    from bucketwright.facets.bucket_scope import BucketScope

KIND: Final = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration"


@dataclass(frozen=True, slots=True)
class Encryption:
    """The default of new objects."""

    algorithm: Algorithm = "AES256"
    key: str | None = None
    """The KMS key: an address, or what names a stranger's. None under keys of AWS."""
    bucket_key: bool = False
    """One data key for many objects; means something under aws:kms alone."""


FRESH: Final = Encryption()
_DECLARED: Final[dict[str, Algorithm]] = {"s3": "AES256", "kms": "aws:kms", "dsse": "aws:kms:dsse"}
_KEY_OF_AWS: Final = "alias/aws/s3"
CONFIGURATION: Final = Read(
    "s3",
    "GetBucketEncryption",
    "s3:GetEncryptionConfiguration",
    ("Bucket",),
    frozenset({"ServerSideEncryptionConfigurationNotFoundError"}),
)
READS: Final = (CONFIGURATION,)
_ALL: Final = "ServerSideEncryptionConfiguration"
_DEFAULT: Final = "ApplyServerSideEncryptionByDefault"


def wanted(scope: "BucketScope") -> Encryption:
    stated, algorithm = scope.bucket.encryption, _DECLARED[scope.bucket.encryption.type]
    return Encryption(algorithm, scope.key, algorithm == "aws:kms" and stated.bucket_key)


def to_args(value: Encryption, resolve: Resolve) -> tuple[Declared, ...]:
    key = value.key and resolved(value.key, "arn", resolve)
    default = given(sse_algorithm=value.algorithm, kms_master_key_id=key)
    rule = {"apply_server_side_encryption_by_default": default, "bucket_key_enabled": value.bucket_key}
    return (Declared(KIND, {"rules": [rule]}),)


def from_plan(planned: Planned) -> Encryption | Unset:
    inline = planned.said.part("serverSideEncryptionConfiguration")
    return agreed("encryption", _planned(planned.one(KIND)), _planned(inline))


def _planned(said: Said | None) -> Encryption | Unset:
    """What the one rule says; it may only say which encryptions are blocked."""
    if said is None:
        return UNSET
    rule = said.inside("rule")
    default = rule.part("applyServerSideEncryptionByDefault")
    if default is None:
        return UNSET
    algorithm: Algorithm = default.needed("sseAlgorithm", default.word("sseAlgorithm", _DECLARED.values()))
    bucket_key = algorithm == "aws:kms" and bool(rule.flag("bucketKeyEnabled"))
    return _told(algorithm, default.reference("key", "kmsMasterKeyId"), bucket_key)


def _told(algorithm: Algorithm, key: str | None, bucket_key: bool) -> Encryption:
    key = key or None
    if algorithm == "AES256" and key is not None:
        raise Undetermined("encryption", Unknown("a KMS key is named beside AES256, which S3 refuses"))
    of_aws = key is not None and (key == _KEY_OF_AWS or key.endswith(f":{_KEY_OF_AWS}"))
    return Encryption(algorithm, None if of_aws else key, bucket_key)


def from_api(asked: Asked) -> Encryption:
    rule = answered_rule(asked)
    default = rule.needed(_DEFAULT, rule.part(_DEFAULT))
    algorithm: Algorithm = default.needed("SSEAlgorithm", default.word("SSEAlgorithm", _DECLARED.values()))
    bucket_key = algorithm == "aws:kms" and bool(rule.flag("BucketKeyEnabled"))
    return _told(algorithm, default.reference("key", "KMSMasterKeyID"), bucket_key)


def to_api(before: Encryption, after: Encryption, site: Site) -> tuple[Write, ...]:
    """What is blocked is set by the same call, and stays."""
    return () if before == after else (rule_write(site, after, site.facts.get("blocks_sse_c")),)


def answered_rule(asked: Asked) -> Said:
    """The one rule of an answer; S3 always has one, and what another server does without is not known."""
    said = asked.said(CONFIGURATION)
    if said is None:
        raise Undetermined("encryption", Unknown("the bucket has no default, and S3 would have one"))
    found = said.needed(_ALL, said.part(_ALL))
    return found.needed("Rules", found.part("Rules"))


def rule_write(site: Site, value: Encryption, blocks_sse_c: object) -> Write:
    """The call that puts the one rule: the default, and what is blocked where that is known."""
    key = value.key and resolved(value.key, "arn", site.resolve)
    default = given(SSEAlgorithm=value.algorithm, KMSMasterKeyID=key)
    types = {"EncryptionType": ["SSE-C" if blocks_sse_c else "NONE"]}
    blocked = {"BlockedEncryptionTypes": types} if isinstance(blocks_sse_c, bool) else {}
    rule = {_DEFAULT: default, "BucketKeyEnabled": value.bucket_key, **blocked}
    return site.write("PutBucketEncryption", "s3:PutEncryptionConfiguration", {_ALL: {"Rules": [rule]}})
