"""Does a server that checks signatures do what links allow, and nothing else?"""

from collections.abc import Iterator
from hashlib import sha256
from uuid import uuid4

import pytest

from bucketwright.storage import AlreadyThere, NotFound, Refused, Said, Settings, Storage
from bucketwright.storage.place import Place
from bucketwright.storage.signing.link import Link
from bucketwright.storage.signing.signed import BrowserUpload
from tests.servers.running import KEY, REGION, SECRET, versitygw
from tests.storage.contracts import PDF, PNG
from tests.storage.signing.sending import answered, posted, send_parts, sent
from tests.storage.signing.signed import contract

LARGE = b"1" * 5 * 1024 * 1024 + b"2" * 2_000_000


@pytest.fixture(scope="module")
def storage() -> Iterator[Storage]:
    """One on a server that enforces, by its own secrets."""
    with versitygw() as server:
        server.client().create_bucket(Bucket="shelf-dev-files")
        told = Settings(endpoint_url=server.url, access_key=KEY, secret_key=SECRET, region=REGION)
        yield Storage.open(contract(), "dev", told)


def documents(storage: Storage) -> Place:
    """A place of its own for each test."""
    return storage.prefix("files/documents").at(case_id=uuid4().int)


@pytest.mark.requirement("CS-8")
@pytest.mark.requirement("FP-5")
def test_reading(storage: Storage) -> None:
    """What was written, for who has the link unchanged."""
    there = documents(storage)
    there.put("a b é.png", PNG)
    link = there.signed_get("a b é.png", file_name="Ü.png")
    status, body, _ = answered("GET", link.url, b"", {})

    assert (status, body) == (200, PNG)
    assert answered("GET", link.url.replace("a%20b", "a%20c"), b"", {})[0] == 403
    assert answered("GET", link.url.replace("Expires=3600", "Expires=7200"), b"", {})[0] == 403
    assert answered("PUT", link.url, PNG, {})[0] == 403
    assert answered("GET", there.signed_get("nothing.pdf").url, b"", {})[0] == 404


@pytest.mark.requirement("FP-3")
@pytest.mark.parametrize(
    "wrong",
    [
        {"content_type": "text/html"},
        {"content_length": "16"},
        {"if_none_match": "x"},
        {"x_amz_meta_by": "you"},
    ],
    ids=["another type", "another size", "without the condition", "other metadata"],
)
def test_a_put_is_sent_exactly_so(storage: Storage, wrong: dict[str, str]) -> None:
    """The server refuses it with any header changed, and takes it unchanged."""
    there = documents(storage)
    link = there.signed_put("a.pdf", Link(size=len(PDF)), Said(metadata={"by": "me"}))
    body = PDF[: int(wrong.get("content_length", len(PDF)))]

    assert sent(link, body, **wrong) == 403
    assert not there.exists("a.pdf")
    assert sent(link, PDF) == 200
    assert (there.received("a.pdf").type, there.received("a.pdf").metadata) == (
        "application/pdf",
        {"by": "me"},
    )


@pytest.mark.requirement("AP-4")
def test_a_put_replaces_nothing(storage: Storage) -> None:
    """Also when it is sent twice; what was read may be replaced where the contract lets it be."""
    there, pointers = documents(storage), storage.prefix("files/pointers").at()
    link = there.signed_put("a.pdf", Link(size=len(PDF)))
    assert [sent(link, PDF), sent(link, PDF)] == [200, 412]
    first = pointers.put("latest", b"1")
    step = pointers.signed_put("latest", over=first.etag)

    assert [sent(step, b"2"), sent(step, b"3")] == [200, 412]
    assert pointers.get("latest") == b"2"


@pytest.mark.requirement("FP-11")
def test_only_the_content_that_was_announced(storage: Storage) -> None:
    """Under the key that is its hash the server takes nothing else."""
    digest = sha256(PDF).hexdigest()
    blobs = storage.prefix("files/blobs").at(head=digest[:2])
    link = blobs.signed_put(digest, Link(size=len(PDF), sha256=digest))

    assert sent(link, PDF[:-1] + b"x") == 400
    assert sent(link, PDF) == 200
    assert blobs.get(digest) == PDF


@pytest.mark.requirement("FP-4")
def test_a_form_is_held_to_its_limits(storage: Storage) -> None:
    """Too large, of another type, or under another key: the server refuses it; else it is there."""
    uploads = storage.prefix("files/uploads").fresh()
    form = uploads.signed_post(uploads.fresh(suffix=".pdf"), Link(size=20))

    assert posted(form, b"%PDF-1.7 far too large for it") == 400
    assert posted(form, PDF, Content_Type="text/html") == 403
    assert posted(form, PDF, key=f"{uploads.path}other.pdf") == 403
    assert posted(form, PDF, tagging="<Tagging><TagSet></TagSet></Tagging>") == 403
    assert posted(form, PDF, acl="public-read") == 403
    assert list(uploads.list()) == []
    assert posted(form, PDF) == 204
    assert uploads.received(form.name).size == len(PDF)
    assert uploads.tags(form.name) == {"kind": "upload"}


