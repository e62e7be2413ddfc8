"""The policy of a bucket, merged from all who contribute: TLS, encryption, deliveries, other accounts."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from bucketwright.contract.access.grants import grant_statements
from bucketwright.contract.access.size import BUCKET_POLICY, fitting, joined, policy, size
from bucketwright.contract.access.statement import Condition, Json, Statement, allow, deny, sid_part
from bucketwright.contract.access.verbs import PUT_ACTION, buckets_of, makes_role
from bucketwright.contract.buckets import Bucket
from bucketwright.contract.keys import iam_literal
from bucketwright.contract.model import Environment
from bucketwright.contract.names import bucket_name
from bucketwright.contract.placement import bucket_arn
from bucketwright.contract.roles import Access

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


def bucket_policy(environment: Environment, bucket_id: str) -> Json:
    """The whole bucket policy, from names that are known before anything is deployed.

    Where it would be too large, deliveries are tied to this account alone, not to each source by name.
    """
    bucket, arn = environment.buckets[bucket_id], bucket_arn(environment, bucket_id)
    refusals = (*_transport(bucket, arn), *_encryption(bucket, arn), *_private_acls(bucket, arn))
    everyone = [replace(one, principal="*") for one in refusals]
    grantees = list(_grantees(environment, bucket_id, arn))
    written = policy([*everyone, *_deliveries(environment, bucket_id, arn), *grantees])
    if size(written) > BUCKET_POLICY:
        deliveries = _deliveries(environment, bucket_id, arn, by_name=environment.account is None)
        written = policy(joined([*everyone, *deliveries, *grantees]))
    return fitting(written, BUCKET_POLICY, f"the policy of buckets.{bucket_id}")


def is_tied(environment: Environment, access: Access) -> bool:
    """Whether it is known on whose behalf a service may act; one that may act for anybody is not let in."""
    return access.service is None or bool(_grantee(environment, access)[1])


def _transport(bucket: Bucket, arn: str) -> Iterator[Statement]:
    if bucket.require_tls:
        everything, oldest = (arn, f"{arn}/*"), bucket.tls_minimum
        yield deny("DenyPlainHttp", ("s3:*",), everything, {"Bool": {"aws:SecureTransport": "false"}})
        yield deny("DenyOldTls", ("s3:*",), everything, {"NumericLessThan": {"s3:TlsVersion": oldest}})


def _encryption(bucket: Bucket, arn: str) -> Iterator[Statement]:
    """Uploads that name another encryption are refused; those that name none get the bucket's default.

    A negated operator also holds where the header is absent, with or without IfExists: hence the `Null`.
    """
    wanted, objects = bucket.encryption, (f"{arn}/*",)
    yield deny("DenyOtherEncryption", _PUT, objects, _names_other(_SSE, _HEADER[wanted.type]))
    if wanted.type != "s3":
        # S3 would then take a key of its own, not the bucket's.
        yield deny("DenyUnnamedKey", _PUT, objects, {"Null": {_SSE: "false", _SSE_KEY: "true"}})
    if wanted.key != "managed":
        yield deny("DenyOtherKey", _PUT, objects, _names_other(_SSE_KEY, wanted.key))
    if bucket.block_sse_c:
        yield deny("DenyCustomerKeys", _PUT, objects, {"Null": {_SSE_C: "false"}})


def _private_acls(bucket: Bucket, arn: str) -> Iterator[Statement]:
    """An upload may name a private canned ACL or none; a change of the ACL has to name one."""
    if bucket.ownership != "enforced":
        objects = (f"{arn}/*",)
        yield deny("DenyOpenUploads", _PUT, objects, _names_other(_ACL, *_PRIVATE_ACLS))
        changes: Condition = {"StringNotEquals": {_ACL: _PRIVATE_ACLS}}
        yield deny("DenyOpenAcls", ("s3:PutObjectAcl",), objects, changes)


def _names_other(header: str, *allowed: str) -> Condition:
    return {"Null": {header: "false"}, "StringNotEquals": {header: allowed}}


def _deliveries(
    environment: Environment, bucket_id: str, arn: str, *, by_name: bool = True
) -> Iterator[Statement]:
    """S3's own deliveries of logs and inventories, for the buckets that send them here and for no others."""
    for sid, service, below in (
        ("LogDelivery", "logging.s3.amazonaws.com", _log_keys(environment, bucket_id)),
        ("InventoryDelivery", "s3.amazonaws.com", _inventory_keys(environment, bucket_id)),
    ):
        if below:
            keys = [f"{arn}/{key}" for key in below.values()] if by_name else [f"{arn}/*"]
            tie = _on_behalf(_own_account(environment), tuple(below) if by_name else ())
            write = allow(sid, _PUT, dict.fromkeys(keys), tie)
            yield replace(write, principal={"Service": (service,)})


def _log_keys(environment: Environment, bucket_id: str) -> dict[str, str]:
    """Below which keys the log of each bucket, by its ARN, is delivered here."""
    sources = ((one, source.access_logs) for one, source in environment.buckets.items())
    return {
        bucket_arn(environment, one): f"{iam_literal(f'{one}/' if logs.prefix is None else logs.prefix)}*"
        for one, logs in sources
        if logs is not None and logs.to == bucket_id
    }


def _inventory_keys(environment: Environment, bucket_id: str) -> dict[str, str]:
    """Below which keys the inventory of each bucket, by its ARN, is delivered here: its own name."""
    return {
        bucket_arn(environment, one): f"{bucket_name(environment, one)}/*"
        for one, source in environment.buckets.items()
        if source.inventory is not None and source.inventory.to == bucket_id
    }


def _grantees(environment: Environment, bucket_id: str, arn: str) -> Iterator[Statement]:
    """Other accounts' principals, and services that come by themselves."""
    for access_id, access in environment.access.items():
        if makes_role(access) or bucket_id not in buckets_of(access) or not is_tied(environment, access):
            continue
        principal, tie = _grantee(environment, access)
        statements = grant_statements(environment, access, bucket_id)
        if access.service and access.service.name in _ASK_FOR_ACL:
            statements.append(allow("Acl", ("s3:GetBucketAcl",), (arn,)))
        for one in statements:
            tied = one.tied_to(tie) if one.effect == "Allow" else one
            yield replace(tied, sid=f"{sid_part(access_id)}{one.sid}", principal=principal)


def _grantee(environment: Environment, access: Access) -> tuple[Mapping[str, tuple[str, ...]], Condition]:
    """The principal, and what ties it: a service to those it acts for, a principal to its account.

    S3 shows a role that was deleted and made again by a bare id; its account still stands in the condition.
    """
    if access.service is None:
        accounts = tuple(dict.fromkeys(arn.split(":")[4] for arn in access.principals))
        return {"AWS": access.principals}, {"StringEquals": {"aws:PrincipalAccount": accounts}}
    accounts = access.service.accounts or _own_account(environment)
    return {"Service": (access.service.name,)}, _on_behalf(accounts, access.service.sources)


def _own_account(environment: Environment) -> tuple[str, ...]:
    return () if environment.account is None else (environment.account,)


def _on_behalf(accounts: tuple[str, ...], sources: tuple[str, ...]) -> Condition:
    """The condition that a service acts for one of these: no confused deputy."""
    by_account: Condition = {"StringEquals": {"aws:SourceAccount": accounts}} if accounts else {}
    by_source: Condition = {"ArnLike": {"aws:SourceArn": sources}} if sources else {}
    return {**by_source, **by_account}
