"""Each file of a setting offers what every setting offers, to the type checker and to whoever walks."""

import inspect
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest

from bucketwright.facets import bucket
from bucketwright.facets.bucket import (
    FACETS,
    abac,
    acceleration,
    acl,
    blocks_sse_c,
    cors,
    encryption,
    force_destroy,
    intelligent_tiering,
    inventory,
    lifecycle,
    logging,
    metadata_tables,
    mfa_delete,
    namespace,
    notifications,
    object_lock,
    ownership,
    policy,
    public_access_block,
    region,
    replication,
    requester_pays,
    tags,
    versioning,
    website,
)
from bucketwright.facets.bucket.cors import CorsRule
from bucketwright.facets.bucket.encryption import Encryption
from bucketwright.facets.bucket.intelligent_tiering import Tiering
from bucketwright.facets.bucket.inventory import Inventory
from bucketwright.facets.bucket.lifecycle import Lifecycle
from bucketwright.facets.bucket.logging import Logging
from bucketwright.facets.bucket.metadata_tables import Tables
from bucketwright.facets.bucket.namespace import Namespace
from bucketwright.facets.bucket.notifications import Notifications
from bucketwright.facets.bucket.object_lock import ObjectLock
from bucketwright.facets.bucket.ownership import Ownership
from bucketwright.facets.bucket.policy import Policy
from bucketwright.facets.bucket.public_access_block import PublicAccessBlock
from bucketwright.facets.bucket.replication import Replication
from bucketwright.facets.bucket.versioning import Versioning
from bucketwright.facets.bucket.website import Website
from bucketwright.facets.bucket_scope import BucketFacet
from bucketwright.facets.facet import Declared
from bucketwright.facets.grants import Acl
from tests.facets.plans import resolve

FLAGS: Final[tuple[BucketFacet[bool], ...]] = (
    abac,
    acceleration,
    blocks_sse_c,
    force_destroy,
    mfa_delete,
    requester_pays,
)
ACL: Final[BucketFacet[Acl]] = acl
CORS: Final[BucketFacet[tuple[CorsRule, ...]]] = cors
ENCRYPTION: Final[BucketFacet[Encryption]] = encryption
INVENTORY: Final[BucketFacet[tuple[Inventory, ...]]] = inventory
LIFECYCLE: Final[BucketFacet[Lifecycle]] = lifecycle
LOCK: Final[BucketFacet[ObjectLock]] = object_lock
LOGGING: Final[BucketFacet[Logging | None]] = logging
METADATA: Final[BucketFacet[Tables]] = metadata_tables
NAMESPACE: Final[BucketFacet[Namespace]] = namespace
NOTIFICATIONS: Final[BucketFacet[Notifications]] = notifications
OWNERSHIP: Final[BucketFacet[Ownership]] = ownership
POLICY: Final[BucketFacet[Policy | None]] = policy
BLOCK: Final[BucketFacet[PublicAccessBlock]] = public_access_block
REGION: Final[BucketFacet[str]] = region
REPLICATION: Final[BucketFacet[Replication | None]] = replication
TAGS: Final[BucketFacet[Mapping[str, str]]] = tags
TIERING: Final[BucketFacet[tuple[Tiering, ...]]] = intelligent_tiering
VERSIONING: Final[BucketFacet[Versioning]] = versioning
WEBSITE: Final[BucketFacet[Website | None]] = website
CHECKED: Final = (
    *FLAGS, ACL, CORS, ENCRYPTION, INVENTORY, LIFECYCLE, LOCK, LOGGING, METADATA, NAMESPACE, NOTIFICATIONS,
    OWNERSHIP, POLICY, BLOCK, REGION, REPLICATION, TAGS, TIERING, VERSIONING, WEBSITE,
)  # fmt: skip


def test_the_type_checker_has_seen_every_setting() -> None:
    """What is assigned above is all there is."""
    assert {id(facet) for facet in CHECKED} == {id(facet) for facet in FACETS.values()}
    assert len(CHECKED) == len(FACETS)


def test_every_file_is_a_setting() -> None:
    """The folder is walked: no file of it is passed over."""
    files = {path.stem for path in Path(bucket.__path__[0]).glob("*.py")} - {"__init__"}

    assert list(FACETS) == sorted(files)


@pytest.mark.parametrize("name", FACETS)
def test_a_setting_offers_what_every_setting_offers(name: str) -> None:
    """A question, a fresh value, and three translations of so many arguments."""
    facet = FACETS[name]

    assert (facet.__doc__ or "").count("?") == 1
    assert hasattr(facet, "FRESH")
    assert [
        len(inspect.signature(one).parameters) for one in (facet.wanted, facet.to_args, facet.from_plan)
    ] == [
        1,
        2,
        1,
    ]


@pytest.mark.parametrize("name", FACETS)
def test_what_is_safe_by_itself_is_declared_all_the_same(name: str) -> None:
    """A reader of the program sees encryption, ownership and the block; what else is fresh is left to AWS."""
    declared = FACETS[name].to_args(FACETS[name].FRESH, resolve)

    assert all(isinstance(one, Declared) for one in declared)
    assert bool(declared) == (name in {"blocks_sse_c", "encryption", "ownership", "public_access_block"})
