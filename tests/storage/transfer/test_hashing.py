"""Are the hashes of content and of its parts those of the bytes, however these come?"""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bucketwright.contract.buckets import Transfer
from bucketwright.contract.limits import MOST_PARTS
from bucketwright.storage.hashing import HEAD, Hashing
from bucketwright.storage.transfer.sizes import part_size, range_size, spans


@given(st.lists(st.binary(max_size=40)), st.integers(0, 25))
def test_hashes_of_what_passes_by(pieces: list[bytes], size: int) -> None:
    """Whole and parts have the hashes of the same bytes cut by hand."""
    hashing, whole = Hashing(size), b"".join(pieces)
    for piece in pieces:
        hashing.add(piece)
    cut = [whole[first : first + size] for first in range(0, len(whole), size)] if size else []

    assert (hashing.size, hashing.sha256) == (len(whole), sha256(whole).hexdigest())
    assert list(hashing.parts) == [sha256(part).hexdigest() for part in cut]
    assert hashing.head == whole


@given(st.text(max_size=60), st.binary(max_size=6), st.integers(1, 5))
def test_the_spelling_of_what_passes_by(text: str, other: bytes, step: int) -> None:
    """The same is found as of all of it at once, wherever the pieces are cut."""
    hashing, whole = Hashing(), text.encode("utf-8", "ignore") + other
    for first in range(0, len(whole), step):
        hashing.add(whole[first : first + step])
    try:
        whole.decode("utf-8")
    except UnicodeDecodeError:
        assert not hashing.is_utf8
    else:
        assert hashing.is_utf8


def test_the_beginning() -> None:
    """No more of it is kept than is looked at."""
    hashing = Hashing()
    for _ in range(5):
        hashing.add(b"ab" * 20_000)

    assert hashing.head == (b"ab" * 100_000)[:HEAD]


@pytest.mark.requirement("CS-7")
@pytest.mark.requirement("FP-6")
@pytest.mark.requirement("TC-2")
@pytest.mark.parametrize(
    ("size", "transfer", "expected"),
    [
        (100 * 10**6, Transfer(), 0),
        (100 * 10**6 + 1, Transfer(), 50 * 10**6),
        (64 * 10**6 + 1, Transfer(threshold="64 MB", part_size="16 MB"), 16 * 10**6),
        (10**12, Transfer(), 10**8),
        (10**12 + 1, Transfer(), 10**8 + 1),
        (5 * 10**9 + 1, Transfer(threshold="1 TB"), 50 * 10**6),
    ],
    ids=["at the threshold", "above it", "another's", "as many as can be", "one more", "too much at once"],
)
def test_in_which_parts(size: int, transfer: Transfer, expected: int) -> None:
    """Those of the contract, as long as there are not too many; what one request can take goes at once."""
    part = part_size(size, transfer)

    assert part == expected
    if part:
        cut = spans(size, part)
        assert len(cut) <= MOST_PARTS
        assert sum(length for _, length in cut) == size
        assert [first for first, _ in cut] == list(range(0, size, part))


@pytest.mark.requirement("CS-7")
@pytest.mark.parametrize(
    ("size", "transfer", "expected"),
    [
        (100 * 10**6, Transfer(), 0),
        (100 * 10**6 + 1, Transfer(), 16 * 10**6),
        (64 * 10**6 + 1, Transfer(threshold="6 MB", part_size="5 MiB"), 5 * 2**20),
        (10**12, Transfer(), 10**8),
    ],
    ids=["at once", "smaller than parts", "as the contract has it", "as many as there may be"],
)
def test_how_much_is_read_at_a_time(size: int, transfer: Transfer, expected: int) -> None:
    """As little as lets the hash keep up, and no more ranges than parts there may be."""
    assert range_size(size, transfer) == expected
