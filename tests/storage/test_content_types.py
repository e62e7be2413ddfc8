"""Which content type does a write carry, and which contradictions are found?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bucketwright.contract.media_types import TYPES_OF_EXTENSION
from bucketwright.storage import Refused, Said
from bucketwright.storage.looks import contradiction, guesses
from tests.storage.contracts import PDF, PNG, place

ZIP = b"PK\x03\x04" + b"\x00" * 22
OFFICE = "application/vnd.openxmlformats-officedocument"


def entry(name: bytes, content: bytes) -> bytes:
    """The beginning of a zip file whose first entry is stored so."""
    sizes = len(content).to_bytes(4, "little") * 2
    lengths = len(name).to_bytes(2, "little") + b"\x00\x00"
    return b"PK\x03\x04" + b"\x00" * 14 + sizes + lengths + name + content


SAMPLES = {
    "application/pdf": PDF,
    "image/png": PNG,
    "image/jpeg": b"\xff\xd8\xff\xe0\x00\x10JFIF",
    "image/gif": b"GIF89a\x01\x00\x01\x00\x00",
    "image/webp": b"RIFF\x10\x00\x00\x00WEBPVP8 ",
    "image/tiff": b"II*\x00\x08\x00\x00\x00",
    "image/avif": b"\x00\x00\x00\x1cftypavif\x00\x00\x00\x00avifmif1",
    "image/heic": b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00heic",
    "image/bmp": b"BM" + b"\x00" * 30,
    "image/x-icon": b"\x00\x00\x01\x00\x01\x00",
    "video/quicktime": b"\x00\x00\x00\x14ftypqt  \x00\x00\x00\x00qt  ",
    "video/mp4": b"\x00\x00\x00\x18ftypmmp4\x00\x00\x00\x00mmp4",
    "video/webm": b"\x1a\x45\xdf\xa3\x01\x00",
    "audio/mpeg": b"ID3\x03\x00\x00\x00\x00",
    "audio/flac": b"fLaC\x00\x00\x00\x22",
    "audio/ogg": b"OggS\x00\x02\x00\x00",
    "audio/wav": b"RIFF\x24\x00\x00\x00WAVEfmt ",
    "application/zip": ZIP,
    "application/gzip": b"\x1f\x8b\x08\x00\x00",
    "application/x-bzip2": b"BZh91AY&SY\x00\x01",
    "application/zstd": b"\x28\xb5\x2f\xfd\x00",
    "application/x-7z-compressed": b"7z\xbc\xaf\x27\x1c\x00\x04",
    "application/x-tar": b"name".ljust(257, b"\x00") + b"ustar\x0000",
    "application/msword": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00",
    "application/vnd.apache.parquet": b"PAR1\x15\x04\x15",
    f"{OFFICE}.wordprocessingml.document": ZIP + b"[Content_Types].xml word/document.xml",
    f"{OFFICE}.spreadsheetml.sheet": ZIP + b"[Content_Types].xml xl/workbook.xml",
    f"{OFFICE}.presentationml.presentation": ZIP + b"[Content_Types].xml ppt/slides",
    "application/epub+zip": entry(b"mimetype", b"application/epub+zip"),
    "application/vnd.oasis.opendocument.text": entry(b"mimetype", b"application/vnd.oasis.opendocument.text"),
    "application/rtf": b"{\\rtf1 hello}",
    "text/plain": b"hello",
}
"""One beginning of each type that content can prove."""


@pytest.mark.requirement("CS-5")
@pytest.mark.parametrize("kind", SAMPLES)
def test_content_proves_its_type(kind: str) -> None:
    """The likeliest type of a beginning is its own, and nothing speaks against it."""
    assert guesses(SAMPLES[kind])[0] == kind
    assert contradiction(kind, SAMPLES[kind]) == ""


@pytest.mark.requirement("AP-3")
@pytest.mark.parametrize("kind", SAMPLES)
def test_content_of_another_type_contradicts(kind: str) -> None:
    """The beginning of any other type is none of this one; zip files of some kind are zip files, too."""
    for other, head in SAMPLES.items():
        is_zip = kind == "application/zip" and head.startswith(b"PK")
        is_vague = head == ZIP and kind.startswith(OFFICE)
        is_boxed = kind == "video/mp4" and head[4:8] == b"ftyp"
        if other != kind and not (is_zip or is_vague or is_boxed):
            assert contradiction(kind, head), (kind, other)


@pytest.mark.parametrize(
    ("kind", "head", "is_right"),
    [
        ("image/svg+xml", b'<svg xmlns="x"/>', True),
        ("image/svg+xml", b'\xef\xbb\xbf<?xml version="1.0"?>\n<!-- a > b --><svg:svg/>', True),
        ("image/svg+xml", b'<!DOCTYPE svg PUBLIC "x" [<!ENTITY a "b">]><svg/>', True),
        ("image/svg+xml", b"<!--" + b"x" * 3000 + b"--><svg/>", True),
        ("image/svg+xml", b"<html><svg/></html>", False),
        ("image/svg+xml", b"<svgx/>", False),
        ("image/svg+xml", b"<!-- never closed <svg/>", False),
        ("application/xml", b"<a/>", True),
        ("application/xml", b"a: b", False),
        ("application/json", b' {"a": 1}', True),
        ("application/json", b"<a/>", False),
        ("application/json", b"", False),
        ("text/csv", b"a,b\n1,2\n", True),
        ("text/csv", b"a\x00b", False),
        ("text/plain", "grüße".encode("latin-1"), True),
        ("text/plain", "grüße".encode("utf-16"), True),
        ("text/plain", b"", True),
        ("text/html", b"<p>hello", True),
        ("application/x-thing", b"\x00\x01", True),
        ("application/octet-stream", PNG, True),
    ],
)  # fmt: skip
def test_text_of_a_form(kind: str, head: bytes, is_right: bool) -> None:
    """Text of some types begins in its own way; of types that nobody knows nothing is asked."""
    assert (contradiction(kind, head) == "") == is_right


def test_words_are_no_signatures() -> None:
    """Text that begins as files of some kind do is text all the same."""
    for head in (b"BM is short for a benchmark, and a long one", b"PAR1 is a format", b"BZh", b"ID3 tags"):
        assert guesses(head) == ("text/plain",)
        assert contradiction("text/plain", head) == ""


@pytest.mark.parametrize("extension", sorted(TYPES_OF_EXTENSION))
def test_every_known_extension_takes_its_own(extension: str) -> None:
    """A file of the extension's type is written under it, with that type."""
    kind = TYPES_OF_EXTENSION[extension][0]
    written = place("files/drafts").put(f"a{extension}", SAMPLES.get(kind, _sample(kind)))

    assert written.type.partition(";")[0] == kind


