"""Does a page of another origin send files straight to a server, within what was signed?"""

from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

from bucketwright.contract.loading import read
from bucketwright.facets.bucket_scope import BucketScope
from bucketwright.storage import Refused, Said, Settings, Storage
from bucketwright.storage.signing.link import Link
from tests.browser.uploading import Uploading, make_bucket, origin, page_of
from tests.servers.running import KEY, REGION, SECRET, Running, known_alone, versitygw

CONTRACT = """
project: shelf
region: us-east-1
environments: {{dev: {{}}}}
transfer: {{threshold: 5 MiB, part_size: 5 MiB}}
buckets:
  files:
    cors:
      origins: {origin}
      methods: [GET, PUT, POST]
      headers: [content-type, if-none-match]
    prefixes:
      uploads:
        path: "uploads/{{year:year}}/{{month:month}}/{{day:day}}/"
        objects: "{{file_id:uuid}}{{suffix}}"
        max_size: 6 MB
        delivery: presigned
      pictures: {{path: "pictures/", types: image/*, write: overwrite, max_size: 1 KB, delivery: presigned}}
"""
PDF = "%PDF-1.7\n1 0 obj"
GIF = "GIF89a and so on"


@dataclass(frozen=True, slots=True)
class Rig:
    """A server with the contract's bucket and its CORS, and two pages, of which the contract lets one in."""

    storage: Storage
    server: Running
    own: Uploading
    strange: Uploading
    origin: str


@pytest.fixture(scope="module")
def rig(browser: Browser) -> Iterator[Rig]:
    """CORS is what the contract deploys, call for call."""
    with versitygw() as server, known_alone(server), origin() as own, origin() as strange:
        contract = read(CONTRACT.format(origin=own), "contract.yaml")
        scope = BucketScope(contract.environments["dev"], "files")
        make_bucket(server, scope)
        told = Settings(endpoint_url=server.url, access_key=KEY, secret_key=SECRET, region=REGION)
        with page_of(browser, own) as mine, page_of(browser, strange) as other:
            yield Rig(Storage.open(contract, "dev", told), server, mine, other, own)


def leave(url: str, origin: str, method: str) -> int:
    """What a server answers where a browser asks whether a page may send something."""
    parts = urlsplit(url)
    connection = HTTPConnection(parts.netloc)
    try:
        connection.request(
            "OPTIONS", parts.path, headers={"Origin": origin, "Access-Control-Request-Method": method}
        )
        return connection.getresponse().status
    finally:
        connection.close()


@pytest.mark.requirement("FP-4")
@pytest.mark.requirement("FP-14")
def test_a_page_uploads_by_form(rig: Rig) -> None:
    """Straight to the server of another origin, to a dated key of its own; the content is looked at after."""
    uploads = rig.storage.prefix("files/uploads").fresh()
    form = uploads.signed_post(uploads.fresh(suffix=".pdf"), Link(origin=rig.origin))

    assert rig.own.form(form.for_page(), PDF) == 204
    assert uploads.received(form.name).type == "application/pdf"
    assert uploads.get(form.name) == PDF.encode()


@pytest.mark.requirement("FP-14")
def test_a_page_that_shows_progress(rig: Rig) -> None:
    """Browsers ask the server for leave then, and get it."""
    uploads = rig.storage.prefix("files/uploads").fresh()
    form = uploads.signed_post(uploads.fresh(suffix=".pdf"))

    assert rig.own.watched_form(form.for_page(), PDF) == 204
    assert uploads.exists(form.name)


@pytest.mark.requirement("FP-4")
@pytest.mark.parametrize(
    ("text", "media_type", "status"),
    [
        (GIF + "x" * 1000, "image/gif", 400),
        (GIF, "text/html", 403),
        (GIF, "", 403),
        (GIF, "image/gif", 204),
    ],
    ids=["too large", "of the wrong type", "of no type", "as it should be"],
)
def test_the_server_holds_a_page_to_the_form(rig: Rig, text: str, media_type: str, status: int) -> None:
    """What does not fit is refused by the server, whatever the page does, and nothing is stored."""
    pictures = rig.storage.prefix("files/pictures").at()
    form = pictures.signed_post(f"photo-{status}-{len(text)}-{len(media_type)}")
    rig.own.answers.clear()
    rig.own.form(form.for_page(), text, media_type)

    assert rig.own.answers == [("POST", status)]
    assert pictures.exists(form.name) == (status == 204)


