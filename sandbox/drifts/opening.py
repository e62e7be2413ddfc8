"""What does somebody open, so that a bucket or an object can be as a contract forbids?"""

from typing import Any, Final

from bucketwright.facets.bucket_scope import BucketScope
from sandbox.drifts.drift import Live
from sandbox.drifts.settings import BLOCK, ENCRYPTION, OWNERSHIP, AnyBucket, Undo

_AGAINST_ACLS: Final = ("BlockPublicAcls", "IgnorePublicAcls")
_AGAINST_POLICIES: Final = ("BlockPublicPolicy", "RestrictPublicBuckets")
_BY_DEFAULT: Final = "ApplyServerSideEncryptionByDefault"


def public_acls_would_show(at: BucketScope) -> bool:
    """Whether switches of the bucket, and none of its account, keep public ACLs from meaning anything."""
    block = at.bucket.public_access_block
    return (block.block_acls or block.ignore_acls) and not at.environment.account_block


def take_public_acls(live: Live, at: AnyBucket) -> Undo:
    """Turn off the two switches against public ACLs."""
    return _switch_off(live, at, _AGAINST_ACLS)


def take_public_policies(live: Live, at: AnyBucket) -> Undo:
    """Turn off the two switches against public policies."""
    return _switch_off(live, at, _AGAINST_POLICIES)


def enable_acls(live: Live, at: AnyBucket) -> Undo:
    """Let uploaders own what they upload."""
    by_writers = {"Rules": [{"ObjectOwnership": "ObjectWriter"}]}
    return OWNERSHIP.change(live, at, lambda _: by_writers)


def take_customer_keys(live: Live, at: AnyBucket) -> Undo:
    """Unblock SSE-C."""
    return encrypt_by(live, at, BlockedEncryptionTypes={"EncryptionType": ["NONE"]})


def encrypt_by_default(live: Live, at: AnyBucket, algorithm: str, **said: object) -> Undo:
    """Let another encryption be the default."""
    return encrypt_by(live, at, **{_BY_DEFAULT: {"SSEAlgorithm": algorithm}}, **said)


def encrypt_under(live: Live, at: AnyBucket, key: str) -> Undo:
    """Let another KMS key be the default."""

    def under(rule: dict[str, Any]) -> object:
        return {**rule, _BY_DEFAULT: {**rule[_BY_DEFAULT], "KMSMasterKeyID": key}}

    return ENCRYPTION.change(live, at, lambda document: {"Rules": [under(one) for one in document["Rules"]]})


def encrypt_by(live: Live, at: AnyBucket, **said: object) -> Undo:
    """Say something else of the encryption, and leave the rest as it is."""
    return ENCRYPTION.change(
        live, at, lambda document: {"Rules": [{**one, **said} for one in document["Rules"]]}
    )


def _switch_off(live: Live, at: AnyBucket, switches: tuple[str, ...]) -> Undo:
    return BLOCK.change(live, at, lambda block: {**block, **dict.fromkeys(switches, False)})
