"""What may somebody outside write? As the contract says: key, type, size, mode, tags, and nothing else."""

import re
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256
from uuid import UUID

import pytest

from bucketwright.contract.keys.variable_types import Value
from bucketwright.storage import Misconfigured, Refused, Said
from bucketwright.storage.place import Place
from bucketwright.storage.signing.link import Link
from tests.storage.contracts import place as in_memory
from tests.storage.signing.signed import (
    ORIGIN,
    place,
    query,
    storage,
)

SHA = sha256(b"text").hexdigest()


UUIDS = r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}"


def documents() -> Place:
    return place("files/documents", case_id=7)


@pytest.mark.requirement("FP-3")
def test_a_put_is_bound_to_its_headers() -> None:
    """Type, exact size, condition, tags and metadata are signed, and handed out with it."""
    uploads = storage().prefix("files/uploads").fresh()
    said = Said(file_name='Brief "é".pdf', metadata={"by": "intake"}, cache_control="no-store")
    link = uploads.signed_put(uploads.fresh(suffix=".pdf"), Link(size=17), said)

    assert link.headers == {
        "Content-Type": "application/pdf",
        "Content-Length": "17",
        "If-None-Match": "*",
        "x-amz-tagging": "kind=upload",
        "x-amz-meta-by": "intake",
        "Cache-Control": "no-store",
        "Content-Disposition": 'attachment; filename="Brief ___.pdf"; '
        "filename*=UTF-8''Brief%20%22%C3%A9%22.pdf",
    }
    assert query(link.url)["X-Amz-SignedHeaders"].split(";") == sorted(
        ["host", *map(str.lower, link.headers)]
    )


@pytest.mark.requirement("FP-3")
def test_a_dated_key_that_nothing_has() -> None:
    """Today's day and an id of its own, by the contract's templates; what is given stays."""
    uploads = storage().prefix("files/uploads").fresh(year=2026)
    one, two = (uploads.signed_put(uploads.fresh(suffix=".pdf"), Link(size=1)).key for _ in range(2))
    known = uploads.fresh(suffix=".pdf", file_id=UUID(int=1))

    assert re.fullmatch(rf"uploads/2026/\d\d/\d\d/{UUIDS}\.pdf", one)
    assert one != two
    assert known == "00000000-0000-0000-0000-000000000001.pdf"
    with pytest.raises(Refused, match="has no template of names"):
        documents().fresh()


@pytest.mark.requirement("AP-7")
@pytest.mark.requirement("FP-17")
def test_neither_acl_nor_encryption_is_named() -> None:
    """What the bucket says holds."""
    link, form = documents().signed_put("a.pdf", Link(size=1)), place("files/papers").signed_post("a.pdf")

    assert not [
        one for one in (*link.headers, *form.fields) if re.search("acl|encryption|grant", one.lower())
    ]


@pytest.mark.parametrize(
    ("address", "name", "said", "told"),
    [
        ("files/documents", "a.zip", Said(), "contract allows application/pdf, image"),
        ("files/documents", "a.pdf", Said("image/png"), "the name of .* stands for application/pdf"),
        ("files/documents", "a", Said(), "octet-stream', and the contract allows"),
        ("files/documents", "a", Said("image/*"), "is no content type"),
        ("files/documents", "a.txt", Said(), "spelled in bytes cannot be told: name it"),
        ("files/documents", "../a.pdf", Said(), "can be no name"),
        ("files/documents", "", Said(), "is no name of an object"),
        ("files/papers", "a.exe", Said(), "ends in none of .pdf, .tar.gz"),
        ("files/inside", ".env", Said(), "no secrets are kept in buckets"),
        ("files/inside", "a", Said(encoding="zip"), "no compression that readers undo"),
        ("files/inside", "a", Said(metadata={"bucketwright-x": "y"}), "no name of metadata"),
        ("logs/delivered", "a", Said(), "nobody else writes there"),
    ],
    ids=[
        "type not allowed", "type against name", "type unknown", "family", "text without charset", "path",
        "empty", "extension", "secret", "encoding", "own metadata", "logs of AWS",
    ],
)  # fmt: skip
@pytest.mark.parametrize("how", ["signed_put", "signed_post", "begin_upload"])
def test_what_the_contract_refuses(how: str, address: str, name: str, said: Said, told: str) -> None:
    """No link is made for what `put` would not take, in whatever way it is to be sent."""
    values: dict[str, Value] = {"case_id": 7} if address == "files/documents" else {}
    there = place(address, **values)
    ways: dict[str, Callable[[], object]] = {
        "signed_put": lambda: there.signed_put(name, Link(size=1), said),
        "signed_post": lambda: there.signed_post(name, said=said),
        "begin_upload": lambda: there.begin_upload(name, 1, said),
    }
    if how == "signed_post":
        told = f"{told}|takes? no condition|allows? .*application/pdf"
    with pytest.raises(Refused, match=told):
        ways[how]()


