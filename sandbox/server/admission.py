"""May this caller do this, to this bucket or an object in it?

The bucket policy, ACLs and public access blocks decide. What the caller's own policies say is not asked: the
holder of an account's key may do anything in that account that the bucket policy does not forbid.
"""

from dataclasses import dataclass

from moto.s3.models import FakeBucket, FakeKey

from sandbox.server.access_lists import is_public
from sandbox.server.accounts import caller_of
from sandbox.server.calls import Call
from sandbox.server.gaps.policies import has_public_policy, policy_on
from sandbox.server.held import is_owner_enforced, version_of
from sandbox.server.permissions import Asked, Who, allows, forbids
from sandbox.server.public_blocks import blocks_on
from sandbox.server.request_keys import keys_of


@dataclass(frozen=True, slots=True)
class Wish:
    """An action on a bucket, or on an object in it if there is a key."""

    action: str
    bucket: FakeBucket
    key: str = ""
    version: str | None = None

    @property
    def resource(self) -> str:
        """The ARN it is about."""
        return f"{self.bucket.arn}/{self.key}" if self.key else str(self.bucket.arn)


def owns(call: Call, bucket: FakeBucket) -> bool:
    """Whether the caller is of the account whose bucket it is."""
    return call.access_key is not None and call.account == bucket.account_id


def may(call: Call, wish: Wish) -> bool:
    """Whether the caller may have it."""
    bucket = wish.bucket
    stored = version_of(bucket, wish.key, wish.version) if wish.key else None
    who: Who = caller_of(call.access_key, call.account) if call.access_key else None
    policy = policy_on(bucket)
    if policy is None:
        return owns(call, bucket) or _by_acl(bucket, stored, wish.action)
    asked = Asked(wish.action, wish.resource, who, keys_of(call, bucket, stored, policy))
    if forbids(policy, asked):
        return False
    if owns(call, bucket):
        return True
    if blocks_on(bucket).restricted and has_public_policy(bucket):
        return False
    return allows(policy, asked) or _by_acl(bucket, stored, wish.action)


def _by_acl(bucket: FakeBucket, stored: FakeKey | None, action: str) -> bool:
    """Whether a public ACL that is in force lets anyone read the object, or list the bucket."""
    if is_owner_enforced(bucket) or blocks_on(bucket).ignored_acls:
        return False
    acl = stored.acl if stored and action == "s3:GetObject" else None
    acl = bucket.acl if action == "s3:ListBucket" else acl
    return acl is not None and is_public(acl) and acl.public_read
