"""The policy of a bucket, merged from all who contribute: TLS, encryption, deliveries, other accounts."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bucketwright.contract.access.cloudfront import distribution_reads
from bucketwright.contract.access.deliveries import deliveries
from bucketwright.contract.access.grantees import grantee_of, is_tied, visitors
from bucketwright.contract.access.grants import grant_statements
from bucketwright.contract.access.keys import given_key, has_own_key
from bucketwright.contract.access.quarantine import quarantined
from bucketwright.contract.access.size import BUCKET_POLICY, fitting, joined, policy, size
from bucketwright.contract.access.statement import Condition, Json, Statement, allow, deny, sid_part
from bucketwright.contract.access.verbs import PUT_ACTION, buckets_of
from bucketwright.contract.placement import bucket_arn

if TYPE_CHECKING:
    from bucketwright.contract.buckets import Bucket
    from bucketwright.contract.model import Environment

_HEADER: Final = {"s3": "AES256", "kms": "aws:kms", "dsse": "aws:kms:dsse"}
_SSE: Final = "s3:x-amz-server-side-encryption"
_SSE_KEY: Final = f"{_SSE}-aws-kms-key-id"
_SSE_C: Final = f"{_SSE}-customer-algorithm"
_ACL: Final = "s3:x-amz-acl"
_PRIVATE_ACLS: Final = ("private", "bucket-owner-full-control")
_PUT: Final = (PUT_ACTION,)
# These look at the bucket's ACL before they deliver.
_ASK_FOR_ACL: Final = frozenset(
    {"cloudtrail.amazonaws.com", "config.amazonaws.com", "delivery.logs.amazonaws.com"}
)


def bucket_policy(environment: "Environment", bucket_id: str) -> Json:
    """The whole bucket policy, from names that are known before anything is deployed.

    Where it would be too large, deliveries are tied to this account alone, not to each source by name.
    """
    bucket, arn = environment.buckets[bucket_id], bucket_arn(environment, bucket_id)
    refusals = (*_transport(bucket, arn), *_encryption(bucket, arn), *_private_acls(bucket, arn))
    everyone = [*(replace(one, principal="*") for one in refusals), *quarantined(environment, bucket_id)]
    grantees = [*distribution_reads(environment, bucket_id), *_grantees(environment, bucket_id, arn)]
    written = policy([*everyone, *deliveries(environment, bucket_id), *grantees])
    if size(written) <= BUCKET_POLICY:
        return written
    delivering = deliveries(environment, bucket_id, by_name=environment.account is None)
    smaller = policy(joined([*everyone, *delivering, *grantees]))
    return fitting(smaller, BUCKET_POLICY, f"the policy of buckets.{bucket_id}")


def _transport(bucket: "Bucket", arn: str) -> Iterator[Statement]:
    if bucket.require_tls:
        everything, oldest = (arn, f"{arn}/*"), bucket.tls_minimum
        yield deny("DenyPlainHttp", ("s3:*",), everything, {"Bool": {"aws:SecureTransport": "false"}})
        yield deny("DenyOldTls", ("s3:*",), everything, {"NumericLessThan": {"s3:TlsVersion": oldest}})


def _encryption(bucket: "Bucket", arn: str) -> Iterator[Statement]:
    """Uploads that name another encryption are refused; those that name none get the bucket's default.

    A negated operator also holds where the header is absent, with or without IfExists: hence the `Null`.
    """
    wanted, given, objects = bucket.encryption, given_key(bucket), (f"{arn}/*",)
    yield deny("DenyOtherEncryption", _PUT, objects, _names_other(_SSE, _HEADER[wanted.type]))
    if wanted.type != "s3":
        # S3 would then take a key of its own, not the bucket's.
        yield deny("DenyUnnamedKey", _PUT, objects, {"Null": {_SSE: "false", _SSE_KEY: "true"}})
    if has_own_key(bucket):
        # Its id is not known before it exists, so that the right one cannot be told from others.
        yield deny("DenyNamedKey", _PUT, objects, {"Null": {_SSE_KEY: "false"}})
    elif given is not None:
        yield deny("DenyOtherKey", _PUT, objects, _names_other(_SSE_KEY, given))
    if bucket.block_sse_c:
        yield deny("DenyCustomerKeys", _PUT, objects, {"Null": {_SSE_C: "false"}})


def _private_acls(bucket: "Bucket", arn: str) -> Iterator[Statement]:
    """An upload may name a private canned ACL or none; a change of the ACL has to name one."""
    if bucket.ownership != "enforced":
        objects = (f"{arn}/*",)
        yield deny("DenyOpenUploads", _PUT, objects, _names_other(_ACL, *_PRIVATE_ACLS))
        changes: Condition = {"StringNotEquals": {_ACL: _PRIVATE_ACLS}}
        yield deny("DenyOpenAcls", ("s3:PutObjectAcl",), objects, changes)


def _names_other(header: str, *allowed: str) -> Condition:
    return {"Null": {header: "false"}, "StringNotEquals": {header: allowed}}


def _grantees(environment: "Environment", bucket_id: str, arn: str) -> Iterator[Statement]:
    """Other accounts' principals, and services that come by themselves."""
    for access_id, access in visitors(environment).items():
        if bucket_id not in buckets_of(access) or not is_tied(environment, access):
            continue
        grantee = grantee_of(environment, access)
        statements = grant_statements(environment, access_id, bucket_id)
        if access.service and access.service.name in _ASK_FOR_ACL:
            statements += (allow("Acl", ("s3:GetBucketAcl",), (arn,)),)
        for one in statements:
            tied = one.tied_to(grantee.tie) if one.effect == "Allow" else one
            yield replace(tied, sid=f"{sid_part(access_id)}{one.sid}", principal=grantee.principal)
