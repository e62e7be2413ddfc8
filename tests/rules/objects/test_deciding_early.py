"""Rules decide by what is cheap where that is enough: nothing else is asked of an object then."""

from datetime import UTC, datetime, timedelta
from typing import Final

import pytest

from bucketwright.contract.model import Environment
from bucketwright.estate import AccountPosture
from bucketwright.facets.bucket.encryption import Encryption
from bucketwright.facets.bucket.object_lock import ObjectLock
from bucketwright.facets.bucket.public_access_block import PublicAccessBlock
from bucketwright.facets.bucket.replication import Replication
from bucketwright.facets.bucket.website import Website
from bucketwright.facets.grants import OWNER, Grant
from bucketwright.objects.postures import ObjectPosture, UploadPosture
from bucketwright.posture import Posture, Unknown
from bucketwright.verdicts import Fails, NotApplicable, Passes, Undecided
from tests.rules.objects.rows import NOW, Seen, contract, row, stored

DOCS: Final = contract({"docs": {"path": "docs/"}})
LISTED: Final = {
    "is_latest": True,
    "modified": NOW - timedelta(days=30),
    "on_aws": True,
    "size": 1,
    "storage_class": "STANDARD",
}
OPEN: Final = PublicAccessBlock(
    block_acls=False, ignore_acls=False, block_policy=False, restrict_buckets=False
)


@pytest.mark.parametrize(
    ("rule_id", "bucket", "environment", "key"),
    [
        pytest.param(
            "object-public-acl",
            {"ownership": "BucketOwnerEnforced", "public_access_block": OPEN},
            None,
            "a",
            id="ACLs are off",
        ),
        pytest.param(
            "object-public-acl",
            {"ownership": "ObjectWriter", "public_access_block": PublicAccessBlock()},
            None,
            "a",
            id="public ACLs are ignored",
        ),
        pytest.param("object-foreign-acl", {"ownership": "BucketOwnerEnforced"}, None, "a", id="no ACLs"),
        pytest.param("object-foreign-owner", {"ownership": "BucketOwnerEnforced"}, None, "a", id="one owner"),
        pytest.param("object-unencrypted", {}, None, "a", id="stored since S3 encrypts everything"),
        pytest.param("object-weaker-encryption", {"encryption": Encryption()}, None, "a", id="any will do"),
        pytest.param("object-wrong-key", {"encryption": Encryption()}, None, "a", id="no keys are declared"),
        pytest.param("object-bucket-key-off", {"encryption": Encryption()}, None, "a", id="no bucket key"),
        pytest.param("object-content-type-default", {}, DOCS, "docs/a", id="no extension"),
        pytest.param("object-content-type-mismatch", {}, DOCS, "docs/a", id="nothing asks for a type"),
        pytest.param("object-web-headers", {}, DOCS, "docs/a.css", id="no cache delivers it"),
        pytest.param("object-external-redirect", {"website": None}, None, "a", id="no website"),
        pytest.param("noncurrent-backlog", {}, DOCS, "docs/a", id="the latest version"),
        pytest.param("object-retention-missing", {"object_lock": ObjectLock()}, None, "a", id="no lock"),
        pytest.param("object-replication-failed", {"replication": None}, None, "a", id="no replication"),
        pytest.param("object-tags-missing", {}, DOCS, "docs/a", id="no tags are declared"),
    ],
)
def test_a_list_decides(
    rule_id: str, bucket: dict[str, object], environment: Environment | None, key: str
) -> None:
    """What lists and the bucket tell is enough: there is no HEAD, no ACL and no tags to wait for."""
    verdict = Seen(environment, bucket).verdict(rule_id, stored(key, **LISTED))

    assert isinstance(verdict, Passes | NotApplicable)


