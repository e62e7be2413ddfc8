"""Who may use a bucket's KMS key: the policy of a key of ours, and what the owner of a given one adds."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from bucketwright.contract.access.cloudfront import SERVICE, delivered
from bucketwright.contract.access.deliveries import INVENTORY_SERVICE, inventory_keys
from bucketwright.contract.access.grantees import Grantee, grantee_of, on_behalf, visitors
from bucketwright.contract.access.keys import given_key, has_own_key, via_s3
from bucketwright.contract.access.size import KEY_POLICY, fitting, policy, told_apart
from bucketwright.contract.access.statement import Condition, Json, Statement, allow, sid_part
from bucketwright.contract.access.verbs import KEY_ACTIONS, WHOLE_BUCKET, among, held, key_actions
from bucketwright.contract.names import bucket_region, role_arn
from bucketwright.contract.partitions import partition_of
from bucketwright.contract.placement import bucket_arn, places

if TYPE_CHECKING:
    from bucketwright.contract.model import Environment
    from bucketwright.contract.roles import Access

_NO_ACCOUNT: Final = "the account of the environment is needed, and none is given"
_ABOUT: Final = "kms:EncryptionContext:aws:s3:arn"


@dataclass(frozen=True, slots=True)
class GivenKey:
    """A key that the contract names, and that is its owner's to share."""

    arn: str
    statements: tuple[Json, ...]
    """What the owner adds to the policy of the key."""
    because: str = ""
    """Why that is not known; empty where it is."""


@dataclass(frozen=True, slots=True)
class _Encrypted:
    """A bucket under a KMS key, in an account that is known."""

    environment: "Environment"
    account: str
    bucket_id: str

    @property
    def partition(self) -> str:
        return partition_of(bucket_region(self.environment, self.environment.buckets[self.bucket_id]))

    @property
    def root(self) -> Mapping[str, tuple[str, ...]]:
        """The account as a principal: whatever of it may, by its own policies."""
        return {"AWS": (f"arn:{self.partition}:iam::{self.account}:root",)}

    def about(self, keys: Iterable[str]) -> tuple[str, ...]:
        """What S3 says to KMS that a request is about: the objects, or the bucket under one key for many.

        Single objects may have been written without that bucket key, so they count there as well.
        """
        arn, wanted = bucket_arn(self.environment, self.bucket_id), self.environment.buckets[self.bucket_id]
        if wanted.encryption.type == "kms" and wanted.encryption.bucket_key:
            return arn, f"{arn}/*"
        return tuple(f"{arn}/{key}" for key in keys)


def key_policy(environment: "Environment", bucket_id: str) -> Json:
    """The whole policy of the key this project makes for a bucket, from names known before anything exists.

    Roles of the account use the key by their own policies. ValueError where the bucket has no key of ours, or
    the account is not known.
    """
    if not has_own_key(environment.buckets[bucket_id]):
        raise ValueError(f"this project makes no key for buckets.{bucket_id}")
    if environment.account is None:
        raise ValueError(f"the key policy of buckets.{bucket_id}: {_NO_ACCOUNT}")
    bucket = _Encrypted(environment, environment.account, bucket_id)
    administers = replace(allow("Account", ("kms:*",), ("*",)), principal=bucket.root)
    written = policy([administers, *_users(bucket, visitors(environment)), *_services(bucket)])
    return fitting(written, KEY_POLICY, f"the key policy of buckets.{bucket_id}")


def beyond_roles(environment: "Environment", bucket_id: str) -> tuple[str, ...]:
    """Whom the key of a bucket has to let in beside roles of the account, as its policy would name them."""
    coming = visitors(environment).items()
    let_in = [f"access.{access_id}" for access_id, access in coming if key_actions(access, bucket_id)]
    prefixes = environment.buckets[bucket_id].prefixes.values()
    if any(prefix.delivery.via == "cloudfront" for prefix in prefixes):
        let_in.append("CloudFront")
    sources = (source.inventory for source in environment.buckets.values())
    if any(inventory is not None and inventory.to == bucket_id for inventory in sources):
        let_in.append("the inventory")
    return tuple(let_in)


