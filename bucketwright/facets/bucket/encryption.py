"""Encryption: under which keys does S3 put objects whose upload names none?"""

from dataclasses import dataclass
from typing import Final, Literal

from bucketwright.facets.declaring import given
from bucketwright.facets.facet import BucketScope, Declared, Planned, Resolve, agreed
from bucketwright.facets.references import resolved
from bucketwright.facets.said import Said
from bucketwright.posture import UNSET, Undetermined, Unknown, Unset

Algorithm = Literal["AES256", "aws:kms", "aws:kms:dsse"]
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


def wanted(scope: BucketScope) -> Encryption:
    stated, algorithm = scope.bucket.encryption, _DECLARED[scope.bucket.encryption.type]
    return Encryption(algorithm, scope.key, algorithm == "aws:kms" and stated.bucket_key)


def to_args(value: Encryption, resolve: Resolve) -> tuple[Declared, ...]:
    key = value.key and resolved(value.key, "arn", resolve)
    default = given(sse_algorithm=value.algorithm, kms_master_key_id=key)
    rule = {"apply_server_side_encryption_by_default": default, "bucket_key_enabled": value.bucket_key}
    return (Declared(KIND, {"rules": [rule]}),)


def from_plan(planned: Planned) -> Encryption | Unset:
    inline = planned.said.part("serverSideEncryptionConfiguration")
    return agreed("encryption", _default(planned.one(KIND)), _default(inline))


def _default(said: Said | None) -> Encryption | Unset:
    """What the one rule says; it may only say which encryptions are blocked."""
    if said is None:
        return UNSET
    rule = said.inside("rule")
    default = rule.part("applyServerSideEncryptionByDefault")
    if default is None:
        return UNSET
    algorithm: Algorithm = default.needed("sseAlgorithm", default.word("sseAlgorithm", _DECLARED.values()))
    key = default.reference("key", "kmsMasterKeyId") or None
    if algorithm == "AES256" and key is not None:
        raise Undetermined("encryption", Unknown("a KMS key is named beside AES256, which S3 refuses"))
    of_aws = key is not None and (key == _KEY_OF_AWS or key.endswith(f":{_KEY_OF_AWS}"))
    bucket_key = algorithm == "aws:kms" and bool(rule.flag("bucketKeyEnabled"))
    return Encryption(algorithm, None if of_aws else key, bucket_key)