@pytest.mark.parametrize(
    ("link", "told"),
    [
        (Link(), r"allows 1 MB at files/documents, and only its exact size .* sign a form"),
        (Link(size=1_000_001), "larger than 1,000,000 bytes"),
        (Link(size=-1), "-1 is no size"),
    ],
    ids=["not said", "too large", "negative"],
)
def test_the_size_of_a_put(link: Link, told: str) -> None:
    """Nothing but its exact size holds a PUT to a limit."""
    with pytest.raises(Refused, match=told):
        documents().signed_put("a.pdf", link)


@pytest.mark.parametrize("size", [10**15, 10**40, -(10**50)], ids=["too large", "absurd", "negative"])
def test_sizes_that_no_object_has(size: int) -> None:
    """They are refused in one line, whatever way they come."""
    plans = place("files/plans")
    for sign in (
        lambda: plans.signed_put("a.pdf", Link(size=size)),
        lambda: plans.signed_post("a.pdf", Link(size=size)),
        lambda: plans.begin_upload("a.pdf", size),
    ):
        with pytest.raises(Refused, match=r"no object can have|is no size") as caught:
            sign()
        assert len(caught.value.message) < 80


def test_without_a_limit_a_put_needs_no_size() -> None:
    """With one it has to keep it; more than one request takes goes in parts."""
    plans = place("files/plans")

    assert "Content-Length" not in plans.signed_put("a.pdf").headers
    assert plans.signed_put("a.pdf", Link(size=0)).headers["Content-Length"] == "0"
    with pytest.raises(Refused, match="5 GB at most: send it in parts"):
        plans.signed_put("a.pdf", Link(size=5_000_000_001))


@pytest.mark.requirement("AP-4")
def test_the_mode_of_a_put() -> None:
    """Create and if-unchanged carry their condition, what replaces none; a suffix is there at once."""
    pointers = place("files/pointers")
    papers = place("files/papers").signed_put("b/a.tar.gz", Link(size=1))

    assert pointers.signed_put("a").headers["If-None-Match"] == "*"
    assert pointers.signed_put("a", over='"abc"').headers["If-Match"] == '"abc"'
    assert not {"If-Match", "If-None-Match"} & place("files/plans").signed_put("a.pdf").headers.keys()
    assert re.fullmatch(r"b/a-[0-9a-f]{32}\.tar\.gz", papers.name)
    assert (papers.key, papers.headers["If-None-Match"]) == (f"papers/{papers.name}", "*")
    with pytest.raises(Refused, match="only creates"):
        documents().signed_put("a.pdf", Link(size=1), over="abc")


