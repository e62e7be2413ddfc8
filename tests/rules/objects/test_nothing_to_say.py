"""Where does a rule on objects not apply, where does it pass, and what does it say then?"""

from typing import Final

import pytest

from bucketwright.facets.bucket.encryption import Encryption
from bucketwright.facets.bucket.object_lock import ObjectLock
from bucketwright.facets.bucket.replication import Replication
from bucketwright.rules.example_access import OPEN
from bucketwright.rules.example_objects import ago, bucket, good, says_of_bucket, says_of_docs
from bucketwright.rules.examples import Example
from bucketwright.verdicts import not_applicable, passes
from tests.rules.governance.examined import examined

ENFORCED: Final = bucket(ownership="BucketOwnerEnforced", public_access_block=OPEN)
SHARED_KEY: Final = bucket(encryption=Encryption("aws:kms", "key:example", bucket_key=True))
UNDER_KMS: Final = bucket(encryption=Encryption("aws:kms", "key:example"))
LOCKED: Final = bucket(object_lock=ObjectLock(enabled=True, mode="GOVERNANCE", days=30))
COPIES: Final = bucket(replication=Replication("role:example/replication", ()))
REPORTS: Final = says_of_bucket(purpose="reports", prefixes={"docs": {"path": "docs/"}})
LETS_THEM: Final = says_of_bucket(block_sse_c=False, unsafe={"customer-keys": "a partner keeps its keys"})
PICTURES: Final = says_of_docs(types=["image/*"])
SILENT: Final[dict[str, tuple[str, Example, str]]] = {
    "the latest version": ("noncurrent-backlog", good(is_latest=True), "it is no old version"),
    "no data key": (
        "object-bucket-key-off",
        good(UNDER_KMS, encryption="aws:kms"),
        "the bucket is not meant to have a data key of its own",
    ),
    "an algorithm without data keys": (
        "object-bucket-key-off",
        good(SHARED_KEY, encryption="aws:kms:dsse", bucket_key=False),
        "only objects under aws:kms can share a data key",
    ),
    "types that AWS chose, none": (
        "object-content-type-default",
        good(around=REPORTS, key="docs/a.json", content_type=None),
        "AWS writes here, under types of its own choice",
    ),
    "types that AWS chose, wrong": (
        "object-content-type-mismatch",
        good(around=REPORTS, key="docs/a.json", content_type="text/html"),
        "AWS writes here, under types of its own choice",
    ),
    "no type": (
        "object-content-type-mismatch",
        good(key="docs/a.png", content_type=None),
        "it says no type",
    ),
    "no website": ("object-external-redirect", good(bucket(website=None)), "the bucket serves no website"),
    "grants that mean nothing": ("object-foreign-acl", good(ENFORCED), "ACLs mean nothing in the bucket"),
    "owners that mean nothing": (
        "object-foreign-owner",
        good(ENFORCED, owner="id:abc"),
        "the bucket's owner owns all that lies in it",
    ),
    "no contract": ("object-lifecycle-escapee", good(), "the contract says nothing of the bucket"),
    "no end": (
        "object-lifecycle-escapee",
        good(around=says_of_docs()),
        "the contract lets nothing expire where it lies",
    ),
    "an old version": (
        "object-lifecycle-escapee",
        good(around=says_of_docs(expire="7 days"), is_latest=False),
        "it is an old version, whose time is counted otherwise",
    ),
    "no layout": (
        "object-outside-layout",
        good(around=says_of_bucket()),
        "the contract declares no layout of the bucket",
    ),
    "keys that AWS chose": (
        "object-outside-layout",
        good(around=REPORTS, key="elsewhere"),
        "AWS writes here, under keys of its own choice",
    ),
    "no copies": (
        "object-replication-failed",
        good(bucket(replication=None), replication_status="FAILED"),
        "the bucket copies nothing",
    ),
    "no lock": (
        "object-retention-missing",
        good(bucket(object_lock=ObjectLock(enabled=True))),
        "the bucket is not meant to lock what is put there",
    ),
    "keys of uploaders": (
        "object-sse-c",
        good(bucket(blocks_sse_c=False), around=LETS_THEM, customer_key=True),
        "the contract lets uploaders bring their own keys",
    ),
    "no contract for classes": (
        "object-storage-class",
        good(is_latest=True, storage_class="GLACIER"),
        "no contract says which classes are right",
    ),
    "no prefix for classes": (
        "object-storage-class",
        good(around=says_of_docs(), key="elsewhere", is_latest=True, storage_class="GLACIER"),
        "no declared prefix owns its key",
    ),
    "tags that AWS leaves out": (
        "object-tags-missing",
        good(around=REPORTS),
        "AWS writes here, without tags",
    ),
    "no tags": (
        "object-tags-missing",
        good(around=says_of_docs()),
        "no tags are declared where it lies",
    ),
    "no encryption": (
        "object-weaker-encryption",
        good(UNDER_KMS, encryption=None),
        "S3 did not encrypt it",
    ),
    "no cache": ("object-web-headers", good(around=says_of_docs()), "no cache delivers it"),
    "no contract for keys": (
        "object-wrong-key",
        good(UNDER_KMS, encryption_key="arn:x"),
        "no contract says which keys are right",
    ),
    "no key": (
        "object-wrong-key",
        good(UNDER_KMS, around=says_of_bucket(encryption="kms"), encryption_key=None),
        "it is under no KMS key",
    ),
    "a marker under others": (
        "orphan-delete-marker",
        good(is_latest=False),
        "something newer stands above it",
    ),
}
KEPT: Final[dict[str, tuple[str, Example, str]]] = {
    "a type that is named": (
        "object-content-type-default",
        good(key="docs/a.pdf", content_type="application/pdf"),
        "",
    ),
    "nothing wants a type": (
        "object-content-type-mismatch",
        good(key="docs/a", content_type="text/html"),
        "neither its name nor the contract wants a type",
    ),
    "the type that is allowed": (
        "object-content-type-mismatch",
        good(around=PICTURES, content_type="image/png"),
        "",
    ),
    "a time that is not over": (
        "object-lifecycle-escapee",
        good(around=says_of_docs(expire="7 days"), is_latest=True, modified=ago(days=1)),
        "",
    ),
    "a copy that was made": (
        "object-replication-failed",
        good(COPIES, replication_status="COMPLETED"),
        "",
    ),
    "a copy under way": (
        "object-replication-failed",
        good(COPIES, modified=ago(hours=1), replication_status="PENDING"),
        "its copy is under way",
    ),
    "no restore": ("object-restore-stuck", good(restoring=False), ""),
    "a restore under way": (
        "object-restore-stuck",
        good(restoring=True, restoring_since=ago(days=1)),
        "it is under way",
    ),
    "a time to be kept that is over": (
        "object-retention-missing",
        good(LOCKED, modified=ago(days=31)),
        "its time to be kept is over",
    ),
    "no secret": ("object-secret-name", good(key="docs/a.pdf"), ""),
    "an extension that is meant": (
        "object-secret-name",
        good(around=says_of_docs(extensions=[".tfstate"]), key="docs/a.tfstate"),
        "the contract names its extension on purpose",
    ),
    "the class it began in": (
        "object-storage-class",
        good(around=says_of_docs(), is_latest=True, storage_class="STANDARD"),
        "",
    ),
    "stored since S3 encrypts": (
        "object-unencrypted",
        good(on_aws=True, modified=ago(days=1)),
        "S3 encrypts whatever it has stored since 5 January 2023",
    ),
    "encrypted by another server": (
        "object-unencrypted",
        good(on_aws=False, modified=ago(days=1), encryption="AES256", customer_key=False),
        "",
    ),
    "any encryption": (
        "object-weaker-encryption",
        good(bucket(encryption=Encryption())),
        "any encryption will do",
    ),
    "the encryption that is meant": (
        "object-weaker-encryption",
        good(UNDER_KMS, encryption="aws:kms"),
        "",
    ),
    "the key that is meant": (
        "object-wrong-key",
        good(UNDER_KMS, around=says_of_bucket(encryption="kms"), encryption_key="key:example"),
        "",
    ),
    "a marker above something": ("orphan-delete-marker", good(is_latest=True, versions=1), ""),
    "a marker that lifecycle takes": (
        "orphan-delete-marker",
        good(
            around=says_of_docs(noncurrent={"expire": "30 days"}),
            is_latest=True,
            versions=0,
            modified=ago(days=31),
        ),
        "lifecycle removes it after what it hid, and may be that late",
    ),
    "an upload of today": ("stale-multipart-upload", good(initiated=ago()), ""),
}


@pytest.mark.parametrize(("rule", "example", "because"), SILENT.values(), ids=SILENT)
def test_a_rule_says_why_it_does_not_apply(rule: str, example: Example, because: str) -> None:
    """It neither passes nor fails, and names the reason."""
    assert examined(rule, example) == not_applicable(because)


@pytest.mark.parametrize(("rule", "example", "because"), KEPT.values(), ids=KEPT)
def test_a_rule_that_is_kept_passes(rule: str, example: Example, because: str) -> None:
    """Where it has something to say it does not merely not apply, and gives a reason where one helps."""
    assert examined(rule, example) == passes(because)
