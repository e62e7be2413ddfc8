"""Is exactly what was abandoned swept, and nothing that is alive?"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bucketwright.storage.backends.memory import Memory
from bucketwright.storage.opened import swapped
from bucketwright.storage.patterns.session_traces import Seen, Trace
from bucketwright.storage.patterns.sweeping import (
    Abandoned,
    Session,
    Swept,
    Terms,
    Unfinished,
    abandoned,
    is_over,
    sweep,
)
from bucketwright.storage.stored import At, Attributes, Stored, Upload
from tests.storage.kept import content
from tests.storage.patterns.runs import in_memory

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
BUCKET = "works-dev-sessions"
FILES = "works-dev-files"


class Dated(Memory):
    """Objects and uploads have the ages that tests give them; None where a server says none."""

    def __init__(self) -> None:
        super().__init__()
        self.ages: dict[str, timedelta | None] = {}

    def rows(self, bucket: str, prefix: str, after: str = "") -> Iterator[Stored]:
        for row in super().rows(bucket, prefix, after):
            age = self.ages.get(row.key, timedelta(0))
            yield replace(row, modified=None if age is None else NOW - age)

    def uploads(self, bucket: str, prefix: str) -> Iterator[Upload]:
        for upload in super().uploads(bucket, prefix):
            yield replace(upload, begun=NOW - (self.ages.get(upload.key) or timedelta(0)))

    def add(self, key: str, age: timedelta | None, bucket: str = BUCKET) -> None:
        """An object of that age."""
        self.ages[key] = age
        with content(b"x" * 10) as one:
            self.put(At(bucket, key), one, Attributes())

    def add_upload(self, key: str, age: timedelta, bucket: str = BUCKET) -> str:
        """An unfinished upload of that age."""
        self.ages[key] = age
        return self.begin(At(bucket, key), Attributes())


def key(number: int, name: str = "incoming/a.pdf") -> str:
    return f"sessions/{UUID(int=number)}/{name}"


def found(backend: Memory, terms: Terms | None = None) -> list[Abandoned]:
    with swapped(backend):
        return [*abandoned(in_memory(), terms or Terms(NOW))]


def swept(backend: Memory, terms: Terms | None = None) -> list[Swept]:
    with swapped(backend):
        return [sweep(in_memory(), one, terms or Terms(NOW)) for one in found(backend, terms)]


def keys(backend: Memory, bucket: str = BUCKET) -> list[str]:
    objects = [row.key for row in backend.rows(bucket, "")]
    return objects + [f"{upload.key}?" for upload in backend.uploads(bucket, "")]


@pytest.mark.requirement("TU-1")
@pytest.mark.requirement("TU-2")
def test_a_session_whose_time_is_over() -> None:
    """It goes as a whole, with what was written late and what was not finished; a younger one stays."""
    backend = Dated()
    backend.add(key(1), DAY)
    backend.add(key(1, "pages/thumbs/1.png"), 2 * HOUR)
    backend.add_upload(key(1, "incoming/big.bin"), 3 * HOUR)
    backend.add(key(2), DAY - timedelta(seconds=1))

    (session,) = found(backend)
    assert isinstance(session, Session)
    assert (session.session_id, session.seen.objects, session.seen.uploads) == (str(UUID(int=1)), 2, 1)
    assert (session.seen.begun, session.seen.last) == (NOW - DAY, NOW - 2 * HOUR)
    assert swept(backend) == [Swept(2, 1)]
    assert keys(backend) == [key(2)]


@pytest.mark.requirement("TU-2")
@pytest.mark.parametrize(
    ("ages", "upload"),
    [
        ((timedelta(0),), None),
        ((DAY - timedelta(seconds=1),), None),
        ((9 * DAY, HOUR - timedelta(seconds=1)), None),
        ((9 * DAY,), HOUR - timedelta(seconds=1)),
        ((9 * DAY, None), None),
        ((-DAY,), None),
        ((), timedelta(0)),
    ],
    ids=[
        "new",
        "within its time",
        "written to",
        "being uploaded",
        "of unknown age",
        "from the future",
        "begun",
    ],
)
def test_what_is_alive(ages: tuple[timedelta | None, ...], upload: timedelta | None) -> None:
    """It is not found, and nothing of it goes."""
    backend = Dated()
    for number, age in enumerate(ages):
        backend.add(key(1, f"incoming/{number}"), age)
    if upload is not None:
        backend.add_upload(key(1, "incoming/big.bin"), upload)
    before = keys(backend)

    assert found(backend) == []
    assert keys(backend) == before


@pytest.mark.requirement("TU-2")
def test_a_session_that_comes_alive_in_between() -> None:
    """It is looked at again just before it would go, and stays."""
    backend = Dated()
    backend.add(key(1), 2 * DAY)
    (session,) = found(backend)
    backend.add(key(1, "incoming/b.pdf"), timedelta(0))

    with swapped(backend):
        assert sweep(in_memory(), session, Terms(NOW)) == Swept(is_alive=True)
    assert len(keys(backend)) == 2


def test_a_session_that_is_gone_in_between() -> None:
    """Its application finished it: there is nothing to do."""
    backend = Dated()
    backend.add(key(1), 2 * DAY)
    (session,) = found(backend)
    backend.delete(At(BUCKET, key(1)))

    with swapped(backend):
        assert sweep(in_memory(), session, Terms(NOW)) == Swept()


def test_what_belongs_to_no_session() -> None:
    """Keys that the contract's paths do not own stay, however old."""
    backend = Dated()
    for strange in ("sessions/nobody/incoming/a", "other/a", f"sessions/{UUID(int=1)}/else/a", "sessions/"):
        backend.add(strange, 99 * DAY)
        backend.add_upload(f"{strange}b", 99 * DAY)

    assert found(backend) == []


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        (Terms(NOW), ["dev/tmp/7/b1/old"]),
        (Terms(NOW, uploads=HOUR), ["dev/tmp/7/b1/old", "mirror/young"]),
        (Terms(NOW, uploads=9 * DAY), []),
    ],
    ids=["as the contract says", "sooner", "later"],
)
def test_uploads_that_nobody_finished(terms: Terms, expected: list[str]) -> None:
    """They go at the bucket's age, or another that is named; those of living sessions and strangers stay."""
    backend = Dated()
    backend.add_upload("dev/tmp/7/b1/old", 5 * DAY, FILES)
    backend.add_upload("mirror/young", 4 * DAY, FILES)
    backend.add_upload("undeclared/old", 9 * DAY, FILES)
    backend.add_upload(key(1, "incoming/big.bin"), DAY - HOUR)
    backend.add("mirror/old", 99 * DAY, FILES)

    assert [one.upload.key for one in found(backend, terms) if isinstance(one, Unfinished)] == expected
    assert all(one == Swept(dropped=1) for one in swept(backend, terms))
    assert found(backend, terms) == []
    assert key(1, "incoming/big.bin?") in keys(backend)
    assert {"mirror/old", "undeclared/old?"} <= set(keys(backend, FILES))


@given(
    st.lists(st.one_of(st.none(), st.integers(-5, 60)), max_size=6),
    st.integers(1, 48),
    st.integers(0, 48),
)
def test_over_or_not(ages: list[int | None], ttl: int, idle: int) -> None:
    """Against the definition: all ages known, the oldest over the time, the youngest over the pause."""
    seen = Seen()
    for age in ages:
        seen.add(Trace("k", None if age is None else NOW - age * HOUR))
    known = [age for age in ages if age is not None]
    expected = bool(ages) and known == ages and max(known) >= ttl and min(known) >= min(idle, ttl)

    assert is_over(seen, ttl * HOUR, Terms(NOW, idle * HOUR)) == expected