def given_keys(environment: "Environment") -> tuple[GivenKey, ...]:
    """Each given key, with what its owner adds for all the buckets under it."""
    buckets: dict[str, list[str]] = {}
    for bucket_id, bucket in environment.buckets.items():
        arn = given_key(bucket)
        if arn is not None:
            buckets.setdefault(arn, []).append(bucket_id)
    return tuple(_given(environment, arn, ids) for arn, ids in buckets.items())


def _given(environment: "Environment", arn: str, bucket_ids: Iterable[str]) -> GivenKey:
    """The owner may be of another account, so our roles are named, too: as our account's, by their ARNs."""
    if environment.account is None:
        return GivenKey(arn, (), _NO_ACCOUNT)
    statements: list[Statement] = []
    for bucket_id in bucket_ids:
        bucket = _Encrypted(environment, environment.account, bucket_id)
        statements += (*_users(bucket, environment.access), *_services(bucket))
    return GivenKey(arn, tuple(one.json() for one in told_apart(statements)))


def _users(bucket: _Encrypted, grantees: Mapping[str, "Access"]) -> Iterator[Statement]:
    """Whoever reads or writes, as far as that goes."""
    for access_id, access in grantees.items():
        grantee, sid = _user(bucket, access_id, access), sid_part(access_id) + sid_part(bucket.bucket_id)
        for number, use in enumerate(_uses(bucket, access), start=1):
            yield _let(grantee, replace(use, sid=f"{sid}Key{number}"))


def _user(bucket: _Encrypted, access_id: str, access: "Access") -> Grantee:
    """The grantee in a key's policy. Others ask through S3; a service comes by itself, and S3 with it."""
    if access.service is not None:
        return grantee_of(bucket.environment, access)
    through = via_s3(bucket.environment, bucket.bucket_id)["StringEquals"]
    if not access.makes_role():
        visitor = grantee_of(bucket.environment, access)
        return replace(visitor, tie={"StringEquals": {**visitor.tie["StringEquals"], **through}})
    role = role_arn(bucket.environment, access_id, bucket.account)
    return Grantee(bucket.root, {"StringEquals": through, "ArnEquals": {"aws:PrincipalArn": role}})


def _uses(bucket: _Encrypted, access: "Access") -> Iterator[Statement]:
    """What the verbs of a grantee need of the key, those that are about the same objects together."""
    own = places(bucket.environment, bucket.bucket_id)
    by_objects: dict[tuple[str, ...], tuple[str, ...]] = {}
    for verb, needed in KEY_ACTIONS.items():
        ids = held(access, verb, bucket.bucket_id)
        if needed and ids:
            keys = ["*"] if WHOLE_BUCKET in ids else [place.key_pattern for place in among(own, ids)]
            about = bucket.about(keys)
            by_objects[about] = (*by_objects.get(about, ()), *needed)
    for about, needed in by_objects.items():
        yield allow("", sorted(set(needed)), ("*",), {"StringLike": {_ABOUT: about}})


def _services(bucket: _Encrypted) -> Iterator[Statement]:
    """CloudFront for what it delivers, and S3 for the inventories it delivers here.

    Notifications carry no object, and access logs go to buckets under keys of S3 alone.
    """
    environment, sid = bucket.environment, sid_part(bucket.bucket_id)
    handed_out = [place.key_pattern for place in delivered(environment, bucket.bucket_id)]
    if handed_out:
        distributions = f"arn:{bucket.partition}:cloudfront::{bucket.account}:distribution/*"
        about: Condition = {"StringLike": {"aws:SourceArn": distributions, _ABOUT: bucket.about(handed_out)}}
        use = allow(f"{sid}CloudFront", KEY_ACTIONS["read"], ("*",), about)
        yield _let(Grantee({"Service": (SERVICE,)}, on_behalf((bucket.account,), ())), use)
    listed = inventory_keys(environment, bucket.bucket_id)
    if listed:
        about = {"StringLike": {_ABOUT: bucket.about(listed.values())}}
        use = allow(f"{sid}Inventory", ("kms:GenerateDataKey",), ("*",), about)
        yield _let(
            Grantee({"Service": (INVENTORY_SERVICE,)}, on_behalf((bucket.account,), tuple(listed))), use
        )


def _let(grantee: Grantee, use: Statement) -> Statement:
    return replace(use.tied_to(grantee.tie), principal=grantee.principal)