def _sample(kind: str) -> bytes:
    if "xml" in kind:
        return b"<svg/>"
    return {
        "audio/mp4": b"\x00\x00\x00\x18ftypM4A \x00\x00\x00\x00M4A ",
        "audio/aac": b"\xff\xf1\x50\x80",
        "application/vnd.ms-excel": SAMPLES["application/msword"],
        "application/vnd.ms-powerpoint": SAMPLES["application/msword"],
    }.get(kind, b"{}")


@pytest.mark.requirement("CS-5")
@pytest.mark.parametrize(
    ("address", "name", "data", "said", "expected"),
    [
        ("files/drafts", "a.pdf", PDF, "", "application/pdf"),
        ("files/drafts", "a.PDF", PDF, "", "application/pdf"),
        ("files/drafts", "a", PDF, "", "application/pdf"),
        ("files/drafts", "a", b"hello", "", "text/plain; charset=utf-8"),
        ("files/drafts", "a", b"\x00\x01", "", "application/octet-stream"),
        ("files/pages", "a", b"caf\xe9", "", "application/octet-stream"),
        ("files/drafts", "a", b"", "", "application/octet-stream"),
        ("files/drafts", "a", b"<script>", "", "text/plain; charset=utf-8"),
        ("files/drafts", "a.html", b"<p>", "", "text/html; charset=utf-8"),
        ("files/drafts", "a.ts", b"let a = 1", "", "text/typescript; charset=utf-8"),
        ("files/drafts", "a.yaml", b"a: 1", "", "application/yaml"),
        ("files/drafts", "a.parquet", b"PAR1\x15", "", "application/vnd.apache.parquet"),
        ("files/drafts", "a.xml", b"<a/>", "text/xml", "text/xml; charset=utf-8"),
        ("files/drafts", "a", b"{}", "application/json", "application/json"),
        ("files/drafts", "a", b"hello", "Text/Plain", "text/plain; charset=utf-8"),
        ("files/drafts", "a", b"gr\xfc\xdfe", "text/plain", "text/plain"),
        ("files/drafts", "a", b"gr\xfc\xdfe", "text/plain; charset=latin-1", "text/plain; charset=latin-1"),
        ("files/drafts", "a.txt", "grüße".encode("utf-16"), "", "text/plain; charset=utf-16"),
        ("files/drafts", "a.txt", b"caf\xe9", "", "text/plain"),
        ("files/drafts", "a.txt", b"a" * 65_536 + b"\xe9", "", "text/plain"),
        ("files/drafts", "a.txt", b"a" * 65_535 + "é".encode(), "", "text/plain; charset=utf-8"),
        ("files/raw", "a.pdf", b"no pdf", "", "application/octet-stream"),
        ("files/raw", "a", PDF, "", "application/octet-stream"),
    ],
)  # fmt: skip
def test_the_type_that_is_found(address: str, name: str, data: bytes, said: str, expected: str) -> None:
    """What is said, else by the name, else by the content, else some bytes; what the contract allows."""
    assert place(address).put(name, data, Said(said)).type == expected


