"""Can S3 use the stated encryption with the stated key?"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bucketwright.contract.access.key_policy import beyond_roles
from bucketwright.contract.access.keys import has_own_key
from bucketwright.contract.contradictions.arns import key_faults
from bucketwright.contract.contradictions.scope import Scope
from bucketwright.contract.names import bucket_region
from bucketwright.contract.problems import Fault

if TYPE_CHECKING:
    from bucketwright.contract.buckets import Bucket


def encryption(bucket: "Bucket") -> Iterator[Fault]:
    """Parts of the encryption that exclude each other."""
    stated = bucket.encryption
    if stated.type == "s3" and stated.key != "managed":
        message = "a KMS key is given, and encryption is with keys of S3"
        yield Fault(("encryption", "key"), message, (), "type: kms, or no key")
    if stated.type == "dsse" and stated.bucket_key and "bucket_key" in stated.model_fields_set:
        yield Fault(("encryption", "bucket_key"), "dsse has no bucket keys", (), "remove it, or type: kms")


def keys(scope: Scope) -> Iterator[Fault]:
    """Given keys that S3 could not use for the bucket, and keys of ours whose policy cannot be written."""
    environment = scope.environment
    for bucket_id, bucket in environment.buckets.items():
        if bucket.encryption.type != "s3" and bucket.encryption.key != "managed":
            region = bucket_region(environment, bucket)
            for message in key_faults(bucket.encryption.key, environment.partition, region):
                yield Fault(("buckets", bucket_id, "encryption", "key"), message)
        if environment.account is None and has_own_key(bucket):
            visitors = beyond_roles(environment, bucket_id)
            if visitors:
                message = f"its key has to let in {visitors[0]}, and the policy of a key names the account"
                yield Fault(("buckets", bucket_id, "encryption"), message, (), "account: <twelve digits>")
