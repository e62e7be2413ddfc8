"""Is everything in a bucket added up over the wire as it is by the SDK, and what cannot be listed said?"""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.objects.place import Told
from audits.space_listing import count
from audits.space_wire import count_on_wire
from bucketwright.calls import Answer, Call, Failure, Outcome
from bucketwright.facets.reading import Target
from bucketwright.objects.headings import headings
from bucketwright.objects.space import Space
from bucketwright.s3.wire.rows import Marker, Page, Row, Upload

TARGET: Final = Target("bucket", "files", {"Bucket": "files"}, "eu-west-1")
TODAY: Final = date(2026, 11, 21)
DENIED: Final = Failure("denied", "AccessDenied", "no")
LATE: Final = Failure("late")


def row(key: str, size: int = 5, modified: str = "2026-11-20T00:00:00.000Z", *, latest: bool = True) -> Row:
    """One version."""
    return Row(key, '"e"', modified, size, "", None, "", restoring=False, version="v", is_latest=latest)


def marker(key: str) -> Marker:
    """A delete marker."""
    return Marker(key, "2026-11-20T00:00:00.000Z", None, "m", is_latest=True)


def broken(why: Failure) -> Page[Row | Marker]:
    """A range of which nothing is known."""
    return Page([], "", None, why)


@dataclass(frozen=True)
class Place:
    """Answers with pages."""

    of_versions: Sequence[Page[Row | Marker]] = ()
    of_keys: Sequence[Page[Row]] = ()
    of_uploads: Sequence[Page[Upload]] = field(default_factory=tuple)

    async def versions(self) -> AsyncIterator[Page[Row | Marker]]:
        for page in self.of_versions:
            yield page

    async def keys(self) -> AsyncIterator[Page[Row]]:
        for page in self.of_keys:
            yield page

    async def uploads(self) -> AsyncIterator[Page[Upload]]:
        for page in self.of_uploads:
            yield page

    async def head(self, key: str, version: str = "") -> Mapping[str, str] | Failure:
        raise AssertionError(key, version)

    def begin_head(self, key: str, version: str, told: Told) -> None:
        raise AssertionError(key, version)

    async def ask(self, call: Call) -> Outcome:
        raise AssertionError(call)


def told(place: Place) -> tuple[Space, tuple[str, ...]]:
    """What lies in the bucket, and what is missing."""
    space = Space(headings(()), TODAY)
    return space, asyncio.run(count_on_wire(space, place))


ROWS: Final = st.lists(
    st.builds(
        row,
        st.text(alphabet="ab/", min_size=1, max_size=3),
        st.integers(0, 2**40),
        st.sampled_from(["2026-11-20T00:00:00.000Z", "2020-01-01T00:00:00.000Z", "noon"]),
        latest=st.booleans(),
    )
    | st.builds(marker, st.text(alphabet="ab/", min_size=1, max_size=3)),
    max_size=12,
)


@given(rows=ROWS, cut=st.integers(0, 12))
def test_both_ways_count_the_same(rows: list[Row | Marker], cut: int) -> None:
    """In whatever pages, and in whatever order of ranges, it comes to what the SDK's list comes to."""
    several = [Page[Row | Marker](part, "", None) for part in (rows[cut:], rows[:cut])]
    fast, missing = told(Place(several))

    slow = Space(headings(()), TODAY)
    assert list(count(slow, lambda call: answered(call, rows), TARGET)) == list(missing) == []
    assert fast.prefixes == slow.prefixes
    assert fast.ages == slow.ages
    assert (fast.current, fast.old, fast.markers) == (slow.current, slow.old, slow.markers)


def answered(call: Call, rows: Sequence[Row | Marker]) -> Outcome:
    """The same rows, as the SDK tells them."""
    if call.operation != "ListObjectVersions":
        return Answer({"IsTruncated": False})
    versions = [one for one in rows if isinstance(one, Row)]
    return Answer(
        {
            "IsTruncated": False,
            "Versions": [
                {"Key": one.key, "Size": one.size, "LastModified": one.modified, "IsLatest": one.is_latest}
                for one in versions
            ],
            "DeleteMarkers": [{"Key": one.key} for one in rows if isinstance(one, Marker)],
        }
    )


def test_without_versions_what_readers_find_is_counted() -> None:
    """Where no range of versions could be listed the keys are, and the rest is said once."""
    space, missing = told(Place([broken(DENIED), broken(DENIED)], [Page([row("a")], "", None)]))

    assert space.current.objects == 1
    assert missing == (
        "old versions and delete markers: ListObjectVersions: s3:ListBucketVersions is denied",
    )


def test_a_range_that_is_missing_is_said() -> None:
    """What came counts; that there is more is no reason to count it twice."""
    space, missing = told(Place([Page([row("a")], "", "a"), broken(LATE)], [Page([row("a")], "", None)]))

    assert space.current.objects == 1
    assert missing == (
        "objects beyond those that are counted: ListObjectVersions: time was up before it was answered",
    )


def test_a_bucket_that_nobody_may_list_is_no_empty_one() -> None:
    """Each list that was refused is said."""
    refused = Page[Row]([], "", None, DENIED)
    space, missing = told(Place([broken(DENIED)], [refused], [Page([], "", None, DENIED)]))

    assert space.current.objects == 0
    assert [sentence.partition(":")[0] for sentence in missing] == [
        "old versions and delete markers",
        "objects beyond those that are counted",
        "unfinished uploads",
    ]


def test_an_empty_bucket_is_one() -> None:
    """A list that was answered and has nothing is not asked for in another way."""
    space, missing = told(Place([Page([], "", None)], [Page([row("a")], "", None)]))

    assert (space.current.objects, missing) == (0, ())


@pytest.mark.parametrize(("size", "unsized"), [(7, 0), (DENIED, 1)])
def test_uploads_count_with_their_parts(size: int | Failure, unsized: int) -> None:
    """Where parts could not be listed their bytes are not known."""
    upload = Upload("u", "1", "2026-11-20T00:00:00.000Z", None, "STANDARD", size)

    space, _ = told(Place([Page([], "", None)], (), [Page([upload], "", None)]))

    assert (space.uploads.count, space.uploads.unsized) == (1, unsized)
