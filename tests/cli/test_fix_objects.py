"""`bucketwright fix` inside buckets: what it changes of an object, keeps, leaves and puts back."""

import json
from collections.abc import Mapping
from typing import Final
from unittest.mock import patch

import pytest
from botocore.client import BaseClient
from botocore.exceptions import ClientError

from tests.cli.fixing_shop import ACCOUNT, BYTES, RULE, Shop, everything, states

EVERYONE: Final = "http://acs.amazonaws.com/groups/global/AllUsers"
HOSTILE: Final = (
    "../up.png",
    "a/../b.png",
    "./c.png",
    "x\x1b[31my.png",
    "tab\t.png",
    "<b>&amp;\"'.png",
    "\u00e9.png",
    "e\u0301.png",
    "+%2F+.png",
    " lead and trail .png",
    "\u202egnp.png",
    "k" * 1020 + ".png",
    "a//b.png",
    "/lead.png",
    "q?x=1&y#frag.png",
    "=cmd|' /C calc'!A0.png",
    "\x7f~.png",
)
"""All but a line feed, which the sandbox takes for the end of a path."""


def test_hostile_keys_are_fixed_and_put_back(shop: Shop) -> None:
    """Each by its own name and no other; the terminal gets no escape of theirs."""
    shop.make()
    for key in HOSTILE:
        shop.put(key, Metadata={"who": "me"})

    made = shop.plan(*RULE, "--apply", "--risky")
    types = {key: shop.head(key)["ContentType"] for key in HOSTILE}
    back = shop.fix("--undo", shop.journal, "--apply")

    assert types == dict.fromkeys(HOSTILE, "image/png"), made.stderr
    assert (made.exit_code, back.exit_code) == (0, 0), made.stdout
    assert {key: shop.head(key)["ContentType"] for key in HOSTILE} == dict.fromkeys(HOSTILE, BYTES)
    assert {shop.head(key)["Metadata"]["who"] for key in HOSTILE} == {"me"}
    assert not {"\x1b", "\u202e", "\t"} & {*made.stdout, *back.stdout}
    assert len(shop.s3.list_objects_v2(Bucket=shop.name)["Contents"]) == len(HOSTILE)


def test_a_copy_keeps_all_else(shop: Shop) -> None:
    """Metadata, headers, tags, class, redirect, key, checksum, and the ACL where ACLs mean something."""
    shop.make(ObjectOwnership="ObjectWriter")
    shop.s3.delete_public_access_block(Bucket=shop.name)
    everything(shop, ACL="public-read")
    before = shop.all_of()

    found = shop.apply(*RULE)

    assert states(found) == ["made"], found
    assert shop.all_of() == {**before, "ContentType": "image/png"}
    assert EVERYONE in str(before["grants"])


def test_a_copy_in_parts_keeps_all_else(shop: Shop) -> None:
    """The same of an object that is too large for one call; its ETag alone is another.

    (moto forgets the bucket key of an upload in parts, which a fix tells of: here the object has none.)
    """
    shop.make(ObjectOwnership="ObjectWriter")
    shop.s3.delete_public_access_block(Bucket=shop.name)
    everything(
        shop, ACL="public-read", Body=b"y" * (11 * 2**20), ChecksumAlgorithm="CRC32", BucketKeyEnabled=False
    )
    before, size = shop.all_of(), 5 * 2**20
    with (
        patch("audits.fixing_losses.LARGEST_COPY", size),
        patch("audits.fixing_seeing.LARGEST_COPY", size),
        patch("audits.fixing_parts._PART", size),
    ):
        planned = shop.plan(*RULE)
        found = shop.apply(*RULE)

    assert states(found) == ["made"], found
    assert "it is copied in 3 parts" in planned.stdout
    after = shop.all_of()
    kept = {name: value for name, value in before.items() if name not in {"ETag", "ContentType"}}
    assert {name: after[name] for name in kept} == kept
    assert after["ContentType"] == "image/png"
    stored = shop.s3.get_object(Bucket=shop.name, Key="a.png")["Body"]
    assert isinstance(stored.read(), bytes)
    assert "Uploads" not in shop.s3.list_multipart_uploads(Bucket=shop.name)


def test_each_change_names_the_bucket_s_owner(shop: Shop) -> None:
    """A bucket of the same name that is another account's by now is not touched."""
    shop.make()
    shop.put()
    made: list[Mapping[str, object]] = []
    send = BaseClient._make_api_call

    def noting(client: BaseClient, operation: str, params: Mapping[str, object]) -> object:
        made.extend([params] if operation == "CopyObject" else [])
        return send(client, operation, params)

    with patch.object(BaseClient, "_make_api_call", noting):
        shop.apply(*RULE)

    assert [one.get("ExpectedBucketOwner") for one in made] == [ACCOUNT]


def test_all_that_is_wrong_is_mended_by_one_copy(shop: Shop) -> None:
    """No second copy takes back what the first one set; the version before stays."""
    shop.make()
    shop.s3.put_bucket_versioning(Bucket=shop.name, VersioningConfiguration={"Status": "Enabled"})
    shop.s3.put_bucket_website(
        Bucket=shop.name, WebsiteConfiguration={"IndexDocument": {"Suffix": "index.html"}}
    )
    shop.put(WebsiteRedirectLocation="https://example.net/away")
    found = shop.apply("--rule", "object-content-type-default", "--rule", "object-external-redirect")

    assert [one["fact"] for one in found["steps"]] == ["content_type, website_redirect"]
    assert "stays, as a noncurrent one" in found["steps"][0]["beside"]
    assert (shop.head()["ContentType"], "WebsiteRedirectLocation" in shop.head()) == ("image/png", False)
    assert len(shop.s3.list_object_versions(Bucket=shop.name)["Versions"]) == 2


