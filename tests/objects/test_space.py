"""Does every version count once in each table, with bounded memory whatever the keys are?"""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bucketwright.objects import space
from bucketwright.objects.headings import ELSEWHERE, Heading, headings
from bucketwright.objects.lying import Lying
from bucketwright.objects.space import Space

TODAY: Final = date(2026, 11, 21)
NOW: Final = datetime(2026, 11, 21, 12, tzinfo=UTC)
ROWS: Final = st.lists(
    st.builds(
        Lying,
        st.text(alphabet="ab/", min_size=1, max_size=4),
        st.integers(0, 2**50),
        st.none() | st.integers(0, 5_000).map(lambda days: NOW - timedelta(days=days)),
        st.sampled_from(["STANDARD", "GLACIER", "NEW"]),
        is_latest=st.booleans(),
        is_marker=st.booleans(),
    ),
    max_size=40,
)


def counted(rows: list[Lying]) -> Space:
    """A bucket with these in it."""
    found = Space(headings(()), TODAY)
    for row in rows:
        found.add(row)
    return found


@pytest.mark.requirement("TC-6")
@given(rows=ROWS)
def test_every_table_has_everything(rows: list[Lying]) -> None:
    """Objects and bytes add up to the same by prefix, age and class; markers are counted beside them."""
    found = counted(rows)
    objects = [row for row in rows if not row.is_marker]

    for table in (found.prefixes.values(), found.ages.values(), (found.current, found.old)):
        assert sum(lots.objects for lots in table) == len(objects)
        assert sum(lots.size for lots in table) == sum(row.size for row in objects)
    assert found.markers == len(rows) - len(objects)
    assert found.old.objects == sum(not row.is_latest for row in objects)
    classes = Counter(row.storage_class for row in objects if row.is_latest)
    assert {name: lot.objects for name, lot in found.current.by_class.items()} == classes


@pytest.mark.parametrize(
    ("days", "name"),
    [
        (-1, "up to 7 days"),
        (7, "up to 7 days"),
        (8, "8 to 30 days"),
        (30, "8 to 30 days"),
        (90, "31 to 90 days"),
        (365, "91 days to a year"),
        (366, "1 to 3 years"),
        (1_096, "more than 3 years"),
        (None, "of unknown age"),
    ],
)
def test_an_age_has_its_band(days: int | None, name: str) -> None:
    """Whole days in UTC; what came after the list began is new, what has no time is of no age."""
    modified = None if days is None else NOW - timedelta(days=days)

    assert list(counted([Lying("a", 1, modified)]).ages) == [name]


def test_many_paths_are_put_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the most that are told apart, keys count elsewhere; those of a known path still count there."""
    monkeypatch.setattr(space, "MOST_HEADINGS", 2)
    found = counted([Lying(f"{name}/x", 1, None) for name in ("a", "b", "c", "d", "a")])

    assert {heading: lots.objects for heading, lots in found.prefixes.items()} == {
        Heading("a/"): 2,
        Heading("b/"): 1,
        ELSEWHERE: 2,
    }


def test_a_declared_prefix_always_has_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """There are as many of them as the contract has."""
    monkeypatch.setattr(space, "MOST_HEADINGS", 1)
    found = Space(lambda key: Heading(key, declared=key == "own"), TODAY)
    for key in ("a", "b", "own"):
        found.add(Lying(key, 1, None))

    assert set(found.prefixes) == {Heading("a"), ELSEWHERE, Heading("own", declared=True)}


def test_many_classes_are_put_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that invents storage classes makes no table without end."""
    monkeypatch.setattr(space, "MOST_CLASSES", 2)
    found = counted([Lying("a", 1, None, f"CLASS_{number}") for number in range(50)])

    assert {name: lot.objects for name, lot in found.current.by_class.items()} == {
        "CLASS_0": 1,
        "CLASS_1": 1,
        "OTHER": 48,
    }


def test_uploads_of_unknown_size_are_counted() -> None:
    """Their bytes are no zero: how many they are is said."""
    found = counted([])
    for size in (5, None, 7):
        found.uploads.add(size)

    assert (found.uploads.count, found.uploads.size, found.uploads.unsized) == (3, 12, 1)
