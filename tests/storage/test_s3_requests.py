"""What is sent to a server, and what never is?"""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from bucketwright.s3.sessions import Access, Keys, Sessions
from bucketwright.storage import Denied, Said, Storage
from bucketwright.storage.backends.s3 import S3
from bucketwright.storage.backends.s3_requests import Asking
from bucketwright.storage.stored import At
from tests.faults.proxy import Proxy
from tests.storage.contracts import ACCOUNT, PDF, asking
from tests.storage.kept import REGION

BUCKET = "shelf-dev-files"


@pytest.fixture
def storage(proxy: Proxy) -> Storage:
    return asking(proxy.url)


def headers(proxy: Proxy, method: str) -> Mapping[str, str]:
    return next(one.headers for one in proxy.seen if one.method == method)


@pytest.mark.requirement("AP-7")
@pytest.mark.requirement("CS-5")
@pytest.mark.requirement("CS-10")
def test_what_a_write_carries(storage: Storage, proxy: Proxy) -> None:
    """Type, tags, hash and condition, signed by version 4; no ACL, and no encryption."""
    exports = storage.prefix("files/exports").at(case_id=7)
    exports.put("a b.pdf", PDF, Said(metadata={"by": "me"}))
    sent = headers(proxy, "PUT")

    assert sent["content-type"] == "application/pdf"
    assert sent["if-none-match"] == "*"
    assert sent["x-amz-tagging"] == "kind=export&bucketwright%3Aprefix=exports"
    assert sent["x-amz-meta-by"] == "me"
    assert sent["x-amz-checksum-sha256"]
    assert sent["authorization"].startswith("AWS4-HMAC-SHA256")
    assert not [name for name in sent if "acl" in name or "encryption" in name or "grant" in name]


@pytest.mark.requirement("FP-9")
def test_no_checksums_that_other_servers_refuse(storage: Storage, proxy: Proxy) -> None:
    """Only the SHA-256 that was worked out here; no trailer, and none is asked for with a read."""
    drafts = storage.prefix("files/drafts").at()
    drafts.put("a.txt", b"text")
    drafts.get("a.txt")
    put, got = headers(proxy, "PUT"), headers(proxy, "GET")

    assert {name for name in put if name.startswith("x-amz-checksum")} == {"x-amz-checksum-sha256"}
    assert "x-amz-trailer" not in put
    assert "aws-chunked" not in put.get("content-encoding", "")
    assert "x-amz-checksum-mode" not in got


def test_the_region_that_is_signed_for(storage: Storage, proxy: Proxy) -> None:
    """It is the one in which the contract has the bucket."""
    storage.prefix("files/drafts").at().put("a.txt", b"text")

    assert {request.region for request in proxy.seen} == {REGION}


def test_the_owner_that_is_asked_for(proxy: Proxy) -> None:
    """Where an account has to own the bucket every request says so, and another's bucket is denied."""
    sessions = Sessions(Access(endpoint_url=proxy.url, keys=Keys(ACCOUNT, ACCOUNT)))
    asking = Asking(sessions, {BUCKET: REGION}, ACCOUNT)
    S3(asking).check(BUCKET, "")
    assert headers(proxy, "GET")["x-amz-expected-bucket-owner"] == ACCOUNT

    with pytest.raises(Denied):
        S3(replace(asking, owner="999999999999")).head(At(BUCKET, "drafts/a.txt"))


@pytest.mark.requirement("AP-8")
def test_what_a_copy_asks(storage: Storage, proxy: Proxy) -> None:
    """The content stays on the server, but for its beginning."""
    drafts = storage.prefix("files/drafts").at()
    drafts.put("large.bin", b"\x00" * 3_000_000)
    proxy.calm()
    drafts.copy("large.bin", to=drafts, as_name="copy.bin")

    assert [request.method for request in proxy.seen][:2] == ["GET", "HEAD"]  # the second, right before it
    assert sum(request.method == "HEAD" for request in proxy.seen) == 1
    assert [request.headers["range"] for request in proxy.seen if request.method == "GET"] == [
        "bytes=0-65535"
    ]
    assert sum(len(request.body) for request in proxy.seen) < 5_000


@pytest.mark.requirement("AP-8")
def test_a_copy_of_nothing(storage: Storage, proxy: Proxy) -> None:
    """Of an empty object no bytes can be asked for, and it is copied all the same."""
    drafts = storage.prefix("files/drafts").at()
    drafts.put("empty.txt", b"")
    proxy.calm()

    assert drafts.copy("empty.txt", to=drafts, as_name="copied.txt").size == 0
    assert drafts.get("copied.txt") == b""
