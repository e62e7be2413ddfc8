"""What can be known of each kind of resource, and what a contract intends of it?"""

from collections.abc import Mapping
from typing import ClassVar, Final, Protocol, TypeVar

from bucketwright.contract.model import Environment
from bucketwright.facets import access_point, account, distribution, key, role, trail
from bucketwright.facets.bucket import FACETS
from bucketwright.facets.bucket.acl import Acl
from bucketwright.facets.bucket.cors import CorsRule
from bucketwright.facets.bucket.encryption import Encryption
from bucketwright.facets.bucket.intelligent_tiering import Tiering
from bucketwright.facets.bucket.inventory import Inventory
from bucketwright.facets.bucket.lifecycle import Lifecycle
from bucketwright.facets.bucket.logging import Logging
from bucketwright.facets.bucket.namespace import Namespace
from bucketwright.facets.bucket.notifications import Notifications
from bucketwright.facets.bucket.object_lock import ObjectLock
from bucketwright.facets.bucket.ownership import Ownership
from bucketwright.facets.bucket.policy import Policy
from bucketwright.facets.bucket.public_access_block import PublicAccessBlock
from bucketwright.facets.bucket.replication import Replication
from bucketwright.facets.bucket.versioning import Versioning
from bucketwright.facets.bucket.website import Website
from bucketwright.facets.distribution.origins import Origin
from bucketwright.facets.distribution.viewer_protocol import ViewerProtocol
from bucketwright.facets.event_selectors import Selector
from bucketwright.facets.facet import BucketScope
from bucketwright.facets.kinds import DeclaredFacet, ReadFacet, wanted_of
from bucketwright.facets.role.policies import Policies
from bucketwright.facets.scopes import AccountScope, distribution_scopes, key_scopes, role_scopes
from bucketwright.posture import Estate, Fact, Posture


class BucketPosture(Posture):
    """All facts of one bucket."""

    kind: ClassVar[str] = "bucket"
    abac = Fact[bool]("do tags of the bucket decide who has access?")
    acceleration = Fact[bool]("may uploads come in through CloudFront's edge locations?")
    acl = Fact[Acl]("to whom does the bucket's access control list give what?")
    blocks_sse_c = Fact[bool]("are objects refused that are encrypted with keys only their uploader has?")
    cors = Fact[tuple[CorsRule, ...]]("pages of which other origins may ask for objects, and how?")
    encryption = Fact[Encryption]("under which keys does S3 put objects whose upload names none?")
    force_destroy = Fact[bool]("do the objects die with the bucket when a program destroys it?")
    intelligent_tiering = Fact[tuple[Tiering, ...]](
        "when do objects that nobody reads move to tiers from which they must be restored?"
    )
    inventory = Fact[tuple[Inventory, ...]]("which lists of its objects does the bucket deliver, and where?")
    lifecycle = Fact[Lifecycle](
        "when do objects, versions and unfinished uploads move or go away by themselves?"
    )
    logging = Fact[Logging | None]("where does S3 deliver the log of requests to the bucket?")
    mfa_delete = Fact[bool]("does deleting a version for good need the root user's second factor?")
    namespace = Fact[Namespace]("could anybody else ever take the bucket's name?")
    notifications = Fact[Notifications]("who is told when objects change?")
    object_lock = Fact[ObjectLock]("can objects be deleted before their time?")
    ownership = Fact[Ownership]("who owns uploaded objects, and do ACLs mean anything?")
    policy = Fact[Policy | None]("what does the bucket's own policy let whom do, and what does it refuse?")
    public_access_block = Fact[PublicAccessBlock]("which of S3's four switches against public access are on?")
    region = Fact[str]("where does the bucket live?")
    replication = Fact[Replication | None]("which new objects does S3 copy, where, and as what?")
    requester_pays = Fact[bool]("do callers pay for requests and downloads?")
    tags = Fact[Mapping[str, str]]("whose is the bucket, and which part of which contract is it?")
    versioning = Fact[Versioning]("can an overwritten or deleted object be brought back?")
    website = Fact[Website | None]("does S3 serve the bucket as a web site, over plain HTTP?")


class AccountPosture(Posture):
    """All facts of one account."""

    kind: ClassVar[str] = "account"
    public_access_block = Fact[PublicAccessBlock](
        "which of S3's four switches are on for every bucket of the account?"
    )


class RolePosture(Posture):
    """All facts of one role."""

    kind: ClassVar[str] = "role"
    boundary = Fact[str | None]("which policy does the role never reach beyond, whatever it is granted?")
    managed = Fact[frozenset[str]]("which policies that AWS writes does the role have?")
    max_session = Fact[int]("for how many seconds may somebody have the role at a time?")
    policies = Fact[Policies]("what do the role's own documents let it do, however many there are?")
    trust = Fact[Policy]("who may take the role on?")


