"""Drifts of a whole account or bucket, and drifts under the block of an account."""

from collections.abc import Iterator

import pytest
from botocore.exceptions import ClientError

from sandbox.drifts import Live, NoRoomError, drift_named, inject
from tests.sandbox.drifts.contracts import ACCOUNT, small
from tests.sandbox.drifts.deploying import deployed, sandbox
from tests.sandbox.drifts.drifting import drifted
from tests.sandbox.drifts.facts import ABSENT, Reader, changed


@pytest.fixture(scope="module")
def live() -> Iterator[Live]:
    """It, deployed once: each test takes back what it does."""
    with sandbox() as server:
        yield deployed(server, small())


OPEN = {
    "BlockPublicAcls": True,
    "IgnorePublicAcls": True,
    "BlockPublicPolicy": False,
    "RestrictPublicBuckets": True,
}


@pytest.mark.parametrize(
    ("name", "left"), [("account-block-deleted", ABSENT), ("account-block-weakened", OPEN)]
)
def test_the_accounts_block_changes_and_comes_back(name: str, left: object, live: Live) -> None:
    """It alone: every bucket keeps its own. What is so already does not happen again."""
    reader = Reader(live)
    before = reader.facts()
    with drifted(name, live) as done:
        after = reader.facts()
        with pytest.raises(NoRoomError, match="already"):
            inject(drift_named(name), live)

    assert changed(before, after) == {(ACCOUNT, "account.public_access_block")}
    assert after[ACCOUNT, "account.public_access_block"] == left
    assert (done.address, done.name) == (f"account:{ACCOUNT}", ACCOUNT)
    assert reader.facts() == before


@pytest.mark.parametrize("name", ["policy-public", "policy-public-behind-the-block"])
def test_the_accounts_block_is_lifted_for_a_moment_only(name: str, live: Live) -> None:
    """What the account blocks is done all the same, and the account blocks it again afterwards."""
    reader = Reader(live)
    before = reader.facts()
    with drifted(name, live):
        touched = changed(before, reader.facts())

    assert {fact for _, fact in touched} == drift_named(name).changes
    assert reader.facts() == before


@pytest.mark.parametrize(
    "name", ["acl-public", "acls-enabled-and-public", "object-public", "acls-enabled-and-object-public"]
)
def test_nobody_sees_public_acls_under_the_accounts_block(name: str, live: Live) -> None:
    """A drift that could not be seen is not made."""
    before = live.server.buckets()
    with pytest.raises(NoRoomError, match="in an account without a block; prod has nothing of the kind"):
        inject(drift_named(name), live)

    assert live.server.buckets() == before


def test_a_bucket_moves_with_every_setting(live: Live) -> None:
    """Its CORS, its rules and its tags are there as well, and again where it comes back."""
    reader = Reader(live)
    before = reader.facts()
    with drifted("bucket-in-another-region", live, "letters"):
        after = reader.facts()

    assert changed(before, after) == {("small-prod-letters", "bucket.region")}
    assert reader.facts() == before


def test_a_bucket_that_holds_something_does_not_move(live: Live) -> None:
    """Its objects would be lost."""
    named = {"Bucket": "small-prod-notes", "Key": "notes/a"}
    version = live.client("s3").put_object(**named, Body=b"one")["VersionId"]
    with pytest.raises(NoRoomError, match="small-prod-notes is not empty"):
        inject(drift_named("bucket-in-another-region"), live)

    assert live.client("s3").delete_object(**named, VersionId=version)["VersionId"] == version


def test_the_bucket_that_is_named_is_changed(live: Live) -> None:
    """Not the first one."""
    with drifted("policy-deleted", live, "letters"):
        with pytest.raises(ClientError, match="NoSuchBucketPolicy"):
            live.client("s3").get_bucket_policy(Bucket="small-prod-letters")

        assert live.client("s3").get_bucket_policy(Bucket="small-prod-notes")["Policy"]
