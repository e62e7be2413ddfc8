"""Drifts that cannot be taken back, and drifts that fail halfway: each test has a deployment of its own."""

from collections.abc import Iterator

import pytest

from sandbox.drifts import Live, RefusedDriftError, drift_named, inject
from tests.sandbox.drifts.contracts import ACCOUNT, small
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