@pytest.mark.parametrize(
    ("rule_id", "bucket", "missing"),
    [
        pytest.param(
            "object-public-acl",
            {"ownership": "ObjectWriter", "public_access_block": OPEN},
            "acl",
            id="ACLs that count",
        ),
        pytest.param("object-foreign-acl", {"ownership": "ObjectWriter"}, "acl", id="ACLs"),
        pytest.param("object-foreign-acl", {}, "ownership", id="whether ACLs are on"),
        pytest.param(
            "object-weaker-encryption", {"encryption": Encryption("aws:kms")}, "encryption", id="kind"
        ),
        pytest.param("object-sse-c", {"blocks_sse_c": True}, "customer_key", id="keys of uploaders"),
        pytest.param("object-external-redirect", {"website": Website()}, "website_redirect", id="a website"),
        pytest.param(
            "object-replication-failed",
            {"replication": Replication("role:files/replication", ())},
            "replication_status",
            id="replication",
        ),
        pytest.param(
            "object-retention-missing",
            {"object_lock": ObjectLock(enabled=True, mode="GOVERNANCE", days=90)},
            "lock_mode",
            id="a lock",
        ),
        pytest.param("object-content-type-default", {}, "content_type", id="an extension"),
    ],
)
def test_what_is_missing_is_named(rule_id: str, bucket: dict[str, object], missing: str) -> None:
    """Where more is needed, the verdict says which fact: so the scanner knows what to ask."""
    closed = AccountPosture("account:own", "", {"public_access_block": OPEN})
    seen = Seen(bucket=bucket, beside=(closed,))
    verdict = seen.verdict(rule_id, stored("a.pdf", **LISTED))

    assert isinstance(verdict, Undecided)
    assert verdict.missing == missing


def test_an_upload_is_stale_without_its_bytes() -> None:
    """What could not be read of it is left out of the sentence, and nothing else."""
    told = {"initiated": NOW - timedelta(days=8), "initiator": "arn:x", "size": 5_242_880}
    denied = {name: Unknown("ListParts was refused") for name in ("initiator", "size")}
    whole, partly = (
        Seen().verdict("stale-multipart-upload", row(UploadPosture, "a", **{**told, **other}))
        for other in ({}, denied)
    )

    assert isinstance(whole, Fails)
    assert isinstance(partly, Fails)
    assert whole.faults[0].text == (
        "begun 8 days ago by 'arn:x' and never finished; its parts hold 5,242,880 bytes"
    )
    assert partly.faults[0].text == "begun 8 days ago and never finished"
    assert whole.faults[0].lasting == partly.faults[0].lasting == "begun and never finished"


def test_an_object_under_its_uploaders_key_is_not_unencrypted() -> None:
    """HEAD tells nothing of it but that, and that is enough."""
    hidden = {name: Unknown("its uploader has the key") for name in ("encryption", "encryption_key")}
    one = stored("a", on_aws=True, modified=datetime(2020, 1, 1, tzinfo=UTC), customer_key=True, **hidden)

    assert isinstance(Seen().verdict("object-unencrypted", one), Passes)
    assert isinstance(Seen(bucket={"blocks_sse_c": True}).verdict("object-sse-c", one), Fails)


ESCAPE: Final = "\x1b]0;owned\x07\u202e"
HOSTILE: Final = Grant(f"id:{ESCAPE}", "READ")


@pytest.mark.parametrize(
    ("rule_id", "bucket", "facts"),
    [
        ("object-foreign-acl", {"ownership": "ObjectWriter"}, {"acl": frozenset({HOSTILE})}),
        ("object-foreign-owner", {"ownership": "ObjectWriter"}, {"owner": f"id:{ESCAPE}"}),
        ("object-wrong-key", {"encryption": Encryption()}, {"encryption_key": ESCAPE}),
        ("object-content-type-mismatch", {}, {"content_type": ESCAPE}),
        ("object-external-redirect", {"website": Website()}, {"website_redirect": ESCAPE}),
        ("object-storage-class", {}, {"storage_class": ESCAPE}),
        ("object-tags-missing", {}, {"tags": {"kind": ESCAPE}}),
    ],
)
def test_nothing_hostile_is_shown_as_it_is(
    rule_id: str, bucket: dict[str, object], facts: dict[str, object]
) -> None:
    """What somebody wrote into a header, a tag or a grant reaches no terminal."""
    environment = contract({"docs": {"path": "docs/", "tags": {"kind": "scan"}}})
    one: Posture = ObjectPosture(
        "object:files/a",
        "a",
        {"bucket": "bucket:files", "key": "docs/a.png", "owner": OWNER, **LISTED, **facts},
    )
    verdict = Seen(environment, bucket).verdict(rule_id, one)

    assert isinstance(verdict, Fails)
    assert all(fault.text.isprintable() for fault in verdict.faults)
