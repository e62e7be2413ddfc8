"""Does everything of a batch go, and is it told what does not?"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

import pytest

from bucketwright.storage import Denied, Refused, Unreachable
from bucketwright.storage.backends.interface import AT_ONCE
from bucketwright.storage.backends.memory import Memory
from bucketwright.storage.opened import swapped
from bucketwright.storage.patterns.batches import Cleared, Left, clear
from bucketwright.storage.place import Place
from bucketwright.storage.stored import At, Attributes, Stored, Upload
from tests.storage.kept import content
from tests.storage.patterns.runs import in_memory, place


class Failing(Memory):
    """Some deletions fail: of some keys, or of every page, or though they are done."""

    def __init__(
        self, keys: tuple[str, ...] = (), page: Exception | None = None, *, done: bool = False
    ) -> None:
        super().__init__()
        self.keys, self.page, self.done = keys, page, done
        self.pages: list[int] = []

    def delete_many(self, bucket: str, keys: Sequence[str]) -> Mapping[str, str]:
        self.pages.append(len(keys))
        if self.page is not None:
            if self.done:
                super().delete_many(bucket, keys)
            raise self.page
        super().delete_many(bucket, [key for key in keys if not key.endswith(self.keys)])
        return {key: "AccessDenied: no" for key in keys if self.keys and key.endswith(self.keys)}


class Breaking(Memory):
    """Lists break off after so many rows."""

    def __init__(self, rows_left: int) -> None:
        super().__init__()
        self.rows_left = rows_left

    def rows(self, bucket: str, prefix: str, after: str = "") -> Iterator[Stored]:
        yield from islice(super().rows(bucket, prefix, after), self.rows_left)
        raise Unreachable("no answer")


class Shy(Memory):
    """Nobody may look for unfinished uploads."""

    def uploads(self, bucket: str, prefix: str) -> Iterator[Upload]:
        raise Denied("these credentials may not call ListMultipartUploads")


def filled(backend: Memory, names: Sequence[str]) -> Place:
    """A batch with these files, beside another one."""
    with swapped(backend), content(b"x") as one:
        there = place(in_memory(), "files/batch", case_id=7, batch_id="b1")
        for path in (there.path, there.path.replace("/b1/", "/b10/")):
            for name in names:
                backend.put(At(there.there.bucket, path + name), one, Attributes())
    return there


def left(backend: Memory, there: Place) -> list[str]:
    return [row.key.removeprefix(there.path) for row in backend.rows(there.there.bucket, there.path)]


@pytest.mark.requirement("CS-9")
@pytest.mark.requirement("CS-3")
def test_all_pages_go() -> None:
    """More keys than one request takes go page by page, and are counted; another batch stays."""
    backend = Failing()
    there = filled(backend, [f"{number:05}.bin" for number in range(AT_ONCE * 2 + 1)])

    with swapped(backend):
        assert clear(there) == Cleared(AT_ONCE * 2 + 1)
    assert backend.pages == [AT_ONCE, AT_ONCE, 1]
    assert left(backend, there) == []
    assert len([*backend.rows(there.there.bucket, "dev/tmp/7/b10/")]) == AT_ONCE * 2 + 1


@pytest.mark.requirement("CS-9")
def test_what_stays_is_told() -> None:
    """A key that cannot be deleted is told with its reason, the others go; the next call tries it again."""
    backend = Failing(("b.bin",))
    there = filled(backend, ["a.bin", "b.bin", "c.bin"])

    with swapped(backend):
        found = clear(there)
        assert found == Cleared(2, left=(Left(f"{there.path}b.bin", "AccessDenied: no"),))
        assert not found.is_whole
        backend.keys = ()
        assert clear(there) == Cleared(1)


@pytest.mark.requirement("CS-9")
@pytest.mark.parametrize("done", [False, True], ids=["refused", "answer lost"])
def test_a_page_that_fails(done: bool) -> None:
    """What is still there afterwards is told; what is gone all the same counts as deleted."""
    backend = Failing(page=Unreachable("the connection broke"), done=done)
    there = filled(backend, ["a.bin", "b.bin"])

    with swapped(backend):
        found = clear(there)
    assert found.deleted == (2 if done else 0)
    assert [one.reason for one in found.left] == ([] if done else ["the connection broke"] * 2)


def test_keys_that_xml_cannot_carry() -> None:
    """One such key does not spoil the request for all others: it is deleted by itself."""
    backend = Failing()
    there = filled(backend, ["a\x01.bin", "b\n.bin", "c.bin", "\ufffe"])

    with swapped(backend):
        assert clear(there) == Cleared(4)
    assert backend.pages == [1]
    assert left(backend, there) == []


def test_unfinished_uploads_go_too() -> None:
    """Those of the batch, and of no other."""
    backend = Memory()
    there = filled(backend, ["a.bin"])
    bucket = there.there.bucket
    for path in (there.path, "dev/tmp/7/b10/"):
        backend.begin(At(bucket, f"{path}big.bin"), Attributes())

    with swapped(backend):
        assert clear(there) == Cleared(1, 1)
    assert [one.key for one in backend.uploads(bucket, "")] == ["dev/tmp/7/b10/big.bin"]


def test_whoever_may_not_look_for_uploads() -> None:
    """The objects go all the same: the roles of a contract may not list uploads, and lifecycle ends those."""
    backend = Shy()
    there = filled(backend, ["a.bin"])

    with swapped(backend):
        assert clear(there) == Cleared(1)


def test_what_is_kept_for_ever() -> None:
    """It is not cleared, and nothing is asked."""
    with pytest.raises(Refused, match="keeps its objects for ever"):
        clear(place(in_memory(), "files/kept"))


def test_a_list_that_breaks_off() -> None:
    """What was done is counted, and that there may be more; where nothing was listed it is an error."""
    backend = Breaking(AT_ONCE)
    there = filled(backend, [f"{number:05}.bin" for number in range(AT_ONCE + 1)])

    with swapped(backend):
        found = clear(there)
        assert (found.deleted, found.stopped) == (AT_ONCE, "no answer")
        backend.rows_left = 0
        with pytest.raises(Unreachable):
            clear(there)
