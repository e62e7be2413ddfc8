"""However a list is shared out, all of it is told, nothing twice, and each page covers what it says."""

from collections.abc import Callable, Sequence
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucketwright.s3.wholeness import BadAnswerError
from bucketwright.s3.wire.lists import Turned
from bucketwright.s3.wire.ranges import Manner, Piece, Range, Ranges
from bucketwright.s3.wire.rows import Marker, Row
from bucketwright.s3.wire.splits import split
from tests.s3.wire.many_keys import KEYS, Bucket, row

Rows = Sequence[Row | Marker]
EAGER = Manner(in_parts=True, whole_keys=True, most_empty=3, worth=0)
OF_VERSIONS = EAGER._replace(whole_keys=False)


def listed(
    bucket: Bucket, manner: Manner, span: tuple[str, str | None], readers: int, choose: Callable[[int], int]
) -> list[Piece[Row | Marker]]:
    """All pieces, where chance decides who is answered next, and how much."""
    ranges: Ranges[Row | Marker] = Ranges(*span, manner)
    asked = [(part, ask(bucket, part, choose)) for part in ranges.parts]
    told: list[Piece[Row | Marker]] = []
    while asked:
        part, page = asked.pop(choose(len(asked) - 1))
        piece = ranges.turned(part, page)
        told += [] if piece is None else [piece]
        if part in ranges.parts:
            asked.append((part, ask(bucket, part, choose)))
        while len(asked) < readers and (taken := ranges.stolen()) is not None:
            asked.append((taken, ask(bucket, taken, choose)))
    assert not ranges.parts
    return told


def ask(bucket: Bucket, part: Range[Row | Marker], choose: Callable[[int], int]) -> Turned[Row | Marker]:
    """A page of any size; none is empty twice in a row."""
    was_empty = part.following is not None and part.following["empty"] != "0"
    return bucket.page(part.low, part.following, max(choose(5), was_empty or part.following is None))


def chance(seed: int) -> Callable[[int], int]:
    """Chooses a number up to another."""
    random = Random(seed)  # noqa: S311 - no secret
    return lambda most: random.randint(0, most)


def spans(keys: set[str]) -> st.SearchStrategy[tuple[str, str | None]]:
    """Ranges that begin and end at keys, between them, or nowhere."""
    ends = st.one_of(st.sampled_from(sorted(keys) or ["m"]), st.text(max_size=3))
    return st.tuples(st.just("") | ends, st.none() | ends).filter(
        lambda span: span[1] is None or span[0] < span[1]
    )


@settings(max_examples=200, deadline=None)
@given(st.data(), KEYS, st.integers(1, 8), st.integers(0, 2**32))
def test_the_union_is_the_set(data: st.DataObject, keys: set[str], readers: int, seed: int) -> None:
    """Of any set of keys, by any number of readers in any order, each key of the range is told once."""
    low, high = data.draw(spans(keys))
    bucket = Bucket([row(key) for key in sorted(keys, key=str.encode)])

    pieces = listed(bucket, EAGER, (low, high), readers, chance(seed))

    expected = sorted(key for key in keys if low < key and (high is None or key <= high))
    assert sorted(one.key for piece in pieces for one in piece.rows) == expected
    assert_covered(pieces, low, high)


@settings(max_examples=200, deadline=None)
@given(KEYS, st.integers(1, 6), st.integers(0, 2**32))
def test_versions_stay_together(keys: set[str], readers: int, seed: int) -> None:
    """All versions of a key are told in one piece, in their order."""
    choose = chance(seed)
    rows: list[Row | Marker] = []
    for key in sorted(keys, key=str.encode):
        rows += [row(key, str(number)) for number in range(1 + choose(3))]

    pieces = listed(Bucket(rows), OF_VERSIONS, ("", None), readers, choose)

    told = [one for piece in sorted(pieces, key=lambda piece: piece.low) for one in piece.rows]
    assert told == rows
    assert_covered(pieces, "", None)


def assert_covered(pieces: list[Piece[Row | Marker]], low: str, high: str | None) -> None:
    """The pieces lie side by side, hold what they say, and leave nothing out."""
    ordered = sorted(pieces, key=lambda piece: (piece.low, piece.high is None, piece.high))
    assert [piece.low for piece in ordered] == [low, *(piece.high for piece in ordered[:-1])]
    assert ordered[-1].high == high
    for piece in ordered:
        assert all(
            piece.low < one.key and (piece.high is None or one.key <= piece.high) for one in piece.rows
        )


@settings(deadline=None)
@given(st.text(max_size=4), st.text(max_size=6), st.none() | st.text(max_size=6), st.integers(0, 1))
def test_splits_lie_between(before: str, at: str, high: str | None, guess: int) -> None:
    """What splits a range lies in it, can be sent, and is in the same order as bytes as it is as text."""
    middle = split(min(before, at), at, high, guess)

    if middle is not None:
        assert at.encode() < middle.encode()
        assert high is None or middle.encode() < high.encode()


SHAPES = {
    "hashes": [f"{number * 2654435761 % 2**32:08x}" for number in range(10_000)],
    "numbers": [f"{number:012}" for number in range(10_000)],
    "days": [f"m={m:02}/d={d:02}/part-{n:05}" for m in range(10) for d in range(25) for n in range(40)],
    "one-deep-folder": [f"a/{'very/' * 20}deep/{number:08}" for number in range(10_000)],
    "skewed": [f"a{n}" for n in range(9)] + [f"m/{'x' * 99}/{n}" for n in range(10_000)] + ["z"],
    "users": [f"users/{number * 40503 % 65536:04x}/{number}.json" for number in range(10_000)],
    "han": [f"{chr(0x4E00 + number * 31 % 5000)}{number}" for number in range(10_000)],
}