@pytest.mark.requirement("AP-3")
@pytest.mark.parametrize(
    ("address", "name", "data", "said", "told"),
    [
        ("files/drafts", "a.pdf", PDF, "image/png", "name of 'drafts/a.pdf' stands for application/pdf"),
        ("files/drafts", "a", PDF, "image/png", "is no image/png"),
        ("files/drafts", "a", b"x", "pdf", "no content type, such as application/pdf"),
        ("files/drafts", "a", b"x", "text/plain\r\nx: y", "no content type"),
        ("files/raw", "a", b"x", "text/plain", "contract allows application/octet-stream"),
        ("files/pages", "a.txt", b"gr\xfc\xdfe", "", "charset=windows-1252"),
        ("files/pages", "a.txt", b"caf\xe9", "", "charset=windows-1252"),
        ("files/drafts", "a.txt", b"%PDF-1.7 hello", "", "but as application/pdf does"),
    ],
    ids=["name", "content", "no type", "header", "contract", "charset", "charset of a part", "a PDF"],
)
def test_types_that_contradict(address: str, name: str, data: bytes, said: str, told: str) -> None:
    """The sentence names both sides."""
    with pytest.raises(Refused, match=told):
        place(address).put(name, data, Said(said))


@pytest.mark.parametrize(
    ("name", "data", "encoding", "expected"),
    [
        ("a.css.gz", b"\x1f\x8b\x08", "gzip", "text/css"),
        ("a.css", b"\x1f\x8b\x08", "gzip", "text/css"),
        ("a.json.br", b"\x00\x01", "br", "application/json"),
        ("a.css.gz", b"\x1f\x8b\x08", "", "application/gzip"),
    ],
    ids=["packed name", "plain name", "no signature", "a file of its own"],
)
def test_packed_content(name: str, data: bytes, encoding: str, expected: str) -> None:
    """The type is that of what is inside where readers get it unpacked."""
    drafts = place("files/drafts")
    drafts.put(name, data, Said(encoding=encoding))

    assert (drafts.info(name).type, drafts.info(name).content_encoding) == (expected, encoding)
    with pytest.raises(Refused, match="not packed with gzip"):
        drafts.put("b.css", b"p {}", Said(encoding="gzip"))
    with pytest.raises(Refused, match="no compression that readers undo: br, gzip, zstd"):
        drafts.put("b.css", b"p {}", Said(encoding="deflate"))


def test_what_browsers_would_run_is_saved() -> None:
    """Where outsiders read it, pages and drawings are downloads unless a file name says how to save them."""
    pages = place("files/pages")
    pages.put("a.svg", b"<svg/>")
    pages.put("a.png", PNG)
    pages.put("b.html", b"<p>", Said(file_name='über "uns".html'))

    assert pages.info("a.svg").content_disposition == "attachment"
    assert pages.info("a.png").content_disposition == ""
    assert pages.info("b.html").content_disposition == (
        "attachment; filename=\"_ber _uns_.html\"; filename*=UTF-8''%C3%BCber%20%22uns%22.html"
    )


@pytest.mark.parametrize(
    "kind",
    [
        "text/html; charset=utf-8",
        "Application/XHTML+XML",
        "application/rss+xml",
        "application/atom+xml; charset=utf-8",
        "application/mathml+xml",
        "application/xslt+xml",
        "application/vnd.wap.xhtml+xml",
        "video/x+xml",
        "text/xsl; charset=utf-8",
        "text/rdf; charset=utf-8",
        "multipart/x-mixed-replace; boundary=a",
        "message/rfc822",
    ],
)
def test_all_that_browsers_run(kind: str) -> None:
    """Every XML and what wraps others is a download where outsiders read, and as it is where programs do."""
    pages, drafts = place("files/pages"), place("files/drafts")
    for there in (pages, drafts):
        there.put("a", b"<?xml version='1.0'?><x/>", Said(content_type=kind))

    assert pages.info("a").content_disposition == "attachment"
    assert drafts.info("a").content_disposition == ""


@pytest.mark.parametrize("kind", ["application/json", "text/plain; charset=utf-8", "application/x-xml-parts"])
def test_what_no_browser_runs_is_shown(kind: str) -> None:
    """A name that only looks like one of those is none."""
    pages = place("files/pages")
    pages.put("a", b"{}", Said(content_type=kind))

    assert pages.info("a").content_disposition == ""


def test_how_long_caches_keep() -> None:
    """What a distribution delivers is kept as long as a link to it lives, unless somebody says otherwise."""
    site, drafts = place("files/site"), place("files/drafts")
    site.put("a.css", b"p {}")
    site.put("b.css", b"p {}", Said(cache_control="no-cache"))
    drafts.put("a.css", b"p {}")

    assert site.info("a.css").cache_control == "max-age=7200"
    assert site.info("b.css").cache_control == "no-cache"
    assert drafts.info("a.css").cache_control == ""


@given(st.binary(max_size=400))
def test_any_bytes_are_looked_at(head: bytes) -> None:
    """Whatever it is, what it proves to be does not contradict it."""
    for kind in guesses(head):
        assert contradiction(kind, head) == ""
