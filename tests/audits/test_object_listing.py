"""Is everything in a bucket listed once, whatever the pages, and a list that breaks off told from its end?"""

from collections.abc import Mapping, Sequence
from itertools import groupby, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.object_listing import keys, uploads, versions
from bucketwright.calls import Answer, Call, Failure, Outcome, Send
from bucketwright.facets.reading import Target
from bucketwright.posture import Undetermined

TARGET = Target("bucket", "files", {"Bucket": "files"}, "eu-west-1")
Entry = Mapping[str, object]


def turned(pages: Sequence[Answer], param: str) -> Send:
    """Gives the pages one after the other, as the tokens ask for them."""

    def send(call: Call) -> Outcome:
        assert call.params["Bucket"] == "files"
        return pages[int(str(call.params.get(param, 0)))]

    return send


def page_of_versions(entries: Sequence[tuple[str, str, bool]], following: int | None) -> Answer:
    """A page: key, version id, and whether it is a delete marker."""
    found = [
        {"Key": key, "VersionId": version, "Size": 1} for key, version, is_marker in entries if not is_marker
    ]
    markers = [{"Key": key, "VersionId": version} for key, version, is_marker in entries if is_marker]
    said: dict[str, object] = {"IsTruncated": following is not None}
    if following is not None:
        said |= {"NextKeyMarker": entries[-1][0], "NextVersionIdMarker": str(following)}
    return Answer({**said, "Versions": found, "DeleteMarkers": markers})


HISTORIES = st.lists(
    st.tuples(st.sampled_from(["a", "a/b", "é", "z"]), st.booleans()), min_size=1, max_size=12
).map(lambda drawn: sorted(drawn, key=lambda one: one[0]))


@given(history=HISTORIES, cuts=st.sets(st.integers(1, 11)))
def test_versions_of_a_key_stay_together(history: list[tuple[str, bool]], cuts: set[int]) -> None:
    """Wherever a page ends, every key is told once, with all its versions and markers in their order."""
    entries = [(key, f"v{number}", is_marker) for number, (key, is_marker) in enumerate(history)]
    edges = [0, *sorted(cut for cut in cuts if cut < len(entries)), len(entries)]
    several = [entries[start:end] for start, end in pairwise(edges)]
    pages = [
        page_of_versions(some, number + 1 if number + 1 < len(several) else None)
        for number, some in enumerate(several)
    ]

    told = [of_key for page in versions(turned(pages, "VersionIdMarker"), TARGET) for of_key in page]

    seen = [tuple([one.text("VersionId") for one in some] for some in of_key) for of_key in told]
    by_key = [list(some) for _, some in groupby(entries, key=lambda one: one[0])]
    assert sorted(seen) == sorted(
        (
            [version for _, version, is_marker in some if not is_marker],
            [version for _, version, is_marker in some if is_marker],
        )
        for some in by_key
    )


def test_every_page_of_keys_is_turned() -> None:
    """A list of objects goes on where the service says, and asks for owners and restores."""
    asked: list[Call] = []
    pages = {
        "": Answer({"IsTruncated": True, "NextContinuationToken": "more", "Contents": [{"Key": "a"}]}),
        "more": Answer({"IsTruncated": False, "Contents": [{"Key": "b"}]}),
    }

    def send(call: Call) -> Outcome:
        asked.append(call)
        return pages[str(call.params.get("ContinuationToken", ""))]

    assert [[one.text("Key") for one in page] for page in keys(send, TARGET)] == [["a"], ["b"]]
    assert [call.params["FetchOwner"] for call in asked] == [True, True]
    assert {(call.operation, call.region) for call in asked} == {("ListObjectsV2", "eu-west-1")}


def test_an_empty_bucket_has_no_uploads() -> None:
    """A page that lists nothing is an answer, too."""
    assert list(uploads(lambda _: Answer({"IsTruncated": False}), TARGET)) == [()]


BREAKS = {
    "no word on whether there is more": Answer({"Contents": []}),
    "more, and no word on where": Answer({"IsTruncated": True, "Contents": []}),
    "more of the same": Answer({"IsTruncated": True, "NextContinuationToken": "same", "Contents": []}),
    "no list of entries": Answer({"IsTruncated": False, "Contents": {"Key": {}}}),
    "denied": Failure("denied", "AccessDenied"),
}


@pytest.mark.parametrize("answer", BREAKS.values(), ids=BREAKS)
def test_a_list_that_breaks_off_is_not_its_end(answer: Outcome) -> None:
    """Whatever does not say that it is complete is not taken for complete."""
    with pytest.raises(Undetermined):
        [one.text("Key") for page in keys(lambda _: answer, TARGET) for one in page]


def test_a_denied_list_names_the_permission() -> None:
    """Whoever reads the report knows what to grant."""
    with pytest.raises(Undetermined, match="s3:ListBucketVersions is denied"):
        list(versions(lambda _: Failure("denied", "AccessDenied"), TARGET))
