"""Drifts that cannot be taken back, and drifts that fail halfway: each test has a deployment of its own."""

from collections.abc import Iterator

import pytest

from sandbox.account_trail import TRAIL
from sandbox.drifts import Live, NoRoomError, RefusedDriftError, drift_named, inject
from tests.sandbox.drifts.contracts import ACCOUNT, roomy, small
from tests.sandbox.drifts.deploying import deployed, sandbox
from tests.sandbox.drifts.facts import Reader, changed


@pytest.fixture
def live() -> Iterator[Live]:
    """A small contract that blocks its whole account, deployed for one test."""
    with sandbox() as server:
        yield deployed(server, small())


def test_a_bucket_is_deleted_with_all_that_is_in_it(live: Live) -> None:
    """Objects, versions, markers of deletions and uploads go with it; there is no way back."""
    reader, s3 = Reader(live), live.client("s3")
    before = reader.facts()
    for body in (b"one", b"two"):
        s3.put_object(Bucket="small-prod-notes", Key="notes/a", Body=body)
    s3.delete_object(Bucket="small-prod-notes", Key="notes/a")
    s3.create_multipart_upload(Bucket="small-prod-notes", Key="notes/b")
    done = inject(drift_named("bucket-deleted"), live)

    assert changed(before, reader.facts()) == {("small-prod-notes", "bucket.missing")}
    assert (done.address, done.before, done.undo) == ("bucket:notes", "a bucket with 3 versions", None)


def test_versioning_stays_once_it_was_on(live: Live) -> None:
    """It alone changes, and S3 has no way back to a bucket that never had it."""
    reader = Reader(live)
    before = reader.facts()
    done = inject(drift_named("versioning-turned-on"), live)
    after = reader.facts()

    assert changed(before, after) == {("small-prod-letters", "bucket.versioning")}
    assert after["small-prod-letters", "bucket.versioning"] == "Enabled"
    assert (done.address, done.before, done.undo) == ("bucket:letters", "never on", None)
    with pytest.raises(NoRoomError, match="already"):
        inject(drift_named("versioning-turned-on"), live)


def test_an_account_without_a_trail_cannot_lose_it(live: Live) -> None:
    """Somebody may have deleted it by other means."""
    live.client("cloudtrail").delete_trail(Name=TRAIL)

    with pytest.raises(NoRoomError, match="the account has no trail"):
        inject(drift_named("trail-stopped"), live)


def test_a_key_without_its_name_is_not_found(live: Live) -> None:
    """What the drift would change is sought by its alias."""
    other = deployed(live.server, roomy())
    inject(drift_named("key-alias-deleted"), other)

    with pytest.raises(NoRoomError, match="no key is called alias/roomy-prod-files any more"):
        inject(drift_named("key-disabled"), other)


def test_a_refused_call_is_told(live: Live) -> None:
    """Where nothing is deployed any more, or a call is wrong, what AWS says is passed on."""
    live.server.reset()

    with pytest.raises(RefusedDriftError, match=r"policy-public at bucket:notes: .*NoSuchBucket"):
        inject(drift_named("policy-public"), live)


def test_a_refused_drift_leaves_the_account_closed(live: Live) -> None:
    """What was lifted is put back however it ends."""
    live.client("s3").delete_bucket(Bucket="small-prod-notes")
    with pytest.raises(RefusedDriftError):
        inject(drift_named("policy-public"), live, "notes")

    block = live.client("s3control").get_public_access_block(AccountId=ACCOUNT)
    assert all(block["PublicAccessBlockConfiguration"].values())
