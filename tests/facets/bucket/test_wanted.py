"""Every word a contract has for a setting means a word of S3's; and what AWS gives a new bucket is known."""

import pytest

from bucketwright.contract.model import Environment
from bucketwright.facets.bucket import FACETS
from bucketwright.facets.bucket.cors import CorsRule
from bucketwright.facets.bucket.encryption import Encryption
from bucketwright.facets.bucket.inventory import Inventory
from bucketwright.facets.bucket.lifecycle import Lifecycle
from bucketwright.facets.bucket.logging import Logging
from bucketwright.facets.bucket.notifications import Notifications
from bucketwright.facets.bucket.object_lock import ObjectLock
from bucketwright.facets.bucket.public_access_block import PublicAccessBlock
from bucketwright.facets.grants import LOG_DELIVERY, OWNER, Grant
from bucketwright.intended import wanted_bucket

KEY = "arn:aws:kms:us-west-2:444455556666:key/1"
OWN = frozenset({Grant(OWNER, "FULL_CONTROL")})


def wanted(name: str, **stated: object) -> object:
    """What an environment wants of one setting of a bucket called files, in which this is stated."""
    buckets = {"files": stated, "logs": {"purpose": "access-logs"}}
    environment = {
        "project": "shop",
        "name": "dev",
        "account": "111122223333",
        "tags": {"team": "a", "who": "b"},
    }
    return wanted_bucket(Environment.model_validate({**environment, "buckets": buckets}), "files").told(name)


@pytest.mark.parametrize(
    ("name", "stated", "value"),
    [
        ("abac", {"abac": True}, True),
        ("acceleration", {"acceleration": True}, True),
        ("acl", {}, OWN),
        ("acl", {"ownership": "preferred", "acl": "private"}, OWN),
        (
            "acl",
            {"ownership": "writer", "acl": "log-delivery-write"},
            OWN | {Grant(LOG_DELIVERY, "WRITE"), Grant(LOG_DELIVERY, "READ_ACP")},
        ),
        ("blocks_sse_c", {}, True),
        ("blocks_sse_c", {"block_sse_c": False}, False),
        (
            "cors",
            {
                "cors": {
                    "origins": ["https://b.example", "https://a.example"],
                    "methods": "GET",
                    "max_age": "90 seconds",
                }
            },
            (
                CorsRule(
                    ("https://a.example", "https://b.example"), ("GET",), ("content-type",), ("ETag",), 90
                ),
            ),
        ),
        ("encryption", {"encryption": "s3"}, Encryption("AES256")),
        ("encryption", {"encryption": "kms"}, Encryption("aws:kms", "key:files", bucket_key=True)),
        (
            "encryption",
            {"encryption": {"type": "kms", "key": KEY, "bucket_key": False}},
            Encryption("aws:kms", KEY),
        ),
        ("encryption", {"encryption": "dsse"}, Encryption("aws:kms:dsse", "key:files")),
        ("force_destroy", {"destroy_objects": True}, True),
        (
            "inventory",
            {
                "inventory": {
                    "to": "logs",
                    "schedule": "daily",
                    "format": "orc",
                    "versions": "all",
                    "fields": ["Size"],
                }
            },
            (
                Inventory(
                    name="objects",
                    target="bucket:logs",
                    account="111122223333",
                    frequency="Daily",
                    format="ORC",
                    versions="All",
                    fields=frozenset({"Size"}),
                ),
            ),
        ),
        ("logging", {"access_logs": "logs"}, Logging("bucket:logs", "files/", "EventTime")),
        ("logging", {"access_logs": {"to": "logs", "keys": "simple"}}, Logging("bucket:logs", "files/")),
        (
            "logging",
            {"access_logs": {"to": "logs", "keys": "by-delivery-time", "prefix": "a/"}},
            Logging("bucket:logs", "a/", "DeliveryTime"),
        ),
        ("mfa_delete", {"mfa_delete": True}, True),
        ("lifecycle", {"mfa_delete": True}, Lifecycle()),
        ("namespace", {"namespace": "account-regional"}, "account-regional"),
        ("object_lock", {"object_lock": {}}, ObjectLock(enabled=True)),
        (
            "object_lock",
            {"object_lock": {"mode": "compliance", "retain": "2 years"}},
            ObjectLock(True, "COMPLIANCE", 730),
        ),
        ("ownership", {}, "BucketOwnerEnforced"),
        ("ownership", {"ownership": "preferred"}, "BucketOwnerPreferred"),
        ("ownership", {"ownership": "writer"}, "ObjectWriter"),
        (
            "public_access_block",
            {"public_access_block": {"block_acls": False, "restrict_buckets": False}},
            PublicAccessBlock(block_acls=False, restrict_buckets=False),
        ),
        (
            "public_access_block",
            {"public_access_block": {"ignore_acls": False, "block_policy": False}},
            PublicAccessBlock(ignore_acls=False, block_policy=False),
        ),
        ("region", {}, "us-west-2"),
        ("region", {"region": "eu-west-1"}, "eu-west-1"),
        ("requester_pays", {"requester_pays": True}, True),
        (
            "tags",
            {"tags": {"who": "files"}},
            {
                "team": "a",
                "who": "files",
                "bucketwright:address": "bucket:files",
                "bucketwright:project": "shop",
                "bucketwright:environment": "dev",
            },
        ),
        ("versioning", {}, "Disabled"),
        ("versioning", {"versioning": "suspended"}, "Suspended"),
        ("versioning", {"versioning": "enabled"}, "Enabled"),
        ("website", {}, None),
    ],
)
def test_what_a_contract_wants(name: str, stated: dict[str, object], value: object) -> None:
    """Each word means one value, and what is not stated is safe."""
    assert wanted(name, **stated) == value


NEW: dict[str, object] = {
    "abac": False,
    "acceleration": False,
    "acl": OWN,
    "blocks_sse_c": True,
    "cors": (),
    "encryption": Encryption("AES256"),
    "force_destroy": False,
    "intelligent_tiering": (),
    "inventory": (),
    "lifecycle": Lifecycle((), "all_storage_classes_128K"),
    "logging": None,
    "metadata_tables": "none",
    "mfa_delete": False,
    "namespace": "global",
    "notifications": Notifications(eventbridge=False, targets=()),
    "object_lock": ObjectLock(enabled=False),
    "ownership": "BucketOwnerEnforced",
    "policy": None,
    "public_access_block": PublicAccessBlock(True, True, True, True),
    "region": "",
    "replication": None,
    "requester_pays": False,
    "tags": {},
    "versioning": "Disabled",
    "website": None,
}


@pytest.mark.parametrize("name", FACETS)
def test_what_aws_gives_a_new_bucket(name: str) -> None:
    """Encrypted by S3, closed to the public and to keys of customers, without ACLs, and otherwise empty."""
    fresh = FACETS[name].FRESH

    assert fresh == NEW[name]