@pytest.mark.requirement("FP-14")
def test_a_page_of_another_origin_is_refused(rig: Rig) -> None:
    """By the server, when it is asked for leave; and no link is made for such a page in the first place."""
    uploads = rig.storage.prefix("files/uploads").fresh()
    form = uploads.signed_post(uploads.fresh(suffix=".pdf"))
    link = uploads.signed_put(uploads.fresh(suffix=".pdf"), Link(size=len(PDF)))

    assert rig.strange.watched_form(form.for_page(), PDF) == 0
    assert leave(form.url, rig.strange.page.evaluate("origin"), "POST") == 403
    assert leave(form.url, rig.origin, "POST") == 200
    assert rig.strange.link(link.for_page(), PDF) == 0
    assert not uploads.exists(form.name)
    assert not uploads.exists(link.name)
    with pytest.raises(Refused, match="may ask this bucket: its cors allows"):
        uploads.signed_post(uploads.fresh(suffix=".pdf"), Link(origin="http://127.0.0.1:1"))


def test_cors_is_no_lock(rig: Rig) -> None:
    """A plain form goes without leave: a strange page that got hold of it sends it, and sees no answer."""
    uploads = rig.storage.prefix("files/uploads").fresh()
    form = uploads.signed_post(uploads.fresh(suffix=".pdf"))

    assert rig.strange.form(form.for_page(), PDF) == 0
    assert uploads.exists(form.name)


@pytest.mark.requirement("FP-3")
@pytest.mark.requirement("FP-14")
def test_a_page_uploads_by_put(rig: Rig) -> None:
    """With the very headers; a second time the server says that something is there."""
    uploads = rig.storage.prefix("files/uploads").fresh()
    link = uploads.signed_put(uploads.fresh(suffix=".pdf"), Link(size=len(PDF), origin=rig.origin))

    assert rig.own.link({**link.for_page(), "headers": {}}, PDF) == 403
    assert rig.own.link(link.for_page(), PDF) == 200
    assert rig.own.link(link.for_page(), PDF) == 412
    assert uploads.get(link.name) == PDF.encode()


@pytest.mark.requirement("CS-7")
@pytest.mark.requirement("FP-14")
def test_a_page_uploads_in_parts(rig: Rig) -> None:
    """It reads the ETag of each part, by which the upload is finished."""
    uploads = rig.storage.prefix("files/uploads").fresh()
    text = PDF + "x" * (5 * 1024 * 1024)
    upload = uploads.begin_upload(uploads.fresh(suffix=".pdf"), len(text), Said(metadata={"by": "page"}))
    links = uploads.signed_parts(upload, origin=rig.origin)
    etags = rig.own.parts([link.for_page() for link in links], text)
    written = uploads.finish_upload(upload, etags)

    assert len(etags) == 2
    assert written.size == len(text)
    assert uploads.received(written.name).metadata["by"] == "page"


@pytest.mark.requirement("FP-5")
def test_a_browser_saves_under_the_name(rig: Rig) -> None:
    """It is the real one, made harmless."""
    uploads = rig.storage.prefix("files/uploads").fresh()
    name = uploads.put(uploads.fresh(suffix=".pdf"), PDF.encode()).name
    link = uploads.signed_get(name, file_name='../Ü "brief"\r\n\u202e.pdf')
    with rig.own.page.expect_download() as saved:
        rig.own.page.evaluate("url => { location.href = url }", link.url)

    assert saved.value.suggested_filename == 'Ü "brief"___.pdf'.replace('"', "_")
