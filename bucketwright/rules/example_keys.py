"""What do a bucket and its KMS key look like in the examples of rules on roles?"""

from collections.abc import Mapping
from typing import Final

from bucketwright.estate import BucketPosture, KeyPosture
from bucketwright.facets.bucket.encryption import Encryption
from bucketwright.rules.example_access import allow, policy
from bucketwright.rules.example_roles import grant

_REGION: Final = "eu-west-1"
ARN: Final = f"arn:aws:kms:{_REGION}:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"


def bucket(key: str | None = "key:files", name: str = "files") -> BucketPosture:
    """A bucket under a key, or under keys of S3."""
    encryption = Encryption("aws:kms", key) if key else Encryption()
    return BucketPosture(f"bucket:{name}", name, {"encryption": encryption, "region": _REGION})


def key(name: str = ARN, *principals: str) -> KeyPosture:
    """A key whose policy lets these use it, or is that of KMS."""
    written = (allow({"AWS": one}, "kms:*", Resource="*") for one in principals)
    said = policy(*written) if principals else None
    return KeyPosture("key:files", name, {"aliases": frozenset({"alias/files"}), "policy": said})


def by_alias(alias: str, region: str = _REGION) -> Mapping[str, object]:
    """The use of a key that goes under an alias, through S3 in a region."""
    means = {
        "ForAnyValue:StringEquals": {"kms:ResourceAliases": alias},
        "StringEquals": {"kms:ViaService": f"s3.{region}.amazonaws.com"},
    }
    return grant(["kms:Decrypt", "kms:GenerateDataKey"], f"arn:aws:kms:{_REGION}:*:key/*", Condition=means)
