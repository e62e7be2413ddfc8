"""Objects that a program itself puts into buckets are seen as S3 will note them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Final

import pytest

from bucketwright.facets.account.public_access_block import KIND as ACCOUNT_BLOCK
from bucketwright.facets.bucket.acl import CANNED, FRESH
from bucketwright.facets.bucket.public_access_block import KIND as BLOCK
from bucketwright.facets.bucket.tags import PROVIDER
from bucketwright.objects.postures import ObjectPosture
from bucketwright.posture import Unknown
from bucketwright.rules import catalogue
from policies.declared_objects import OBJECTS
from policies.judged import findings_in
from policies.planned import planned
from tests.policies.programs import LATER, Program
from tests.policies.settings import SETTINGS
from tests.policies.told import unknown

NOTHING: Final[Mapping[str, object]] = {}
OPEN: Final = dict.fromkeys(
    ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"), False
)
OBJECT: Final = "aws:s3/bucketObjectv2:BucketObjectv2"
PLANNED: Final = [
    one for one in catalogue().values() if one.kind is ObjectPosture and "planned" in one.lenses
]


def put(said: Mapping[str, object] = NOTHING, kind: str = OBJECT) -> ObjectPosture:
    """What is seen of an object in a bucket with a name, made by a provider that is known."""
    program = Program()
    maker = program.make(PROVIDER, "aws", {"region": "us-west-2"})
    program.bucket("files", {"bucket": "shop-files"})
    made = program.make(kind, "docs/a.pdf", {"bucket": "shop-files", **said})
    program.resources[-1] = replace(made, provider=maker.urn)
    [found] = planned(program.plan).every(ObjectPosture)
    return found


@pytest.mark.parametrize("kind", sorted(OBJECTS))
def test_what_is_unsaid_is_what_s3_notes(kind: str) -> None:
    """Its key is the resource's name, its type some bytes, its encryption the bucket's."""
    found = put(kind=kind)

    assert (found.address, found.name, found.bucket) == (
        "object:files/docs/a.pdf",
        "docs/a.pdf",
        "bucket:files",
    )
    assert (found.content_type, found.storage_class, found.encryption) == (
        "binary/octet-stream", "STANDARD", "AES256"
    )  # fmt: skip
    assert (found.acl, found.cache_control, dict(found.tags)) == (FRESH, None, {})
    assert found.is_latest


def test_what_is_said_is_seen() -> None:
    """Under the names of the program."""
    found = put(
        {
            "key": "b.html",
            "acl": "public-read",
            "contentType": "text/html",
            "contentEncoding": "gzip",
            "contentDisposition": "inline",
            "cacheControl": "no-store",
            "storageClass": "GLACIER",
            "serverSideEncryption": "aws:kms:dsse",
            "tags": {"a": "b"},
            "websiteRedirect": "/c",
        }
    )

    assert (found.address, found.acl) == ("object:files/b.html", CANNED["public-read"])
    assert (found.content_type, found.content_encoding) == ("text/html", "gzip")
    assert (found.content_disposition, found.cache_control) == ("inline", "no-store")
    assert (found.storage_class, found.encryption, found.website_redirect) == (
        "GLACIER",
        "aws:kms:dsse",
        "/c",
    )
    assert dict(found.tags) == {"a": "b"}


def test_a_key_of_kms_says_how() -> None:
    """Without another word it is KMS."""
    found = put({"kmsKeyId": "arn:aws:kms:us-west-2:111122223333:key/x"})

    assert found.encryption == "aws:kms"


@pytest.mark.parametrize(
    ("said", "fact"),
    [
        ({"key": LATER}, "key"),
        ({"contentType": LATER}, "content_type"),
        ({"acl": LATER}, "acl"),
        ({"acl": "unheard"}, "acl"),
        ({"serverSideEncryption": LATER}, "encryption"),
        ({"bucket": LATER}, "bucket"),
    ],
    ids=str,
)
def test_what_is_not_known_is_unknown(said: dict[str, object], fact: str) -> None:
    """And nothing else is."""
    found = put(said)

    assert unknown(found, fact)
    assert not isinstance(found.told("storage_class"), Unknown)


def test_a_bucket_is_followed_by_its_output() -> None:
    """As everywhere in the lens."""
    program = Program()
    bucket = program.bucket("files")
    program.make(OBJECT, "a", {"bucket": LATER}, {"bucket": bucket})
    [found] = planned(program.plan).every(ObjectPosture)

    assert found.bucket == "bucket:files"


def test_an_object_elsewhere_lies_there() -> None:
    """In a bucket that this plan does not make, so that its encryption is not known."""
    program = Program()
    program.make(OBJECT, "a", {"bucket": "theirs"})
    [found] = planned(program.plan).every(ObjectPosture)

    assert (found.bucket, found.address) == ("bucket:theirs", "object:theirs/a")
    assert unknown(found, "encryption") == "its bucket is not in the plan"


def test_what_is_only_taken_over_may_be_otherwise() -> None:
    """What the program says of it holds, the rest is not known."""
    program = Program()
    program.bucket("files", {"bucket": "shop-files"})
    said = {"bucket": "shop-files", "contentType": "text/plain"}
    program.make(OBJECT, "a", said, import_id="shop-files/a")
    [found] = planned(program.plan).every(ObjectPosture)

    assert found.content_type == "text/plain"
    assert "was there before" in unknown(found, "acl")


def test_two_of_one_key_are_two() -> None:
    """The last one wins in S3; here both are judged."""
    program = Program()
    program.make(OBJECT, "a", {"bucket": "theirs", "key": "x"})
    program.make(OBJECT, "b", {"bucket": "theirs", "key": "x"})

    assert len(list(planned(program.plan).every(ObjectPosture))) == 2


@pytest.mark.parametrize("rule_id", [one.id for one in PLANNED])
def test_every_rule_of_plans_finds_its_facts(rule_id: str) -> None:
    """What it reads of an object is told."""
    found = put()

    assert {one for one in catalogue()[rule_id].reads if "." not in one} <= found.facts.keys()


def test_an_object_for_everyone_is_found() -> None:
    """Where ACLs have a say and nothing blocks them; on the resource that puts it."""
    program = Program()
    bucket = program.bucket("files", {"bucket": "shop-files"})
    SETTINGS["ACLs on"].of(program, bucket, "shop-files")
    program.make(BLOCK, "block", {"bucket": "shop-files", **OPEN})
    program.make(ACCOUNT_BLOCK, "account", OPEN)
    made = program.make(OBJECT, "a", {"bucket": "shop-files", "acl": "public-read"})
    found = findings_in(program.plan, None, "dev", date(2026, 11, 1))
    [one] = [each for each in found.exempted.findings if each.rule == "object-public-acl"]

    assert (one.status, one.subject.key, one.subject.bucket) == ("fail", "a", "files")
    assert found.said_by[one.subject.address] == (made,)