@pytest.mark.requirement("FP-4")
def test_a_form_for_any_picture(storage: Storage) -> None:
    """The page names which, and nothing but a picture."""
    pictures = storage.prefix("files/pictures").at()
    form = pictures.signed_post("photo")

    assert posted(form, PNG, Content_Type="text/html") == 403
    assert posted(form, PNG, Content_Type="image/png") == 204
    assert (pictures.received("photo").type, pictures.info("photo").content_disposition) == (
        "image/png",
        "attachment",
    )


@pytest.mark.requirement("AP-3")
def test_what_was_received_is_looked_at(storage: Storage) -> None:
    """A server takes any bytes as what they are said to be; the client does not."""
    there = documents(storage)
    page = b"<html><script>alert(1)</script>"
    assert sent(there.signed_put("a.pdf", Link(size=len(page))), page) == 200

    with pytest.raises(Refused, match="is no application/pdf: its content does not begin as"):
        there.received("a.pdf")
    with pytest.raises(NotFound):
        there.received("b.pdf")
    assert sent(there.signed_put("c.png", Link(size=0))) == 200
    with pytest.raises(Refused):
        there.received("c.png")


@pytest.mark.requirement("CS-7")
def test_parts(storage: Storage) -> None:
    """Begun, sent part by part and finished: one object with all that was said when it began."""
    plans = storage.prefix("files/plans").at()
    upload = plans.begin_upload("large.pdf", len(LARGE), Said(metadata={"by": "me"}))
    etags = send_parts(plans, upload, LARGE)
    assert not plans.exists("large.pdf")
    written = plans.finish_upload(upload, etags)

    assert (written.name, written.type, written.size) == ("large.pdf", "application/pdf", len(LARGE))
    assert b"".join(plans.stream("large.pdf")) == LARGE
    assert plans.info("large.pdf").metadata["by"] == "me"
    assert plans.finish_upload(upload, etags) == written
    plans.delete("large.pdf")
    with pytest.raises(NotFound):
        plans.finish_upload(upload, etags)


@pytest.mark.requirement("TU-5")
def test_parts_that_are_not_what_was_announced(storage: Storage) -> None:
    """A part of another size is refused by the server; one that is missing or another's, before the end."""
    plans = storage.prefix("files/plans").at()
    upload = plans.begin_upload("odd.pdf", len(LARGE))
    first, second = plans.signed_parts(upload)
    assert sent(first, LARGE[:100], content_length="100") == 403
    assert sent(second, LARGE[5 * 1024 * 1024 :]) == 200
    with pytest.raises(Refused, match=r"part 1 of 'plans/odd.pdf' was not sent: nothing was written"):
        plans.finish_upload(upload)
    [again] = plans.signed_parts(upload, [1])
    assert sent(again, LARGE[: 5 * 1024 * 1024]) == 200
    with pytest.raises(Refused, match="are not those that are named: nothing was written"):
        plans.finish_upload(upload, ["x", "y"])
    with pytest.raises(Refused, match="has the parts 1 to 2, and no 3"):
        plans.signed_parts(upload, [2, 3])
    smaller = BrowserUpload(upload.name, upload.upload_id, 100, upload.write_id)
    with pytest.raises(Refused, match=r"part 2 of .* belongs to no upload of this size"):
        plans.finish_upload(smaller)
    plans.drop_upload(upload)
    plans.drop_upload(upload)

    assert not plans.exists("odd.pdf")
    with pytest.raises(NotFound):
        plans.finish_upload(upload)


@pytest.mark.requirement("AP-4")
def test_parts_replace_nothing(storage: Storage) -> None:
    """Who finishes second loses, and leaves no parts behind."""
    there = documents(storage)
    slow = there.begin_upload("a.pdf", len(PDF))
    etags = send_parts(there, slow, PDF)
    there.put("a.pdf", PDF)

    with pytest.raises(AlreadyThere):
        there.finish_upload(slow, etags)
    assert list(there.home.backend.uploads(there.there.bucket, there.path)) == []


@pytest.mark.parametrize("size", [0, 1], ids=["empty", "one byte"])
def test_the_smallest_parts(storage: Storage, size: int) -> None:
    """One part will do for what has hardly any content."""
    plans = storage.prefix("files/plans").at()
    upload = plans.begin_upload(f"small-{size}.pdf", size)

    assert [link.headers["Content-Length"] for link in plans.signed_parts(upload)] == [str(size)]
    assert send_parts(plans, upload, b"x" * size)
    assert plans.finish_upload(upload).size == size


@pytest.mark.requirement("FP-14")
@pytest.mark.parametrize(
    ("origin", "told"),
    [
        ("https://app.example.com", ""),
        ("https://admin.example.org", "may read ETag, by which parts are named: add it to expose"),
        ("https://elsewhere.net", "no page of 'https://elsewhere.net' may ask this bucket"),
    ],
    ids=["exposed", "not exposed", "not allowed"],
)
def test_pages_have_to_read_the_etags_of_parts(storage: Storage, origin: str, told: str) -> None:
    """Else they would fail after the last byte."""
    plans = storage.prefix("files/plans").at()
    upload = plans.begin_upload("page.pdf", 3)
    if not told:
        assert plans.signed_parts(upload, origin=origin)
        return
    with pytest.raises(Refused, match=told):
        plans.signed_parts(upload, origin=origin)