@pytest.mark.requirement("FP-11")
def test_content_that_is_announced_by_its_hash() -> None:
    """The server takes no other; under a key that is the hash, there is no link without it."""
    blobs = place("files/blobs", head=SHA[:2])
    link = blobs.signed_put(SHA, Link(size=4, sha256=SHA))

    assert link.headers["x-amz-checksum-sha256"] == b64encode(bytes.fromhex(SHA)).decode()
    assert link.headers["x-amz-meta-bucketwright-sha256"] == SHA
    for wrong in ("", "0" * 64):
        with pytest.raises(Refused, match="is not named by the hash of its content"):
            blobs.signed_put(SHA, Link(size=4, sha256=wrong))
    with pytest.raises(Refused, match="no SHA-256"):
        blobs.signed_put(SHA, Link(sha256="abc"))
    with pytest.raises(Refused, match="is not named by the hash"):
        blobs.begin_upload(SHA, 4)


def test_only_a_put_takes_a_hash() -> None:
    """A form, or a link to read, would hold nobody to it: that is said."""
    said = Link(size=1, sha256=SHA)

    assert documents().signed_put("a.pdf", said).headers["x-amz-checksum-sha256"]
    for sign in (
        lambda: place("files/plans").signed_post("a.pdf", said),
        lambda: place("files/brief").signed_get("a.txt", said),
    ):
        with pytest.raises(Refused, match="holds nobody to a hash: leave sha256 out, or sign a PUT"):
            sign()


def test_uploads_under_a_retention() -> None:
    """S3 takes none without its hash, so no link is made that it would refuse."""
    records = place("vault/records")

    assert records.signed_put("a.bin", Link(sha256=SHA)).headers["x-amz-checksum-sha256"]
    for sign in (
        lambda: records.signed_put("a.bin"),
        lambda: records.signed_post("a.bin"),
        lambda: records.begin_upload("a.bin", 1),
    ):
        with pytest.raises(Refused, match="under a retention, and S3 takes no upload there without its hash"):
            sign()


@pytest.mark.parametrize(
    "sign",
    [
        lambda one: one.signed_get("a.txt"),
        lambda one: one.signed_put("a.bin"),
        lambda one: one.signed_post("a.bin"),
        lambda one: one.signed_cookies(),
        lambda one: one.begin_upload("a.bin", 1),
    ],
    ids=["read", "write", "form", "cookies", "parts"],
)
def test_what_is_kept_here_has_no_links(sign: Callable[[Place], object]) -> None:
    """In memory and in a folder; one plain sentence."""
    with pytest.raises(Misconfigured, match="objects of files/pages are kept on this machine"):
        sign(in_memory("files/pages"))


@pytest.mark.requirement("FP-14")
@pytest.mark.parametrize(
    ("origin", "how", "told"),
    [
        (ORIGIN, "put", ""),
        (ORIGIN, "post", ""),
        (ORIGIN, "get", ""),
        (ORIGIN, "meta", "may send x-amz-meta-by: add it to the headers"),
        ("https://admin.example.org", "put", "may send if-none-match: add it to the headers"),
        ("https://admin.example.org", "post", "may send a POST: add it to the methods"),
        ("https://app.example.com.evil.net", "put", "its cors allows https://app.example.com, https://admin"),
        ("http://app.example.com", "get", "no page of 'http://app.example.com' may ask this bucket"),
        ("\x1b[31m", "get", r"no page of '\\x1b\[31m'"),
    ],
    ids=[
        "put", "form", "read", "header not allowed", "another rule", "method not allowed", "a longer name",
        "another scheme", "hostile",
    ],
)  # fmt: skip
def test_pages_that_may_use_it(origin: str, how: str, told: str) -> None:
    """A link for a page of an origin is made only where the contract's CORS lets that page use it."""
    there, link = documents(), Link(size=1, origin=origin)
    papers = place("files/papers")
    ways: dict[str, Callable[[], object]] = {
        "put": lambda: there.signed_put("a.pdf", link),
        "meta": lambda: there.signed_put("a.pdf", link, Said(metadata={"by": "me"})),
        "post": lambda: papers.signed_post("a.pdf", link),
        "get": lambda: there.signed_get("a.pdf", link),
    }
    if not told:
        assert ways[how]()
        return
    with pytest.raises(Refused, match=told):
        ways[how]()
