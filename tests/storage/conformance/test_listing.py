"""In which order, and from where on, are objects listed on every backend?"""

import pytest

from bucketwright.storage.stored import Attributes
from tests.storage.kept import BUCKET, Kept, content

NAMES = ("a", "a!", "a.b/c", "a/b", "a0", "B", "b", "é", "\uffee", "\U0001f600", "z/y/x", "~")


@pytest.fixture
def listed(kept: Kept, prefix: str) -> str:
    """A prefix under which objects lie, and beside which others do."""
    for name in (*(f"{prefix}{name}" for name in NAMES if kept.is_flat or name != "a"), f"{prefix[:-1]}x"):
        with content(name.encode()) as body:
            kept.backend.put(kept.at(name), body, Attributes())
    return prefix


def names(kept: Kept, begin: str, after: str = "") -> list[str]:
    return [row.key for row in kept.backend.rows(BUCKET, begin, after)]


@pytest.mark.requirement("AP-5")
def test_keys_come_in_the_order_of_their_bytes(kept: Kept, listed: str) -> None:
    """That of UTF-8, in which neither case nor folders nor UTF-16 play a part."""
    expected = [listed + name for name in sorted(NAMES, key=str.encode) if kept.is_flat or name != "a"]

    assert names(kept, listed) == expected


@pytest.mark.parametrize("name", ["a", "a/", "a.", "z/y/", "é", "nothing"])
def test_keys_that_begin_so(kept: Kept, listed: str, name: str) -> None:
    """Only they are listed, whether or not the beginning ends at a slash."""
    expected = [key for key in names(kept, listed) if key.startswith(listed + name)]

    assert names(kept, listed + name) == expected


@pytest.mark.parametrize("name", ["", "a", "a0", "between", "~", "\U0001f600"])
def test_keys_after_another(kept: Kept, listed: str, name: str) -> None:
    """The key itself is left out, and need not be there."""
    every = names(kept, listed)
    expected = [key for key in every if key.encode() > (listed + name).encode()]

    assert names(kept, listed, listed + name) == expected


def test_rows_tell_what_a_look_tells(kept: Kept, listed: str) -> None:
    """Size, ETag and time are the object's."""
    for row in kept.backend.rows(BUCKET, listed):
        found = kept.backend.head(kept.at(row.key))
        assert (row.size, row.etag) == (found.size, found.etag)
        assert row.modified is not None
        assert found.modified is not None
        assert abs((row.modified - found.modified).total_seconds()) <= 1
