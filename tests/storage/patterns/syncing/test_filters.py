"""Does the last pattern that fits a name decide?"""

from collections.abc import Sequence
from fnmatch import fnmatchcase
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bucketwright.storage import Refused
from bucketwright.storage.patterns.syncing.filters import Filter, Filters


@pytest.mark.requirement("TC-1")
@given(
    st.lists(st.tuples(st.booleans(), st.text("ab/*?", min_size=1, max_size=4)), max_size=5),
    st.text("ab/", max_size=5),
)
def test_the_last_that_fits(rows: Sequence[tuple[bool, str]], name: str) -> None:
    """Against going through them one by one."""
    expected = True
    for takes, pattern in rows:
        if fnmatchcase(name, pattern):
            expected = takes

    assert Filters(Filter(*row) for row in rows).take(name) == expected


@pytest.mark.requirement("TC-1")
@pytest.mark.parametrize(
    ("rows", "taken"),
    [
        ([], {"a.txt", "b/c.txt", "b/d.log"}),
        ([(False, "*")], set()),
        ([(False, "*"), (True, "*.txt")], {"a.txt", "b/c.txt"}),
        ([(True, "*.txt"), (False, "*")], set()),
        ([(False, "b/*")], {"a.txt"}),
        ([(False, "b/*"), (True, "b/c*")], {"a.txt", "b/c.txt"}),
        ([(False, "*.TXT")], {"a.txt", "b/c.txt", "b/d.log"}),
        ([(False, "[ab].txt")], {"b/c.txt", "b/d.log"}),
    ],
    ids=["none", "nothing", "only texts", "the wrong order", "a folder", "and back", "case counts", "some"],
)
def test_as_people_write_them(rows: Sequence[tuple[bool, str]], taken: set[str]) -> None:
    """A star stands for folders, too."""
    filters = Filters(Filter(*row) for row in rows)

    assert {name for name in ("a.txt", "b/c.txt", "b/d.log") if filters.take(name)} == taken


def test_many_stars() -> None:
    """A pattern that could go through a long name in very many ways is still decided."""
    filters = Filters([Filter(False, "*a" * 100 + "b")])

    assert filters.take("a" * 1_000)
    assert not filters.take("a" * 1_000 + "b")


@pytest.mark.parametrize("pattern", ["", "a" * 1_025])
def test_patterns_that_are_none(pattern: str) -> None:
    """They are refused."""
    for takes, text in product((True, False), (pattern,)):
        with pytest.raises(Refused):
            Filters([Filter(takes, text)])
