"""Is an object that comes in parts there once all are, and not before, on every backend?"""

import pytest

from bucketwright.storage.errors import AlreadyThere, Changed, NotFound, Refused
from bucketwright.storage.stored import Attributes, IfAbsent, IfMatch, Part
from tests.storage.kept import BUCKET, Kept, Lying, content

ABOUT = Attributes("text/plain; charset=utf-8", {"who": "tests"}, {"kind": "large"}, "max-age=60")
FULL = 5 * 2**20


def send(kept: Kept, key: str, upload_id: str, number: int, data: bytes) -> Part:
    with content(data) as body:
        return kept.backend.send(kept.at(key), upload_id, number, body)


def read(kept: Kept, key: str) -> bytes:
    opened = kept.backend.get(kept.at(key))
    pieces = []
    while piece := opened.read(2**20):
        pieces.append(piece)
    opened.close()
    return b"".join(pieces)


@pytest.mark.requirement("CS-7")
def test_an_upload_in_parts(kept: Kept, prefix: str) -> None:
    """Nothing is there before it is finished; then all is, with what was said when it began."""
    key = f"{prefix}a b+é"
    upload_id = kept.backend.begin(kept.at(key), ABOUT)
    parts = [send(kept, key, upload_id, 1, b"1" * FULL), send(kept, key, upload_id, 2, b"22")]
    assert list(kept.backend.rows(BUCKET, prefix)) == []
    assert [(one.number, one.etag, one.size) for one in kept.backend.parts(kept.at(key), upload_id)] == [
        (one.number, one.etag, one.size) for one in parts
    ]
    stored = kept.backend.finish(kept.at(key), upload_id, parts, IfAbsent())
    found = kept.backend.head(kept.at(key))

    assert read(kept, key) == b"1" * FULL + b"22"
    assert (found.size, found.etag) == (stored.size, stored.etag) == (FULL + 2, stored.etag)
    assert (found.content_type, found.metadata) == (ABOUT.content_type, ABOUT.metadata)
    assert kept.backend.tags(kept.at(key)) == ABOUT.tags
    assert list(kept.backend.uploads(BUCKET, prefix)) == []


def test_a_part_sent_again(kept: Kept, prefix: str) -> None:
    """The last one of a number counts."""
    key = f"{prefix}a"
    upload_id = kept.backend.begin(kept.at(key), ABOUT)
    send(kept, key, upload_id, 1, b"old")
    new = send(kept, key, upload_id, 1, b"newer")

    assert [part.etag for part in kept.backend.parts(kept.at(key), upload_id)] == [new.etag]
    kept.backend.finish(kept.at(key), upload_id, [new])
    assert read(kept, key) == b"newer"


def test_the_last_step_keeps_conditions(kept: Kept, prefix: str) -> None:
    """What came meanwhile is not replaced, and the upload can be finished otherwise."""
    key = f"{prefix}a"
    upload_id = kept.backend.begin(kept.at(key), ABOUT)
    part = send(kept, key, upload_id, 1, b"upload")
    with content(b"meanwhile") as body:
        there = kept.backend.put(kept.at(key), body, ABOUT)

    with pytest.raises(AlreadyThere):
        kept.backend.finish(kept.at(key), upload_id, [part], IfAbsent())
    assert read(kept, key) == b"meanwhile"
    with pytest.raises(Changed):
        kept.backend.finish(kept.at(key), upload_id, [part], IfMatch("0" * 32))
    kept.backend.finish(kept.at(key), upload_id, [part], IfMatch(there.etag))
    assert read(kept, key) == b"upload"


def test_parts_that_make_no_object(kept: Kept, prefix: str) -> None:
    """One that is missing, another than was sent, too small ones before the last: nothing is made of them."""
    key = f"{prefix}a"
    upload_id = kept.backend.begin(kept.at(key), ABOUT)
    one, two = send(kept, key, upload_id, 1, b"1"), send(kept, key, upload_id, 2, b"2")

    for parts in ([one, Part(3, two.etag, 1)], [Part(1, "0" * 32, 1), two], [one, two]):
        with pytest.raises(Refused):
            kept.backend.finish(kept.at(key), upload_id, parts)
    assert list(kept.backend.rows(BUCKET, prefix)) == []


def test_giving_up(kept: Kept, prefix: str) -> None:
    """Its parts are gone, nothing more can be sent, and to give it up again is no error."""
    key = f"{prefix}a"
    upload_id = kept.backend.begin(kept.at(key), ABOUT)
    part = send(kept, key, upload_id, 1, b"1")
    kept.backend.drop(kept.at(key), upload_id)
    kept.backend.drop(kept.at(key), upload_id)

    assert list(kept.backend.uploads(BUCKET, prefix)) == []
    with pytest.raises(NotFound):
        kept.backend.parts(kept.at(key), upload_id)
    with pytest.raises(NotFound):
        send(kept, key, upload_id, 2, b"2")
    with pytest.raises(NotFound):
        kept.backend.finish(kept.at(key), upload_id, [part])


@pytest.mark.requirement("TU-5")
def test_unfinished_uploads_are_listed(kept: Kept, prefix: str) -> None:
    """With their keys in order, their ids and when they began; those of other keys are not."""
    begun = {key: kept.backend.begin(kept.at(prefix + key), ABOUT) for key in ("b+é", "a b")}
    found = list(kept.backend.uploads(BUCKET, prefix))

    assert [(one.key, one.upload_id) for one in found] == [
        (prefix + key, begun[key]) for key in ("a b", "b+é")
    ]
    assert next(kept.backend.uploads(BUCKET, f"{prefix}b")).upload_id == begun["b+é"]
    for one in found:
        kept.backend.drop(kept.at(one.key), one.upload_id)


def test_a_part_that_is_not_what_was_announced(kept: Kept, prefix: str) -> None:
    """It does not become one."""
    if not kept.checks_hashes:
        return
    key = f"{prefix}a"
    upload_id = kept.backend.begin(kept.at(key), ABOUT)

    with pytest.raises(Exception, match="other bytes came"):
        kept.backend.send(kept.at(key), upload_id, 1, Lying(b"data", 4))
    assert list(kept.backend.parts(kept.at(key), upload_id)) == []
    kept.backend.drop(kept.at(key), upload_id)