class KeyPosture(Posture):
    """All facts of one KMS key."""

    kind: ClassVar[str] = "key"
    aliases = Fact[frozenset[str]]("under which names is the key known?")
    deletion_window = Fact[int]("for how many days can the key's deletion be taken back?")
    enabled = Fact[bool]("can the key be used?")
    policy = Fact[Policy | None]("whom does the key's own policy let use it?")
    rotation = Fact[int | None]("after how many days does KMS make new material for the key, if ever?")
    spec = Fact[str]("of which kind is the key?")


class DistributionPosture(Posture):
    """All facts of one distribution."""

    kind: ClassVar[str] = "distribution"
    certificate = Fact[str | None]("with which certificate does the distribution answer?")
    domains = Fact[frozenset[str]]("under which host names of one's own does the distribution answer?")
    enabled = Fact[bool]("does the distribution answer at all?")
    minimum_tls = Fact[str]("which security policy of CloudFront do readers' connections come under?")
    origins = Fact[frozenset[Origin]](
        "where does the distribution fetch, and how does it show there who it is?"
    )
    price_class = Fact[str]("from which of CloudFront's edges is answered?")
    signed = Fact[Mapping[str, bool]](
        "does the distribution hand out nothing without a signed link or cookie, by path?"
    )
    trusted_keys = Fact[frozenset[str]]("whose signatures does the distribution take?")
    viewer_protocol = Fact[Mapping[str, ViewerProtocol]](
        "what does the distribution do with plain HTTP, by path?"
    )


class AccessPointPosture(Posture):
    """All facts of one access point."""

    kind: ClassVar[str] = "access_point"
    bucket = Fact[str]("of which bucket is it a door?")
    network = Fact[str]("does it answer the internet, or one VPC alone?")
    policy = Fact[Policy | None]("what does the access point's own policy let whom do?")
    public_access_block = Fact[PublicAccessBlock]("which of S3's four switches are on at this door?")


class TrailPosture(Posture):
    """All facts of one trail."""

    kind: ClassVar[str] = "trail"
    logging = Fact[bool]("is the trail recording at all?")
    multi_region = Fact[bool]("does the trail record what happens in every region?")
    selectors = Fact[frozenset[Selector]]("which events does the trail record, of which buckets?")


READERS: Final[Mapping[str, tuple[type[Posture], Mapping[str, ReadFacet[object]]]]] = {
    posture.kind: (posture, facets)
    for posture, facets in (
        (AccessPointPosture, access_point.FACETS),
        (AccountPosture, account.FACETS),
        (BucketPosture, FACETS),
        (DistributionPosture, distribution.FACETS),
        (KeyPosture, key.FACETS),
        (RolePosture, role.FACETS),
        (TrailPosture, trail.FACETS),
    )
}
"""Each kind of resource, with its posture and what reads its facts."""


def intended(environment: Environment) -> Estate:
    """What the contract wants of everything it makes, and of the account it is in."""
    postures = (
        _wanted(AccountPosture, AccountScope(environment), account.FACETS),
        *(wanted_bucket(environment, bucket_id) for bucket_id in environment.buckets),
        *(_wanted(KeyPosture, scope, key.FACETS) for scope in key_scopes(environment)),
        *(_wanted(RolePosture, scope, role.FACETS) for scope in role_scopes(environment)),
        *(
            _wanted(DistributionPosture, scope, distribution.FACETS)
            for scope in distribution_scopes(environment)
        ),
    )
    return Estate("intended", {posture.address: posture for posture in postures})


def wanted_bucket(environment: Environment, bucket_id: str) -> BucketPosture:
    """What the contract intends of a bucket: every fact of it is known."""
    return _wanted(BucketPosture, BucketScope(environment, bucket_id), FACETS)


def bucket_args(environment: Environment, bucket_id: str) -> Mapping[str, object]:
    """What a component is told of a bucket: its name, and the value of each facet under the facet's name."""
    posture = wanted_bucket(environment, bucket_id)
    return {"name": posture.name, **posture.facts}


class _Scope(Protocol):
    @property
    def address(self) -> str: ...
    @property
    def name(self) -> str: ...


SomeScope = TypeVar("SomeScope", bound=_Scope)
SomePosture = TypeVar("SomePosture", bound=Posture)


def _wanted(
    posture: type[SomePosture], scope: SomeScope, facets: Mapping[str, DeclaredFacet[SomeScope, object]]
) -> SomePosture:
    return posture(scope.address, scope.name, wanted_of(scope, facets))
