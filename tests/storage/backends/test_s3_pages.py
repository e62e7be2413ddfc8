"""How are long lists asked for, and what if a server does not go on?"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import pytest

from bucketwright.storage.backends.s3 import S3
from bucketwright.storage.backends.s3_requests import Asking, Params, Values
from bucketwright.storage.errors import Unreachable
from bucketwright.storage.stored import At, Condition

WHEN = datetime(2026, 1, 1, tzinfo=UTC)


class Answering(Asking):
    """Answers with these pages, one after the other, and remembers what was asked."""

    def __init__(self, pages: Sequence[Values]) -> None:
        object.__setattr__(self, "pages", list(pages))
        object.__setattr__(self, "seen", [])

    pages: list[Values]
    seen: list[Params]

    def asked(self, operation: str, at: At, params: Params, condition: Condition = None) -> Values:
        self.seen.append(params)
        return self.pages.pop(0)


def rows(*keys: str, more: bool) -> Mapping[str, object]:
    contents = [{"Key": key, "Size": 1, "ETag": '"e"', "LastModified": WHEN} for key in keys]
    return {"Contents": contents, "IsTruncated": more}


def test_a_list_of_several_pages() -> None:
    """Each page is asked for after the last key of the one before."""
    asking = Answering([rows("a", "b", more=True), rows("c", more=True), rows(more=False)])

    assert [row.key for row in S3(asking).rows("files", "x")] == ["a", "b", "c"]
    assert [one.get("StartAfter") for one in asking.seen] == [None, "b", "c"]


@pytest.mark.parametrize(
    "pages",
    [
        [rows(more=True)],
        [rows("a", more=True), rows("a", more=True)],
        [rows("b", more=True), rows("a", more=True)],
        [rows("é", more=True), rows("z", more=True)],
    ],
    ids=["empty", "the same again", "backwards", "backwards in bytes"],
)
def test_a_list_that_does_not_go_on(pages: Sequence[Values]) -> None:
    """It is an error, and neither an end nor a circle."""
    with pytest.raises(Unreachable, match="does not go on"):
        list(S3(Answering(pages)).rows("files", ""))


def upload(key: str) -> Mapping[str, object]:
    return {"Key": key, "UploadId": f"of-{key}", "Initiated": WHEN}


def test_uploads_of_several_pages() -> None:
    """Each page is asked for after the last upload of the one before; a circle is an error."""
    first = {
        "Uploads": [upload("a")],
        "IsTruncated": True,
        "NextKeyMarker": "a",
        "NextUploadIdMarker": "of-a",
    }
    asking = Answering([first, {"Uploads": [upload("b")], "IsTruncated": False}])

    assert [one.upload_id for one in S3(asking).uploads("files", "")] == ["of-a", "of-b"]
    assert (asking.seen[1]["KeyMarker"], asking.seen[1]["UploadIdMarker"]) == ("a", "of-a")
    for pages in ([first, first], [{**first, "NextKeyMarker": ""}]):
        with pytest.raises(Unreachable, match="does not go on"):
            list(S3(Answering(pages)).uploads("files", ""))


def test_parts_of_several_pages() -> None:
    """All of them, with their hashes where the server keeps them."""
    part = {
        "PartNumber": 1,
        "ETag": '"e"',
        "Size": 5,
        "ChecksumSHA256": "n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=",
    }
    asking = Answering(
        [
            {"Parts": [part], "IsTruncated": True},
            {"Parts": [{**part, "PartNumber": 2, "ChecksumSHA256": "x-2"}]},
        ]
    )
    found = S3(asking).parts(At("files", "a"), "upload")

    assert [(one.number, one.sha256[:4]) for one in found] == [(1, "9f86"), (2, "")]
    assert asking.seen[1]["PartNumberMarker"] == 1


def test_deleting_more_than_one_request_takes() -> None:
    """A thousand at a time; what could not be deleted is told with its reason."""
    failed = {"Errors": [{"Key": "k7", "Code": "AccessDenied", "Message": "no"}]}
    asking = Answering([failed, {}, {}])

    assert S3(asking).delete_many("files", [f"k{number}" for number in range(2_001)]) == {
        "k7": "AccessDenied: no"
    }
    assert len(asking.seen) == 3
