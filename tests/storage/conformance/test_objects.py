"""Is an object what was written, and all of it, on every backend?"""

import pytest

from bucketwright.storage.backends.interface import Reading
from bucketwright.storage.errors import Changed, Damaged, NotFound, Refused
from bucketwright.storage.stored import SHA256, At, Attributes, IfMatch, Span, Stored
from tests.storage.kept import Kept, Lying, content

ABOUT = Attributes(
    "text/plain; charset=utf-8",
    {"who": "tests", "note": "one + one = 2"},
    {"kind": "scan", "bucketwright:prefix": "a b"},
    "max-age=60",
    'attachment; filename="a b.txt"',
    "gzip",
)
ODD_KEYS = (
    "plain.txt",
    "a b+c%20/é&=?#",
    "quotes'\"<>",
    "..hidden/...x",
    "日本語/😀",
    "con/nul.txt",
    "back\\slash",
    "x" * 200,
    "/".join(["deep"] * 60),
    "star*?[a]",
)
FLAT_KEYS = ("file", "file/below", "file/", "two//slashes", "/first", "UPPER", "upper", "y" * 900)


def put(kept: Kept, key: str, data: bytes = b"data", about: Attributes = ABOUT) -> Stored:
    with content(data) as body:
        return kept.backend.put(kept.at(key), body, about)


def all_of(opened: Reading) -> bytes:
    pieces = []
    while piece := opened.read(1000):
        pieces.append(piece)
    opened.close()
    return b"".join(pieces)


@pytest.mark.requirement("AP-5")
@pytest.mark.parametrize("size", [0, 1, 999, 300_000], ids="{} bytes".format)
def test_content_comes_back(kept: Kept, prefix: str, size: int) -> None:
    """What was written is read, and told of by a write and by a look alike."""
    data = bytes(number % 251 for number in range(size))
    stored = put(kept, f"{prefix}a", data)
    found = kept.backend.head(kept.at(f"{prefix}a"))

    assert all_of(kept.backend.get(kept.at(f"{prefix}a"))) == data
    assert (found.size, found.etag, found.key) == (size, stored.etag, f"{prefix}a")
    assert found.modified is not None
    assert not stored.etag.startswith('"')


def test_all_that_was_said_is_kept(kept: Kept, prefix: str) -> None:
    """Type, headers, metadata and tags come back as they were said, also with a read."""
    put(kept, f"{prefix}a")
    at = kept.at(f"{prefix}a")
    opened = kept.backend.get(at)
    opened.close()

    for found in (kept.backend.head(at), opened.stored):
        assert found.content_type == ABOUT.content_type
        assert found.metadata == ABOUT.metadata
        assert found.cache_control == ABOUT.cache_control
        assert found.content_disposition == ABOUT.content_disposition
        assert found.content_encoding == ABOUT.content_encoding
    assert kept.backend.tags(at) == ABOUT.tags


def test_a_hash_that_was_noted_is_told(kept: Kept, prefix: str) -> None:
    """What was noted in metadata under the client's own name is the object's hash."""
    put(kept, f"{prefix}a", about=Attributes(metadata={SHA256: "f" * 64}))

    assert kept.backend.head(kept.at(f"{prefix}a")).sha256 == "f" * 64


@pytest.mark.parametrize("key", ODD_KEYS, ids=[key[:20] for key in ODD_KEYS])
def test_keys_are_what_they_are(kept: Kept, prefix: str, key: str) -> None:
    """An object is found under its very key, and listed under it."""
    put(kept, prefix + key, key.encode())

    assert all_of(kept.backend.get(kept.at(prefix + key))) == key.encode()
    assert [row.key for row in kept.backend.rows(kept.at("").bucket, prefix)] == [prefix + key]


def test_keys_are_no_paths(kept: Kept, prefix: str) -> None:
    """Where keys are any text, those that file systems take for one, or for none, are each their own."""
    keys = FLAT_KEYS if kept.is_flat else ("UPPER", "upper")
    for key in keys:
        put(kept, prefix + key, key.encode())

    assert {key: all_of(kept.backend.get(kept.at(prefix + key))) for key in keys} == {
        key: key.encode() for key in keys
    }
    found = {row.key for row in kept.backend.rows(kept.at("").bucket, prefix)}
    assert found == {prefix + key for key in keys}


def test_what_is_not_there_is_not_found(kept: Kept, prefix: str) -> None:
    """Every way to ask for it says so in the same way."""
    at = kept.at(f"{prefix}nothing")

    for ask in (kept.backend.head, kept.backend.get, kept.backend.tags):
        with pytest.raises(NotFound, match="nothing is there under"):
            ask(at)


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        (Span(0, 0), b"0"),
        (Span(2, 4), b"234"),
        (Span(7), b"789"),
        (Span(5, 400), b"56789"),
        (Span(9, 9), b"9"),
        (Span(), b"0123456789"),
    ],
    ids=["the first", "some", "from there", "beyond the end", "the last", "all"],
)
@pytest.mark.requirement("TU-3")
def test_ranges_of_bytes(kept: Kept, prefix: str, span: Span, expected: bytes) -> None:
    """Both ends belong to a range, what lies beyond the end does not, and the whole size is told."""
    put(kept, f"{prefix}a", b"0123456789")
    opened = kept.backend.get(kept.at(f"{prefix}a"), span)

    assert opened.stored.size == 10
    assert all_of(opened) == expected


