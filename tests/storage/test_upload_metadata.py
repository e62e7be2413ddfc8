"""Does what is said of an uploaded file fit together, and is it spelled as its readers expect?"""

import json
from base64 import b64encode
from collections.abc import Mapping

import pytest
from pydantic import ValidationError

from bucketwright.storage.upload_metadata import LARGEST_INLINE, FileUploadMetadata

SMALL: Mapping[str, object] = {
    "fileId": "f-1",
    "fileName": "Brief.PDF",
    "mimeType": "application/pdf",
    "extension": ".pdf",
    "size": 3,
    "content": b64encode(b"abc").decode(),
}
LARGE: Mapping[str, object] = {
    "fileId": "f-2",
    "fileName": "brief.pdf",
    "mimeType": "application/pdf",
    "extension": ".pdf",
    "size": 300_000,
    "index": 4,
    "pageCount": 12,
    "s3Key": "dev/cases/7/documents/a b+é.pdf",
    "s3Url": "https://files.s3.eu-west-1.amazonaws.com/dev/cases/7/documents/a%20b%2B%C3%A9.pdf?versionId=1",
}


def read(said: Mapping[str, object]) -> FileUploadMetadata:
    return FileUploadMetadata.model_validate_json(json.dumps(said))


@pytest.mark.requirement("TU-7")
@pytest.mark.parametrize("said", [SMALL, LARGE], ids=["small", "large"])
def test_what_comes_goes_on(said: Mapping[str, object]) -> None:
    """On the wire it is spelled as it came."""
    sent = json.loads(read(said).model_dump_json(by_alias=True, exclude_none=True))

    assert {**said, "index": said.get("index", 0)} == sent


@pytest.mark.requirement("TU-7")
def test_small_files_travel_inside() -> None:
    """Their content is there as bytes; that of large ones is behind their key."""
    small, large = read(SMALL), read(LARGE)

    assert (small.is_inline, small.content, small.s3_key) == (True, b"abc", None)
    assert (large.is_inline, large.page_count, large.s3_key) == (False, 12, LARGE["s3Key"])
    assert "abc" not in repr(small)


@pytest.mark.parametrize("size", [LARGEST_INLINE, LARGEST_INLINE + 1])
def test_where_small_ends(size: int) -> None:
    """A file of 100 KB still travels inside, one of a byte more does not."""
    inside = {**SMALL, "size": size, "content": b64encode(b"x" * size).decode()}
    apart = {**LARGE, "size": size}

    right, wrong = (inside, apart) if size <= LARGEST_INLINE else (apart, inside)
    assert read(right).size == size
    with pytest.raises(ValidationError, match=r"comes as content|comes by s3Key"):
        read(wrong)


@pytest.mark.requirement("TU-7")
@pytest.mark.parametrize(
    ("base", "change", "told"),
    [
        (SMALL, {"size": 4}, "size is 4, and content has 3 bytes"),
        (SMALL, {"content": None}, "a file of 3 bytes comes as content, and there is none"),
        (SMALL, {"s3Key": "a.pdf"}, "not both"),
        (SMALL, {"extension": ".txt"}, "extension is .txt, and fileName is 'Brief.PDF'"),
        (SMALL, {"mimeType": "image/png"}, "mimeType is image/png, and .pdf stands for application/pdf"),
        (SMALL, {"mimeType": "pdf"}, "mimeType"),
        (SMALL, {"fileName": "../brief.pdf"}, "without folders"),
        (SMALL, {"fileName": "a\nb.pdf"}, "on one line"),
        (SMALL, {"fileId": "a/b"}, "fileId"),
        (SMALL, {"index": -1}, "index"),
        (SMALL, {"size": "3"}, "size"),
        (SMALL, {"owner": "me"}, "owner"),
        (SMALL, {"content": "?"}, "content"),
        (LARGE, {"s3Key": None, "s3Url": None}, "300,000 bytes comes by s3Key, and there is none"),
        (LARGE, {"content": "YWJj"}, "too large for content"),
        (LARGE, {"s3Key": None}, "s3Url needs s3Key"),
        (LARGE, {"s3Key": "other.pdf"}, "s3Url does not lead to s3Key 'other.pdf'"),
        (LARGE, {"s3Key": "../x.pdf"}, "no key of an object"),
        (LARGE, {"s3Key": "folder/"}, "no key of an object"),
        (LARGE, {"s3Url": "javascript:alert(1)"}, "s3Url is no address"),
        (LARGE, {"s3Url": "https://[/x"}, "s3Url is no address"),
        (LARGE, {"pageCount": 0}, "pageCount"),
    ],
)
def test_what_does_not_fit(base: Mapping[str, object], change: Mapping[str, object], told: str) -> None:
    """The sentence names both sides, by their names on the wire, and repeats no content."""
    with pytest.raises(ValidationError, match=told) as caught:
        read({**base, **change})
    assert str(base.get("content") or "no content") not in str(caught.value)


def test_everything_wrong_is_said_at_once() -> None:
    """Not one thing after the other."""
    with pytest.raises(ValidationError) as caught:
        read({**LARGE, "extension": ".txt", "s3Key": None, "s3Url": None})
    assert "extension is .txt" in str(caught.value)
    assert "there is none" in str(caught.value)
