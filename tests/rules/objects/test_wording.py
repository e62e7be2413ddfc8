"""What do people read where a rule on objects is broken: what is wrong, and what would be right?"""

from typing import Final

import pytest

from bucketwright.facets.bucket.encryption import Encryption
from bucketwright.facets.bucket.object_lock import ObjectLock
from bucketwright.facets.bucket.replication import Replication
from bucketwright.facets.bucket.website import Website
from bucketwright.facets.grants import ALL_USERS, OWNER, Grant
from bucketwright.rules.example_access import OPEN, account
from bucketwright.rules.example_objects import ago, bad, bucket, says_of_bucket, says_of_docs
from bucketwright.rules.examples import Example, declares
from bucketwright.verdicts import Fails, Fault
from tests.rules.governance.examined import examined

WITH_ACLS: Final = bucket(ownership="ObjectWriter", public_access_block=OPEN)
UNDER_KMS: Final = bucket(encryption=Encryption("aws:kms", "key:example", bucket_key=True))
STRICT: Final = bucket(object_lock=ObjectLock(enabled=True, mode="COMPLIANCE", days=30))
COPIES: Final = bucket(replication=Replication("role:example/replication", ()))
WEEK: Final = says_of_docs(expire="7 days")
MEANS_KMS: Final = says_of_bucket(encryption="kms")
FOREIGN: Final = "arn:aws:kms:us-west-2:999988887777:key/" + "a" * 81
SAID: Final[dict[str, tuple[str, Example, str, list[str]]]] = {
    "many old versions": (
        "noncurrent-backlog",
        bad(is_latest=False, newer_noncurrent=1234),
        "at most 100 old versions, gone when declared",
        ["1,234 old versions of its key are newer"],
    ),
    "an old version past its time": (
        "noncurrent-backlog",
        bad(
            bucket(object_lock=ObjectLock()),
            around=says_of_docs(noncurrent={"expire": "30 days"}),
            is_latest=False,
            newer_noncurrent=0,
            noncurrent_since=ago(days=40),
        ),
        "at most 100 old versions, gone when declared",
        ["replaced 40 days ago, and versions go after 30"],
    ),
    "no data key": (
        "object-bucket-key-off",
        bad(UNDER_KMS, encryption="aws:kms", bucket_key=False),
        "the bucket's data key",
        ["it does not use the bucket's data key"],
    ),
    "some bytes": (
        "object-content-type-default",
        bad(key="docs/a.js", content_type="binary/octet-stream"),
        "text/javascript or application/javascript",
        ["its type is 'binary/octet-stream', which says nothing"],
    ),
    "another type than its name's": (
        "object-content-type-mismatch",
        bad(key="docs/a.png", content_type="text/html"),
        "image/png",
        ["its type is 'text/html', and its name stands for image/png"],
    ),
    "a type that is not allowed": (
        "object-content-type-mismatch",
        bad(around=says_of_docs(types=["image/*"]), content_type="text/html; charset=utf-8"),
        "image/*",
        ["its type is 'text/html', and the contract allows image/*"],
    ),
    "a redirect": (
        "object-external-redirect",
        bad(bucket(website=Website()), website_redirect="https://x.example/" + "a" * 103),
        "a path on the same site",
        [f"it sends readers to 'https://x.example/{'a' * 102}…'"],
    ),
    "a stranger": (
        "object-foreign-acl",
        bad(WITH_ACLS, owner=OWNER, acl=frozenset({Grant("id:abc", "READ")})),
        "grants to trusted accounts only",
        ["the ACL gives the account 'id:abc' READ"],
    ),
    "a stranger's own": (
        "object-foreign-owner",
        bad(WITH_ACLS, owner="id:abc"),
        "the bucket's owner owns it",
        ["it belongs to the account 'abc'"],
    ),
    "no plain path": (
        "object-key-hygiene",
        bad(key="/a//../b\x00\x01\x02\x03\x04\x05\x06"),
        "a key that is a plain path in composed Unicode",
        [
            "it begins with '/'",
            "it holds '//'",
            "it holds the segment '..'",
            "it holds the character U+0000, U+0001, U+0002, U+0003, U+0004 and 2 more",
        ],
    ),
    "five odd characters": (
        "object-key-hygiene",
        bad(key="\x00\x01\x02\x03\x04"),
        "a key that is a plain path in composed Unicode",
        ["it holds the character U+0000, U+0001, U+0002, U+0003, U+0004"],
    ),
    "past its time": (
        "object-lifecycle-escapee",
        bad(around=WEEK, is_latest=True, modified=ago(days=40)),
        "gone after 7 days",
        ["40 days old and still there"],
    ),
    "no checksum": (
        "object-no-checksum",
        bad(checksum_algorithms=()),
        "any checksum",
        ["S3 keeps no checksum of it"],
    ),
    "no prefix": (
        "object-outside-layout",
        bad(around=says_of_docs(), key="a"),
        "a key of a declared prefix",
        ["no declared prefix owns its key"],
    ),
    "open to everyone": (
        "object-public-acl",
        bad(WITH_ACLS, account(OPEN), acl=frozenset({Grant(ALL_USERS, "READ")})),
        "no grant to everyone",
        ["the ACL gives everyone READ"],
    ),
    "a copy that failed": (
        "object-replication-failed",
        bad(COPIES, replication_status="FAILED"),
        "a copy in the other bucket",
        ["its copy failed"],
    ),
    "a copy that does not come": (
        "object-replication-failed",
        bad(COPIES, modified=ago(hours=30), replication_status="PENDING"),
        "a copy in the other bucket",
        ["its copy has been under way for 30 hours"],
    ),
    "a restore that does not end": (
        "object-restore-stuck",
        bad(restoring=True, restoring_since=ago(days=5)),
        "restored",
        ["its restore has been under way for 5 days"],
    ),
    "no lock": (
        "object-retention-missing",
        bad(STRICT, modified=ago(days=5), lock_mode=None, retain_until=None),
        "COMPLIANCE for 30 days",
        ["it is not locked"],
    ),
    "a weaker and shorter lock": (
        "object-retention-missing",
        bad(STRICT, modified=ago(days=5), lock_mode="GOVERNANCE", retain_until=ago(days=-15)),
        "COMPLIANCE for 30 days",
        [
            "it is locked in GOVERNANCE, which privileged roles may lift",
            "it is locked for 20 days only",
        ],
    ),
    "a secret": (
        "object-secret-name",
        bad(key="docs/id_rsa"),
        "no secret in a bucket",
        ["it is called as a private key is"],
    ),
    "an uploader's key": (
        "object-sse-c",
        bad(bucket(blocks_sse_c=False), customer_key=True),
        "a key of S3 or KMS",
        ["it is encrypted with a key that only its uploader has"],
    ),
    "another class": (
        "object-storage-class",
        bad(
            around=says_of_docs(archive={"after": "90 days", "to": "glacier"}),
            is_latest=True,
            storage_class="GLACIER_IR",
        ),
        "GLACIER or STANDARD",
        ["it lies in 'GLACIER_IR'"],
    ),
    "tags": (
        "object-tags-missing",
        bad(around=says_of_docs(tags={"kind": "scan", "from": "mail"}), tags={"kind": "note"}),
        "kind=scan, from=mail",
        ["the tag kind is 'note' and not 'scan'", "the tag from=mail is missing"],
    ),
    "no encryption": (
        "object-unencrypted",
        bad(on_aws=False, modified=ago(), encryption=None, customer_key=False),
        "any encryption at all",
        ["it lies unencrypted"],
    ),
    "weaker encryption": (
        "object-weaker-encryption",
        bad(UNDER_KMS, encryption="AES256"),
        "aws:kms, as the bucket is meant",
        ["it is encrypted with AES256"],
    ),
    "no headers": (
        "object-web-headers",
        bad(
            around=says_of_docs(delivery="content-addressed"),
            key="docs/a.css.gz",
            cache_control="",
            content_type="text/css",
            content_encoding=None,
            content_disposition=None,
        ),
        "all of them",
        [
            "it has no Cache-Control",
            "it is packed under the type of what is inside, without Content-Encoding: gzip",
        ],
    ),
    "a name that is a hash": (
        "object-web-headers",
        bad(
            around=says_of_docs(delivery="content-addressed"),
            key="docs/0123",
            cache_control="no-store",
            content_type="application/zip",
            content_disposition=None,
        ),
        "all of them",
        ["readers save it under its hash, for want of Content-Disposition"],
    ),
    "a stranger's key": (
        "object-wrong-key",
        bad(UNDER_KMS, around=MEANS_KMS, encryption_key=FOREIGN + "b"),
        "key:example",
        [f"it is under the key '{FOREIGN}…'"],
    ),
    "a key where none is declared": (
        "object-wrong-key",
        bad(UNDER_KMS, around=says_of_bucket(), encryption_key="key:other"),
        "no KMS key",
        ["it is under the key 'key:other'"],
    ),
    "a marker": (
        "orphan-delete-marker",
        bad(is_latest=True, versions=0, modified=ago()),
        "no delete marker, or something under it",
        ["nothing is left under it"],
    ),
    "an upload": (
        "stale-multipart-upload",
        bad(around=declares(rules={"stale_upload": "2 days"}), initiated=ago(days=3), initiator="a", size=7),
        "finished or aborted",
        ["begun 3 days ago by 'a' and never finished; its parts hold 7 bytes"],
    ),
}
LASTING: Final[dict[str, tuple[str, Example, str]]] = {
    "many old versions": (
        "noncurrent-backlog",
        bad(is_latest=False, newer_noncurrent=1234),
        "too many old versions are newer",
    ),
    "an old version past its time": (
        *SAID["an old version past its time"][:2],
        "still there after its time as an old version",
    ),
    "past its time": (*SAID["past its time"][:2], "still there after its time"),
    "a copy": (*SAID["a copy that does not come"][:2], "its copy has been under way for too long"),
    "a restore": (*SAID["a restore that does not end"][:2], "its restore has been under way for too long"),
    "an upload": (*SAID["an upload"][:2], "begun and never finished"),
}


def _faults(rule: str, example: Example) -> tuple[Fault, ...]:
    verdict = examined(rule, example)
    assert isinstance(verdict, Fails), verdict
    return verdict.faults


@pytest.mark.parametrize(("rule", "example", "expected", "texts"), SAID.values(), ids=SAID)
def test_what_is_wrong_and_what_is_right_is_said(
    rule: str, example: Example, expected: str, texts: list[str]
) -> None:
    """Each fault names what was seen, all of them are named, and the verdict what would be right."""
    verdict = examined(rule, example)

    assert isinstance(verdict, Fails)
    assert [fault.text for fault in verdict.faults] == texts
    assert verdict.expected == expected


@pytest.mark.parametrize(("rule", "example", "form"), LASTING.values(), ids=LASTING)
def test_what_changes_from_day_to_day_keeps_its_form(rule: str, example: Example, form: str) -> None:
    """A fault that holds an age or a count is known again later."""
    assert [fault.lasting for fault in _faults(rule, example)] == [form]