@pytest.mark.parametrize("span", [Span(10, 12), Span(11)], ids=["after the end", "far after"])
def test_ranges_without_bytes_are_refused(kept: Kept, prefix: str, span: Span) -> None:
    """Nothing is made up where nothing is."""
    put(kept, f"{prefix}a", b"0123456789")

    with pytest.raises(Refused, match="ends before"):
        kept.backend.get(kept.at(f"{prefix}a"), span)


def test_a_read_can_insist_on_what_was_seen(kept: Kept, prefix: str) -> None:
    """With an ETag either that very object is read, or the read fails."""
    at = kept.at(f"{prefix}a")
    etag = put(kept, at.key, b"first").etag
    assert all_of(kept.backend.get(at, Span(1, 2), etag)) == b"ir"
    put(kept, at.key, b"second")

    with pytest.raises(Changed):
        kept.backend.get(at, None, etag)


def test_a_write_replaces_everything(kept: Kept, prefix: str) -> None:
    """Nothing of what was there before shows through: content, metadata, tags."""
    at = kept.at(f"{prefix}a")
    put(kept, at.key, b"a longer text")
    put(kept, at.key, b"short", Attributes("text/plain"))
    found = kept.backend.head(at)

    assert all_of(kept.backend.get(at)) == b"short"
    assert (found.metadata, found.cache_control, kept.backend.tags(at)) == ({}, "", {})


def test_content_that_is_not_what_was_announced(kept: Kept, prefix: str) -> None:
    """Other bytes than were announced are no object."""
    if not kept.checks_hashes:
        return
    at = kept.at(f"{prefix}a")

    with pytest.raises(Damaged, match="nothing was written"):
        kept.backend.put(at, Lying(b"data", 4), ABOUT)
    with pytest.raises(NotFound):
        kept.backend.head(at)


def test_deleting(kept: Kept, prefix: str) -> None:
    """What was deleted is gone, and to delete it again is no error."""
    at = kept.at(f"{prefix}a")
    put(kept, at.key)
    put(kept, f"{prefix}a2")
    kept.backend.delete(at)
    kept.backend.delete(at)

    assert [row.key for row in kept.backend.rows(at.bucket, prefix)] == [f"{prefix}a2"]


def test_deleting_only_what_was_seen(kept: Kept, prefix: str) -> None:
    """With an ETag nothing else is deleted than what has it."""
    at = kept.at(f"{prefix}a")
    old, new = put(kept, at.key, b"old"), put(kept, at.key, b"new")

    with pytest.raises(Changed):
        kept.backend.delete(at, IfMatch(old.etag))
    assert kept.backend.head(at).etag == new.etag
    kept.backend.delete(at, IfMatch(new.etag))
    with pytest.raises(NotFound):
        kept.backend.head(at)


def test_deleting_many(kept: Kept, prefix: str) -> None:
    """All that are named are gone, those that were not there too, and no others."""
    keys = [f"{prefix}{name}" for name in ("a", "b c+é", "d&<")]
    for key in (*keys, f"{prefix}stays"):
        put(kept, key)

    assert kept.backend.delete_many(kept.at("").bucket, [*keys, f"{prefix}never"]) == {}
    assert [row.key for row in kept.backend.rows(kept.at("").bucket, prefix)] == [f"{prefix}stays"]


@pytest.mark.parametrize("size", [0, 5, 70_000], ids="{} bytes".format)
def test_copying(kept: Kept, prefix: str, size: int) -> None:
    """A copy has the same content, and says what was said of the copy."""
    source, target = kept.at(f"{prefix}a b+é"), kept.at(f"{prefix}copy")
    etag = put(kept, source.key, b"x" * size).etag
    about = Attributes("application/json", {"who": "copier"}, {"kind": "copy"})
    stored = kept.backend.copy(source, target, about, etag)

    assert all_of(kept.backend.get(target)) == b"x" * size == all_of(kept.backend.get(source))
    assert kept.backend.head(target).metadata == {"who": "copier"}
    assert kept.backend.head(target).content_type == "application/json"
    assert kept.backend.tags(target) == {"kind": "copy"}
    assert (stored.etag, stored.size) == (kept.backend.head(target).etag, size)


def test_copying_what_has_changed(kept: Kept, prefix: str) -> None:
    """Only what was seen is copied."""
    source, target = kept.at(f"{prefix}a"), kept.at(f"{prefix}b")
    etag = put(kept, source.key, b"old").etag
    put(kept, source.key, b"new")

    with pytest.raises(Changed):
        kept.backend.copy(source, target, ABOUT, etag)
    with pytest.raises(NotFound):
        kept.backend.copy(At(source.bucket, f"{prefix}nothing"), target, ABOUT, etag)
    with pytest.raises(NotFound):
        kept.backend.head(target)
