"""What a bucket has from the moment it is made."""

import re
from typing import Final

from moto.s3.models import FakeBucket, PublicAccessBlock

from sandbox.server.access_lists import PUBLIC
from sandbox.server.calls import Answer, Call
from sandbox.server.documents import read
from sandbox.server.elements import Element
from sandbox.server.gaps.encryption import encrypt_new
from sandbox.server.held import ENFORCED, bucket_named, set_ownership, storage_of
from sandbox.server.mending import Forward, Gap, Mending
from sandbox.server.refusals import invalid

GAPS: Final = (
    Gap(
        "new-bucket-public-access-block",
        "makes a bucket without a public access block",
        "turns all four settings on, as S3 does since April 2023",
    ),
    Gap(
        "new-bucket-ownership",
        "makes a bucket without ownership controls",
        "sets BucketOwnerEnforced unless the request names another, as S3 does since April 2023",
    ),
    Gap(
        "new-bucket-tags",
        "drops the tags of CreateBucketConfiguration",
        "tags the bucket",
    ),
    Gap(
        "new-bucket-acl",
        "takes an ACL for a bucket whose owner is enforced, and a public one for a bucket that blocks it",
        "refuses both",
    ),
    Gap(
        "bucket-namespace",
        "gives a name of one account's regional namespace to any account",
        "refuses it to others, and to requests that do not name the namespace",
    ),
)
_REGIONAL_NAME: Final = re.compile(r"-([0-9]{12})-[a-z]{2,4}(?:-[a-z]+)+-[0-9]-an$")


def create(call: Call, forward: Forward) -> Answer:
    """A bucket with the settings that S3 gives new ones."""
    refused = _refused(call)
    if refused:
        return refused
    sent = read(call, "CreateBucket") if call.body() else None
    if isinstance(sent, Answer):
        return sent
    before = bucket_named(call.bucket)
    answer = forward(call)
    bucket = bucket_named(call.bucket)
    if bucket is not None and before is None:
        _settle(bucket, sent, call)
    return answer


def _settle(bucket: FakeBucket, sent: Element | None, call: Call) -> None:
    encrypt_new(bucket)
    bucket.public_access_block = PublicAccessBlock("true", "true", "true", "true")
    set_ownership(bucket, call.header("x-amz-object-ownership") or ENFORCED)
    tags = sent.find("Tags") if sent else None
    if tags:
        named = {tag.text_at("Key") or "": tag.text_at("Value") or "" for tag in tags.all("Tag")}
        storage_of(call.account, call.region).put_bucket_tagging(bucket.name, named)


def _refused(call: Call) -> Answer | None:
    acl = call.header("x-amz-acl") or "private"
    if (call.header("x-amz-object-ownership") or ENFORCED) == ENFORCED:
        if acl != "private" or any(name.startswith("HTTP_X_AMZ_GRANT_") for name in call.environ):
            message = "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting"
            return invalid(call, "InvalidBucketAclWithObjectOwnership", message)
    elif acl in PUBLIC:
        message = "Bucket cannot have public ACLs set with BlockPublicAccess enabled"
        return invalid(call, "InvalidBucketAclWithBlockPublicAccessError", message)
    return _outside_namespace(call)


def _outside_namespace(call: Call) -> Answer | None:
    """A name that ends as one account's regional names do is for that account and that namespace alone."""
    found = _REGIONAL_NAME.search(call.bucket)
    if found is None:
        return None
    if found[1] == call.account and call.header("x-amz-bucket-namespace") == "account-regional":
        return None
    message = f"The name is reserved for the account regional namespace of account {found[1]}"
    return invalid(call, "InvalidBucketName", message)


MENDINGS: Final = (Mending(create, "bucket", "PUT", ""),)
