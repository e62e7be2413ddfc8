"""Any value of a setting, declared by a program, comes back from its plan; also what no contract says."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucketwright.contract.lifecycle.rules import (
    Abort,
    Expiration,
    Filter,
    NoncurrentExpiration,
    NoncurrentTransition,
    Predicates,
    Rule,
    Transition,
)
from bucketwright.facets.bucket import FACETS
from bucketwright.facets.bucket.acl import CANNED
from bucketwright.facets.bucket.cors import CorsRule
from bucketwright.facets.bucket.encryption import Encryption
from bucketwright.facets.bucket.intelligent_tiering import Tiering
from bucketwright.facets.bucket.inventory import Inventory
from bucketwright.facets.bucket.lifecycle import Lifecycle
from bucketwright.facets.bucket.logging import Logging
from bucketwright.facets.bucket.notifications import Notifications, Target
from bucketwright.facets.bucket.object_lock import ObjectLock
from bucketwright.facets.bucket.public_access_block import PublicAccessBlock
from bucketwright.facets.bucket.replication import Replication
from bucketwright.facets.filters import tags_of
from bucketwright.facets.lifecycle_rules import normal
from bucketwright.facets.replication_rules import ReplicationRule
from bucketwright.posture import Unset
from tests.facets.plans import declared_plan, resolve

switches = st.booleans()
counts = st.integers(1, 4000)
words = st.text("abc-", min_size=1, max_size=4)
buckets = st.sampled_from(["bucket:logs", "bucket:copies"])
keys = st.sampled_from(["key:logs", "arn:aws:kms:us-west-2:444455556666:key/1"])
roles = st.sampled_from(["role:files/replication", "arn:aws:iam::444455556666:role/copies"])
arns = st.sampled_from([f"arn:aws:sqs:us-west-2:111122223333:{name}" for name in "abc"])
texts = st.lists(words, unique=True, min_size=1, max_size=3).map(lambda some: tuple(sorted(some)))
tagged = st.dictionaries(words, words, max_size=2).map(tags_of)
dates = st.integers(0, 4000).map(lambda days: datetime(2027, 1, 1, tzinfo=UTC) + timedelta(days))
flat = st.builds(Predicates, st.none() | words, tagged)
chosen = st.builds(Predicates, st.none() | words, tagged, st.none() | counts, st.none() | counts)
moves = st.builds(Transition, words, counts) | st.builds(Transition, words, st.none(), dates)
expirations = (
    st.builds(Expiration, counts)
    | st.builds(Expiration, st.none(), dates)
    | st.just(Expiration(expired_marker=True))
)
rules = st.builds(
    Rule,
    number=st.just(0),
    id=words,
    status=st.sampled_from(["Enabled", "Disabled"]),
    filter=chosen.map(lambda one: Filter(Predicates(), one)),
    transitions=st.lists(moves, max_size=2).map(tuple),
    noncurrent_transitions=st.lists(st.builds(NoncurrentTransition, words, counts, counts), max_size=2).map(
        tuple
    ),
    expiration=st.none() | expirations,
    noncurrent_expiration=st.none() | st.builds(NoncurrentExpiration, counts, st.none() | counts),
    abort=st.none() | st.builds(Abort, counts),
)
sizes = st.sampled_from(["all_storage_classes_128K", "varies_by_storage_class"])
copies = st.builds(
    ReplicationRule,
    id=words,
    priority=counts,
    target=buckets,
    filter=chosen.map(lambda one: Predicates(one.prefix, one.tags)),
    account=st.none() | st.just("444455556666"),
    owned_there=switches,
    storage_class=st.none() | words,
    key=st.none() | keys,
    kms_objects=switches,
    delete_markers=switches,
    replica_changes=switches,
    time_control=switches,
    metrics=switches,
    enabled=switches,
)


def in_order(several: list[ReplicationRule]) -> tuple[ReplicationRule, ...]:
    return tuple(sorted(several, key=lambda rule: (-(rule.priority or 0), rule.id or "")))


VALUES = {
    "abac": switches,
    "acceleration": switches,
    "acl": st.sampled_from(list(CANNED.values())),
    "blocks_sse_c": switches,
    "cors": st.lists(st.builds(CorsRule, texts, texts, texts, texts, st.none() | counts), max_size=3).map(
        tuple
    ),
    "encryption": st.just(Encryption())
    | st.builds(Encryption, st.just("aws:kms"), st.none() | keys, switches)
    | st.builds(Encryption, st.just("aws:kms:dsse"), st.none() | keys),
    "force_destroy": switches,
    "intelligent_tiering": st.lists(
        st.builds(Tiering, words, flat, st.none() | counts, st.none() | counts, switches),
        unique_by=lambda one: one.name,
        max_size=3,
    ).map(lambda some: tuple(sorted(some, key=lambda one: one.name))),
    "inventory": st.lists(
        st.builds(
            Inventory,
            name=words,
            target=buckets,
            account=st.none() | words,
            prefix=st.just("") | words,
            frequency=st.sampled_from(["Daily", "Weekly"]),
            format=st.sampled_from(["Parquet", "ORC", "CSV"]),
            versions=st.sampled_from(["All", "Current"]),
            fields=st.frozensets(words),
            key=st.none() | st.just("SSE-S3") | keys,
            only=st.just("") | words,
            enabled=switches,
        ),
        unique_by=lambda one: one.name,
        max_size=3,
    ).map(lambda some: tuple(sorted(some, key=lambda one: one.name))),
    "lifecycle": st.builds(Lifecycle, st.lists(rules, min_size=1, max_size=3).map(normal), sizes),
    "logging": st.none()
    | st.builds(Logging, buckets, words, st.sampled_from(["EventTime", "DeliveryTime", "Simple"])),
    "metadata_tables": st.sampled_from(["none", "journal", "journal and inventory"]),
    "namespace": st.sampled_from(["global", "account-regional"]),
    "notifications": st.builds(
        Notifications,
        switches,
        st.lists(
            st.builds(Target, st.sampled_from(["queue", "topic", "function"]), arns, texts, words, words),
            max_size=4,
        ).map(lambda some: tuple(sorted(some))),
    ),
    "object_lock": st.builds(ObjectLock, switches)
    | st.builds(ObjectLock, st.just(True), st.sampled_from(["GOVERNANCE", "COMPLIANCE"]), counts)
    | st.builds(ObjectLock, st.just(True), st.sampled_from(["GOVERNANCE", "COMPLIANCE"]), st.none(), counts),
    "ownership": st.sampled_from(["BucketOwnerEnforced", "BucketOwnerPreferred", "ObjectWriter"]),
    "public_access_block": st.builds(PublicAccessBlock, switches, switches, switches, switches),
    "region": words,
    "replication": st.none()
    | st.builds(Replication, roles, st.lists(copies, min_size=1, max_size=3).map(in_order)),
    "requester_pays": switches,
    "tags": st.dictionaries(words, words, max_size=3),
    "versioning": st.sampled_from(["Enabled", "Suspended", "Disabled"]),
}


@pytest.mark.parametrize("name", VALUES)
def test_a_value_comes_back(name: str) -> None:
    """What a program declares is what its plan says; what it leaves unsaid is fresh."""
    facet = FACETS[name]

    @settings(max_examples=60, deadline=None)
    @given(VALUES[name])
    def law(value: object) -> None:
        said = facet.from_plan(declared_plan(facet.to_args(value, resolve)))

        assert said == value or (isinstance(said, Unset) and value == facet.FRESH)

    law()


def test_all_but_three_settings_are_tried() -> None:
    """A policy's own test tries documents; no website is ever declared, and MFA delete by no program."""
    assert set(FACETS) - set(VALUES) == {"mfa_delete", "policy", "website"}
