"""Does a write keep its condition on every backend, and leave all as it was where it cannot?"""

from concurrent.futures import ThreadPoolExecutor

import pytest

from bucketwright.storage.backends.interface import Busy
from bucketwright.storage.errors import AlreadyThere, Changed, StorageError
from bucketwright.storage.stored import At, Attributes, Condition, IfAbsent, IfMatch, Stored
from tests.storage.kept import Kept, content

ABOUT = Attributes("text/plain")


def write(kept: Kept, at: At, data: bytes, condition: Condition) -> Stored:
    with content(data) as body:
        return kept.backend.put(at, body, ABOUT, condition)


def read(kept: Kept, at: At) -> bytes:
    opened = kept.backend.get(at)
    try:
        return opened.read(1000)
    finally:
        opened.close()


@pytest.mark.requirement("AP-4")
def test_creating(kept: Kept, prefix: str) -> None:
    """What is there already stays as it is."""
    at = kept.at(f"{prefix}a")
    write(kept, at, b"first", IfAbsent())

    with pytest.raises(AlreadyThere):
        write(kept, at, b"second", IfAbsent())
    assert read(kept, at) == b"first"


def test_replacing_only_what_was_read(kept: Kept, prefix: str) -> None:
    """The object that was read is replaced, and no other."""
    at = kept.at(f"{prefix}a")
    first = write(kept, at, b"first", None)
    second = write(kept, at, b"second", IfMatch(first.etag))

    with pytest.raises(Changed):
        write(kept, at, b"third", IfMatch(first.etag))
    assert read(kept, at) == b"second"
    assert kept.backend.head(at).etag == second.etag


def test_replacing_what_is_gone(kept: Kept, prefix: str) -> None:
    """Nothing is made where what was read is gone."""
    at = kept.at(f"{prefix}a")

    with pytest.raises(Changed, match=r"gone|changed"):
        write(kept, at, b"data", IfMatch("0" * 32))
    assert list(kept.backend.rows(at.bucket, prefix)) == []


def test_copying_keeps_conditions(kept: Kept, prefix: str) -> None:
    """A copy replaces nothing that it must not."""
    source, target = kept.at(f"{prefix}a"), kept.at(f"{prefix}b")
    etag = write(kept, source, b"new", None).etag
    there = write(kept, target, b"there", None)

    with pytest.raises(AlreadyThere):
        kept.backend.copy(source, target, ABOUT, etag, IfAbsent())
    assert read(kept, target) == b"there"
    kept.backend.copy(source, target, ABOUT, etag, IfMatch(there.etag))
    with pytest.raises(Changed):
        kept.backend.copy(source, target, ABOUT, etag, IfMatch(there.etag))
    kept.backend.copy(source, kept.at(f"{prefix}c"), ABOUT, etag, IfAbsent())
    assert read(kept, target) == read(kept, kept.at(f"{prefix}c")) == b"new"
    assert list(kept.backend.uploads(target.bucket, prefix)) == []


@pytest.mark.requirement("AP-4")
def test_one_winner_for_each_key(kept: Kept, prefix: str) -> None:
    """Of rivals that create the same keys, exactly one succeeds for each, and its content is there."""
    keys, rivals = [f"{prefix}{number}" for number in range(60)], 4

    def one(number: int) -> str | None:
        at = kept.at(keys[number // rivals])
        try:
            write(kept, at, str(number).encode(), IfAbsent())
        except (StorageError, Busy):
            return None
        return at.key

    with ThreadPoolExecutor(8) as pool:
        won = list(pool.map(one, range(len(keys) * rivals)))

    assert sorted(filter(None, won)) == sorted(keys)
    for number, key in enumerate(won):
        if key is not None:
            assert read(kept, kept.at(key)) == str(number).encode()


def test_no_update_is_lost(kept: Kept, prefix: str) -> None:
    """Counting by reading and replacing what was read misses none, whoever else counts."""
    at, each, rivals = kept.at(f"{prefix}count"), 8, 4
    write(kept, at, b"0", IfAbsent())

    def count(_: int) -> None:
        done = 0
        while done < each:
            opened = kept.backend.get(at)
            seen, value = opened.stored.etag, int(opened.read(100))
            opened.close()
            try:
                write(kept, at, str(value + 1).encode(), IfMatch(seen))
            except (Changed, Busy):
                continue
            done += 1

    with ThreadPoolExecutor(rivals) as pool:
        list(pool.map(count, range(rivals)))

    assert read(kept, at) == str(each * rivals).encode()