@pytest.mark.parametrize("keys", SHAPES.values(), ids=SHAPES)
def test_shared_out_well(keys: list[str]) -> None:
    """Whatever keys look like, eight readers are several times as fast as one, and ask little in vain."""
    bucket, size = Bucket([row(key) for key in sorted(keys)]), 50
    ranges: Ranges[Row | Marker] = Ranges("", None, EAGER._replace(worth=2 * size))
    rounds = asked = 0
    while ranges.parts:
        rounds += 1
        pages = [(part, bucket.page(part.low, part.following, size)) for part in ranges.parts]
        asked += len(pages)
        for part, page in pages:
            ranges.turned(part, page)
        while 0 < len(ranges.parts) < 8 and ranges.stolen() is not None:
            pass

    alone = len(keys) / size
    assert alone / rounds > 3
    assert asked / alone < 1.6


def test_servers_that_know_no_parts() -> None:
    """A server that lists only from the beginning is read from there; what was wished for is told."""
    bucket = Bucket([row(key) for key in ("a", "b", "c", "d")])
    ranges: Ranges[Row | Marker] = Ranges("b", None, EAGER._replace(in_parts=False))
    [part] = ranges.parts

    piece = ranges.turned(part, bucket.page("", None, 10))

    assert ranges.stolen() is None
    assert piece is not None
    assert [one.key for one in piece.rows] == ["c", "d"]


@pytest.mark.parametrize("in_parts", [True, False])
def test_disorder(in_parts: bool) -> None:
    """What is out of order is put in order where one page is all, and else is no list."""
    page = Bucket([row("b"), row("a")]).page("", None, 10)
    ranges: Ranges[Row | Marker] = Ranges("", None, EAGER._replace(in_parts=in_parts))

    if in_parts:
        with pytest.raises(BadAnswerError, match="not in order"):
            ranges.turned(ranges.parts[0], page)
    else:
        piece = ranges.turned(ranges.parts[0], page)
        assert piece is not None
        assert [one.key for one in piece.rows] == ["a", "b"]


def test_servers_that_begin_with_what_they_ended_with() -> None:
    """A version that comes at the end of a page and again at the beginning of the next is told once."""
    rows: list[Row | Marker] = [row("a", "1"), row("a", "2"), row("b", "3")]
    ranges: Ranges[Row | Marker] = Ranges("", None, OF_VERSIONS)
    [part] = ranges.parts
    first = Turned(["a", "a"], rows[:2].__getitem__, {"key-marker": "a"})
    second = Turned(["a", "b"], rows[1:].__getitem__, None)

    pieces = [ranges.turned(part, first), ranges.turned(part, second)]

    assert pieces == [None, Piece(rows, "", None)]


def versions(*names: str) -> Turned[Row | Marker]:
    """A page that holds these, each a key and a version, after which more follows."""
    rows: list[Row | Marker] = [row(*name.split()) for name in names]
    return Turned([one.key for one in rows], rows.__getitem__, {"key-marker": " ".join(names)})


@pytest.mark.parametrize(
    "pages",
    [
        pytest.param([versions("a 1", "a 1")], id="one-after-the-other"),
        pytest.param([versions("a 1", "a 2", "a 1", "b 1")], id="with-another-between"),
        pytest.param([versions("a 1", "a 2"), versions("a 1", "b 1")], id="on-the-next-page"),
        pytest.param([versions("a 1"), versions("a 2"), versions("a 3"), versions("a 2")], id="pages-later"),
    ],
)
def test_versions_that_come_again(pages: list[Turned[Row | Marker]]) -> None:
    """A list in which a version of a key stands twice is none, however far apart."""
    ranges: Ranges[Row | Marker] = Ranges("", None, OF_VERSIONS)
    [part] = ranges.parts

    *fine, last = pages
    for page in fine:
        ranges.turned(part, page)
    with pytest.raises(BadAnswerError, match="listed twice"):
        ranges.turned(part, last)


def test_the_same_version_of_other_keys() -> None:
    """Keys that are on several pages may each have a version of one name."""
    ranges: Ranges[Row | Marker] = Ranges("", None, OF_VERSIONS)
    [part] = ranges.parts
    pages = [versions("a null", "a 1", "b null"), versions("b 1", "c null"), versions("d null", "d 1")]

    pieces = [ranges.turned(part, page) for page in pages]

    told = [f"{one.key} {one.version}" for piece in pieces if piece is not None for one in piece.rows]
    assert told == ["a null", "a 1", "b null", "b 1", "c null"]


@pytest.mark.parametrize("in_parts", [True, False])
@pytest.mark.parametrize("keys", ["aab", "bab"], ids=["in-order", "out-of-order"])
def test_keys_that_come_again(in_parts: bool, keys: str) -> None:
    """A list of keys in which one stands twice is none, whether the server keeps an order or not."""
    ranges: Ranges[Row | Marker] = Ranges("", None, EAGER._replace(in_parts=in_parts))

    with pytest.raises(BadAnswerError, match="the same key is listed twice"):
        ranges.turned(ranges.parts[0], Bucket([row(key) for key in keys]).page("", None, 10))


def test_pages_without_end() -> None:
    """Empty pages that always point to another end at some time."""
    ranges: Ranges[Row | Marker] = Ranges("", None, EAGER)
    [part] = ranges.parts
    empty: list[Row | Marker] = []

    for number in range(3):
        assert ranges.turned(part, Turned([], empty.__getitem__, {"at": str(number)})) is None
    with pytest.raises(BadAnswerError, match="more than 3 empty pages"):
        ranges.turned(part, Turned([], empty.__getitem__, {"at": "more"}))
