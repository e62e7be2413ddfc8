"""Is everything in a live bucket added up, and what cannot be listed said?"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Final

import pytest

from audits import space_listing
from audits.space_listing import bucket_target, count
from bucketwright.calls import Answer, Call, Failure, Outcome, Send
from bucketwright.facets.reading import Target
from bucketwright.objects.headings import headings
from bucketwright.objects.space import Space
from bucketwright.posture import Undetermined

TARGET: Final = Target("bucket", "files", {"Bucket": "files"}, "eu-west-1")
PUT: Final = datetime(2026, 11, 20, tzinfo=UTC).isoformat()
DENIED: Final = Failure("denied", "AccessDenied", "no")


def answering(**said: Outcome | Sequence[Outcome]) -> Send:
    """Answers each operation with what is said, one after the other; what is not said is empty."""
    left = {name: list(one) if isinstance(one, Sequence) else [one] for name, one in said.items()}

    def send(call: Call) -> Outcome:
        assert call.params["Bucket"] == "files"
        answers = left.get(call.operation, [Answer({"IsTruncated": False})])
        return answers.pop(0) if len(answers) > 1 else answers[0]

    return send


def version(key: str, size: object = 5, *, latest: bool = True, **more: object) -> Mapping[str, object]:
    """One of a list of versions."""
    return {"Key": key, "VersionId": "v", "Size": size, "IsLatest": latest, "LastModified": PUT, **more}


def page(*rows: Mapping[str, object], **more: object) -> Answer:
    """A page of versions, by default the last."""
    return Answer({"IsTruncated": False, "Versions": list(rows), **more})


def told(send: Send) -> tuple[Space, list[str]]:
    """What lies in the bucket, and what is missing."""
    space = Space(headings(()), date(2026, 11, 21))
    return space, list(count(space, send, TARGET))


def test_versions_markers_and_uploads_are_added_up() -> None:
    """Page after page, each row once, with its class; the parts of an upload are its bytes."""
    more = {"IsTruncated": True, "NextKeyMarker": "b", "NextVersionIdMarker": "v"}
    first = page(version("a"), version("b", 7, latest=False), **more)
    last = page(
        version("b", 1, StorageClass="GLACIER"),
        DeleteMarkers=[{"Key": "c", "VersionId": "m", "IsLatest": True, "LastModified": PUT}],
    )
    uploads = Answer({"IsTruncated": False, "Uploads": [{"Key": "u", "UploadId": "1"}]})
    parts = Answer({"Parts": [{"Size": 3}, {"Size": 4}]})

    space, missing = told(
        answering(ListObjectVersions=[first, last], ListMultipartUploads=uploads, ListParts=parts)
    )

    assert missing == []
    assert (space.current.objects, space.current.size) == (2, 6)
    assert space.current.by_class.keys() == {"STANDARD", "GLACIER"}
    assert (space.old.objects, space.old.size) == (1, 7)
    assert (space.markers, space.uploads.count, space.uploads.size) == (1, 1, 7)
    assert space.ages.keys() == {"up to 7 days"}


def test_without_versions_what_readers_find_is_counted() -> None:
    """Where versions may not be listed the objects are, and the rest is said to be missing."""
    objects = Answer({"IsTruncated": False, "Contents": [{"Key": "a", "Size": 5, "LastModified": "noon"}]})

    space, missing = told(answering(ListObjectVersions=DENIED, ListObjectsV2=objects))

    assert (space.current.objects, set(space.ages)) == (1, {"of unknown age"})
    assert missing == ["old versions and delete markers: ListObjectVersions: s3:ListBucketVersions is denied"]


def test_a_bucket_that_nobody_may_list_is_no_empty_one() -> None:
    """Each list that was refused is said."""
    space, missing = told(
        answering(ListObjectVersions=DENIED, ListObjectsV2=DENIED, ListMultipartUploads=DENIED)
    )

    assert space.current.objects == 0
    assert [sentence.partition(":")[0] for sentence in missing] == [
        "old versions and delete markers",
        "objects beyond those that are counted",
        "unfinished uploads",
    ]


@pytest.mark.parametrize(
    "last",
    [
        pytest.param(Failure("late", "", ""), id="time was up"),
        pytest.param(page(version("b", "many")), id="a size that is none"),
        pytest.param(page({"Key": "b", "IsLatest": True}), id="no size"),
    ],
)
def test_a_list_that_breaks_off_keeps_what_it_told(last: Outcome) -> None:
    """What came before counts, and more is said to be there."""
    more = {"IsTruncated": True, "NextKeyMarker": "a", "NextVersionIdMarker": "v"}

    space, missing = told(answering(ListObjectVersions=[page(version("0"), version("a"), **more), last]))

    assert space.current.objects in {1, 2}
    assert missing[0].startswith("objects beyond those that are counted: ")


def test_parts_that_cannot_be_listed_are_of_unknown_size(monkeypatch: pytest.MonkeyPatch) -> None:
    """An upload counts all the same; of very many not each one's parts are asked for."""
    uploads = Answer(
        {"IsTruncated": False, "Uploads": [{"Key": "u", "UploadId": str(number)} for number in range(3)]}
    )
    parts = Answer({"Parts": [{"Size": 3}]})

    denied, _ = told(answering(ListMultipartUploads=uploads, ListParts=DENIED))
    monkeypatch.setattr(space_listing, "MOST_SIZED", 2)
    many, _ = told(answering(ListMultipartUploads=uploads, ListParts=parts))

    assert (denied.uploads.count, denied.uploads.unsized) == (3, 3)
    assert (many.uploads.count, many.uploads.size, many.uploads.unsized) == (3, 6, 1)


@pytest.mark.parametrize(
    ("head", "location", "region"),
    [
        (Answer({"BucketRegion": "eu-west-3"}), DENIED, "eu-west-3"),
        (Answer({}), Answer({"LocationConstraint": "EU"}), "eu-west-1"),
        (Answer({}), Answer({}), "us-east-1"),
        (Answer({}), DENIED, "ap-south-1"),
    ],
)
def test_a_bucket_is_asked_where_it_lies(head: Outcome, location: Outcome, region: str) -> None:
    """In the region that its head says, else its location, else where everything is asked."""
    found = bucket_target(answering(HeadBucket=head, GetBucketLocation=location), "files", "ap-south-1", "1")

    assert (found.region, found.signer, found.handles) == (region, "1", {"Bucket": "files"})


def test_a_bucket_that_is_not_there_is_not_asked() -> None:
    """Why, as the server says it."""
    with pytest.raises(Undetermined, match="HeadBucket"):
        bucket_target(answering(HeadBucket=Failure("gone", "404", "")), "files", "eu-west-1")
