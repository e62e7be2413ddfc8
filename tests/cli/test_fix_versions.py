"""`bucketwright fix` of older versions, of keys of KMS and of ACLs: in place where that can be."""

from pathlib import Path
from typing import Final

import pytest

from sandbox.server import Server
from tests.cli.fixing_shop import RULE, Shop, states

CLOSED: Final = ("--rule", "object-public-acl")
BUCKET_KEY: Final = ("--rule", "object-bucket-key-off")


@pytest.fixture
def shop(server: Server, tmp_path: Path) -> Shop:
    """A bucket in which ACLs mean something, and which keeps versions."""
    made = Shop(server, tmp_path).make(ObjectOwnership="ObjectWriter")
    made.s3.delete_public_access_block(Bucket=made.name)
    made.s3.put_bucket_versioning(Bucket=made.name, VersioningConfiguration={"Status": "Enabled"})
    return made


def _versions(shop: Shop) -> list[str]:
    """Their ids, the current one first."""
    found = shop.s3.list_object_versions(Bucket=shop.name).get("Versions", [])
    return [one["VersionId"] for one in sorted(found, key=lambda one: not one["IsLatest"])]


def test_an_older_version_s_acl_is_closed_in_place(shop: Shop) -> None:
    """No version more, none deleted; and it is opened again where somebody wants that."""
    shop.put(ACL="public-read")
    shop.put()
    _, old = before = _versions(shop)

    def grants() -> int:
        return len(shop.s3.get_object_acl(Bucket=shop.name, Key="a.png", VersionId=old)["Grants"])

    found = shop.apply(*CLOSED)
    closed = grants()
    back = shop.fix("--undo", shop.journal, "--apply")

    assert (states(found), closed) == (["made"], 1), found
    assert (back.exit_code, grants(), _versions(shop)) == (0, 2, before), back.output


def test_an_older_version_that_only_a_copy_could_mend_is_left(shop: Shop) -> None:
    """Unless it may be deleted, for good."""
    shop.put()
    shop.put(ContentType="image/png")

    left = shop.apply(*RULE)
    gone = shop.apply(*RULE, "--delete-old-versions")

    assert ["--delete-old-versions deletes it" in one["why"] for one in left["left"]] == [True]
    assert (states(gone), len(_versions(shop)), shop.head()["ContentType"]) == (["made"], 1, "image/png")
    assert "a version that is gone is gone" in gone["steps"][0]["irrevocable"]


def test_what_a_copy_takes_the_place_of_goes_in_the_same_run(shop: Shop) -> None:
    """Where older versions that break a rule are to be deleted; after it nothing is left to do."""
    shop.put("..//a.png")
    rules = (*RULE, "--rule", "object-key-hygiene")

    found = shop.apply(*rules, "--delete-old-versions")

    [step] = found["steps"]
    assert [one["operation"] for one in step["calls"]] == ["CopyObject", "DeleteObject"]
    assert step["beside"] == "the version that it takes the place of is deleted then, for good"
    assert (states(found), len(_versions(shop))) == (["made"], 1)
    assert [one["rule"] for one in found["still"]] == ["object-key-hygiene"]


def test_what_a_copy_takes_the_place_of_stays_otherwise(shop: Shop) -> None:
    """That it breaks the rule, too, is told before; a rule about the key alone counts it once."""
    shop.put("..//a.png")
    rules = (*RULE, "--rule", "object-key-hygiene")

    found = shop.apply(*rules)

    [step] = found["steps"]
    assert "--delete-old-versions deletes it" in step["beside"]
    assert (states(found), len(_versions(shop))) == (["made"], 2)
    assert sorted(one["rule"] for one in found["still"]) == [
        "object-content-type-default",
        "object-key-hygiene",
    ]


def test_a_bucket_key_is_turned_on_without_a_copy(shop: Shop) -> None:
    """Of older versions, too: neither age nor version is another, and it can be put back."""
    arn = shop.clients.client("kms").create_key()["KeyMetadata"]["Arn"]
    default = {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": arn}
    rule = {"ApplyServerSideEncryptionByDefault": default, "BucketKeyEnabled": True}
    shop.s3.put_bucket_encryption(Bucket=shop.name, ServerSideEncryptionConfiguration={"Rules": [rule]})
    told = {"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": arn, "BucketKeyEnabled": False}
    shop.put(**told)
    shop.put(**told)
    versions = _versions(shop)
    ages = [shop.head(VersionId=one)["LastModified"] for one in versions]

    def keys() -> list[bool]:
        return [bool(shop.head(VersionId=one).get("BucketKeyEnabled")) for one in versions]

    found = shop.apply(*BUCKET_KEY)
    on = keys()
    back = shop.fix("--undo", shop.journal, "--apply")

    assert (states(found), on) == (["made", "made"], [True, True]), found
    assert {call["operation"] for one in found["done"] for call in one["calls"]} == {"UpdateObjectEncryption"}
    assert (back.exit_code, keys(), _versions(shop)) == (0, [False, False], versions), back.output
    assert [shop.head(VersionId=one)["LastModified"] for one in versions] == ages


def test_a_grant_that_goes_and_a_type_that_comes_are_one_copy(shop: Shop) -> None:
    """With the new ACL from its first moment."""
    shop.put(ACL="public-read")

    found = shop.apply(*RULE, *CLOSED)

    [done] = found["done"]
    assert (done["fact"], [one["operation"] for one in done["calls"]]) == (
        "acl, content_type",
        ["CopyObject"],
    )
    assert shop.head()["ContentType"] == "image/png"
    assert len(shop.s3.get_object_acl(Bucket=shop.name, Key="a.png")["Grants"]) == 1


def test_what_somebody_changed_since_is_not_put_back(shop: Shop) -> None:
    """It is theirs now; the run says so, and ends with 3."""
    shop.put()
    shop.apply(*RULE)
    shop.put(ContentType="text/css", Body=b"theirs")

    back = shop.fix("--undo", shop.journal, "--apply")

    assert (back.exit_code, "somebody changed it" in back.stdout) == (3, True), back.output
    assert shop.head()["ContentType"] == "text/css"