def test_a_lock_of_its_own_is_kept(shop: Shop) -> None:
    """Retention in governance mode and a legal hold are the copy's, too."""
    shop.make(ObjectLockEnabledForBucket=True)
    lock = {"ObjectLockMode": "GOVERNANCE", "ObjectLockRetainUntilDate": "2031-01-01T00:00:00Z"}
    shop.put(ObjectLockLegalHoldStatus="ON", **lock)
    before = shop.all_of()

    assert states(shop.apply(*RULE)) == ["made"]
    assert shop.all_of() == {**before, "ContentType": "image/png"}


@pytest.mark.parametrize(
    ("bucket", "told", "says"),
    [
        ({}, {"StorageClass": "GLACIER"}, "lies in GLACIER: restore it first"),
        (
            {"ObjectLockEnabledForBucket": True},
            {"ObjectLockMode": "COMPLIANCE", "ObjectLockRetainUntilDate": "2031-01-01T00:00:00Z"},
            "locked in compliance mode until 2031",
        ),
    ],
    ids=["archived", "locked for compliance"],
)
def test_what_a_copy_would_lose_is_left(
    bucket: Mapping[str, object], told: Mapping[str, str], says: str, shop: Shop
) -> None:
    """With the reason; nothing is sent."""
    shop.make(**bucket)
    shop.put(**told)

    found = shop.apply(*RULE)

    assert (found["steps"], [says in one["why"] for one in found["left"]]) == ([], [True]), found
    assert shop.head()["ContentType"] == BYTES


def test_a_version_that_a_copy_would_replace_is_not_lost(shop: Shop) -> None:
    """While versioning is suspended a copy takes the place of what was put before it was enabled."""
    shop.make()
    shop.put(Body=b"before")
    shop.s3.put_bucket_versioning(Bucket=shop.name, VersioningConfiguration={"Status": "Enabled"})
    shop.put(Body=b"after")
    shop.s3.put_bucket_versioning(Bucket=shop.name, VersioningConfiguration={"Status": "Suspended"})

    found = shop.apply(*RULE)

    assert any("versioning is suspended" in one["why"] for one in found["left"]), found
    assert len(shop.s3.list_object_versions(Bucket=shop.name)["Versions"]) == 2


def test_an_object_that_only_its_uploader_can_read_is_left(shop: Shop) -> None:
    """Under a key of the customer's own nothing of it is known, and nothing is tried."""
    shop.make()
    shop.s3.put_bucket_encryption(
        Bucket=shop.name,
        ServerSideEncryptionConfiguration={
            "Rules": [
                {
                    "ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"},
                    "BlockedEncryptionTypes": {"EncryptionType": ["NONE"]},
                }
            ]
        },
    )
    try:
        shop.put(SSECustomerAlgorithm="AES256", SSECustomerKey="k" * 32)
    except ClientError as error:
        pytest.fail(str(error))

    found = shop.apply(*RULE)

    assert (found["steps"], found["left"]) == ([], [])


@pytest.mark.requirement("FP-7")
def test_uploads_are_aborted(shop: Shop) -> None:
    """Nothing brings them back, which is said before."""
    shop.make()
    shop.s3.create_multipart_upload(Bucket=shop.name, Key="a/../b c+%2F.bin")

    planned = shop.fix(
        "--bucket", shop.name, "--rule", "stale-multipart-upload", BUCKETWRIGHT_TODAY="2031-01-01"
    )
    found = shop.apply("--rule", "stale-multipart-upload", BUCKETWRIGHT_TODAY="2031-01-01")
    back = shop.fix("--undo", shop.journal, "--apply")

    assert "undo  not possible: an upload that was aborted cannot be taken up again" in planned.stdout
    assert states(found) == ["made"], found
    assert "Uploads" not in shop.s3.list_multipart_uploads(Bucket=shop.name)
    assert (back.exit_code, "nothing to put back" in back.stdout) == (0, True)


@patch("cli.fix_shown.MOST", 3)
def test_many_are_cut_short_on_a_terminal_and_whole_in_json(shop: Shop) -> None:
    """The first in full, the rest counted by what changes."""
    shop.make()
    for number in range(5):
        shop.put(f"{number}.png")

    data = json.loads(shop.plan(*RULE, "--format", "json").stdout)
    made = shop.plan(*RULE, "--apply", "--risky").stdout

    assert len(data["steps"]) == 5
    assert "3. object:" in made
    assert "4. object:" not in made
    assert "and 2 changes more of content type" in made
    assert made.count("made  object:") == 3
    assert "inside buckets: 5 made" in made
    assert "judged again: 5 findings before, 0 now" in made


def test_without_apply_nothing_is_touched(shop: Shop) -> None:
    """Nothing is changed, and nothing written, until it is wanted."""
    shop.make()
    shop.put()
    before = shop.all_of()

    result = shop.plan(*RULE)

    assert (result.exit_code, shop.all_of(), shop.runs.exists()) == (1, before, False)
    assert "1 change may break something, and needs --risky" in result.stdout
