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


def test_the_accounts_block_goes_and_comes_back(live: Live) -> None:
    """It alone changes: every bucket keeps its own."""
    reader = Reader(live)
    before = reader.facts()
    with drifted("account-block-removed", live) as done:
        after = reader.facts()

    assert changed(before, after) == {(ACCOUNT, "account.public_access_block")}
    assert after[ACCOUNT, "account.public_access_block"] == ABSENT
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


@pytest.mark.parametrize("name", ["acl-public", "acls-enabled-and-public", "object-public"])
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
    with drifted("bucket-elsewhere", live, "letters"):
        after = reader.facts()

    assert changed(before, after) == {("small-prod-letters", "bucket.region")}
    assert reader.facts() == before


def test_a_bucket_that_holds_something_does_not_move(live: Live) -> None:
    """Its objects would be lost."""
    named = {"Bucket": "small-prod-notes", "Key": "notes/a"}
    version = live.client("s3").put_object(**named, Body=b"one")["VersionId"]
    with pytest.raises(NoRoomError, match="small-prod-notes is not empty"):
        inject(drift_named("bucket-elsewhere"), live)

    assert live.client("s3").delete_object(**named, VersionId=version)["VersionId"] == version


@pytest.mark.parametrize(
    "name",
    [
        "policy-deleted",
        "plain-http-allowed",
        "lifecycle-deleted",
        "tags-deleted",
        "versioning-suspended",
        "acls-enabled",
        "website-on",
        "requester-pays-on",
        "bucket-elsewhere",
    ],
)
def test_what_is_so_already_does_not_happen_again(name: str, live: Live) -> None:
    """The second time there is nothing left to be changed, which is said; the way back is the first one's."""
    reader = Reader(live)
    before = reader.facts()
    with drifted(name, live), pytest.raises(NoRoomError, match="already"):
        inject(drift_named(name), live)

    assert reader.facts() == before


def test_the_bucket_that_is_named_is_changed(live: Live) -> None:
    """Not the first one."""
    with drifted("policy-deleted", live, "letters"):
        with pytest.raises(ClientError, match="NoSuchBucketPolicy"):
            live.client("s3").get_bucket_policy(Bucket="small-prod-letters")

        assert live.client("s3").get_bucket_policy(Bucket="small-prod-notes")["Policy"]
