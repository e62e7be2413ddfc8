"""Does a sync leave alone, and tell, what it must not touch?"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from bucketwright.storage import Denied, NotFound, Refused
from bucketwright.storage.backends.memory import Memory
from bucketwright.storage.opened import swapped
from bucketwright.storage.patterns.sync import PlaceSide, Synced, carry_out, plan, sync
from bucketwright.storage.patterns.syncing.folder_side import FolderSide
from bucketwright.storage.patterns.syncing.names import OWN_FOLDER
from bucketwright.storage.place import Place
from bucketwright.storage.stored import At, Attributes
from tests.storage.kept import content as held
from tests.storage.patterns.runs import contents, in_memory, place
from tests.storage.patterns.sides import Watched, files, fill, put, told


@pytest.mark.requirement("TC-1")
@pytest.mark.requirement("AP-4")
@pytest.mark.parametrize("address", ["files/once", "files/kept"])
def test_where_nothing_is_written_over(tmp_path: Path, address: str) -> None:
    """What differs there is left and told, new names are added, and no name gets a suffix."""
    there = put(place(in_memory(), address), {"a": b"old"})
    fill(tmp_path, {"a": b"new", "b": b"1"})

    assert told(plan(tmp_path, there)) == [("leave", "a"), ("add", "b")]
    done = sync(tmp_path, there)
    assert (done.is_whole, contents(there)) == (False, {"a": b"old", "b": b"1"})


@pytest.mark.requirement("TC-1")
def test_what_the_contract_refuses(tmp_path: Path) -> None:
    """The plan says so: types, secret names, and names that keys cannot be; the others are moved."""
    there = place(in_memory(), "files/papers")
    fill(
        tmp_path,
        {
            "a.txt": b"text",
            "b.pdf": b"no PDF",
            ".env": b"KEY=1",
            "c.png": b"\x89PNG\r\n\x1a\n",
            "e\u0301": b"1",
        },
    )
    before = plan(tmp_path, there)

    assert {step.name for step in before.steps if step.verb == "leave"} == {
        "b.pdf",
        ".env",
        "c.png",
        "e\u0301",
    }
    assert all(step.why for step in before.steps if step.verb == "leave")
    assert contents(there) == {}
    assert [one.step.name for one in carry_out(before).done] == ["a.txt"]
    assert contents(there) == {"a.txt": b"text"}


@pytest.mark.requirement("TC-1")
def test_what_the_contract_refuses_of_another_place(tmp_path: Path) -> None:
    """Sizes and names by plan, types when it is copied; the others come."""
    storage = in_memory()
    there = put(place(storage, "files/mirror"), {"a.txt": b"1", "b.txt": b"x" * 1_001, "c.bin": b"\x00\x01"})
    papers = place(storage, "files/papers")

    assert told(plan(there, papers)) == [("add", "a.txt"), ("leave", "b.txt"), ("add", "c.bin")]
    done = sync(there, papers)
    assert [one.error is None for one in done.done] == [True, False]
    assert contents(papers) == {"a.txt": b"1"}


def dangerous(backend: Memory, there: Place) -> list[str]:
    """Objects that others have put there, under names that would lead out of a folder."""
    names = [
        "../out",
        "/etc/x",
        "a/../../out",
        "c:\\x",
        "..\\out",
        "x/./y",
        "a//b",
        "n\x00l",
        f"{OWN_FOLDER}/x",
        "l" * 300,
    ]
    with held(b"bad") as one, held(b"") as none:
        for name in names:
            backend.put(At(there.there.bucket, there.path + name), one, Attributes())
        backend.put(At(there.there.bucket, f"{there.path}folder/"), none, Attributes())
    return names


@pytest.mark.requirement("TC-1")
def test_hostile_keys(tmp_path: Path) -> None:
    """None of them leads out of the folder: they are left and told, and the others come."""
    with swapped(backend := Memory()):
        there = put(place(in_memory(), "files/mirror"), {"good": b"1"})
        names = dangerous(backend, there)
        done = sync(there, tmp_path / "in" / "files")

    assert {step.name for step in done.left} == set(names)
    assert files(tmp_path) == {"in/files/good": b"1"}


@pytest.mark.requirement("TC-1")
@pytest.mark.parametrize("link", ["a", "a/b", "file"])
def test_links_are_not_followed(tmp_path: Path, link: str) -> None:
    """Nothing is written through a link, none is sent up, and none is deleted."""
    folder, outside = tmp_path / "files", fill(tmp_path / "outside", {"x": b"secret"})
    (folder / link).parent.mkdir(parents=True)
    (folder / link).symlink_to(outside / "x" if link == "file" else outside)
    there = put(place(in_memory(), "files/mirror"), {"a/b/c": b"1", "file": b"2", "z": b"3"})

    down = sync(there, folder, delete=True)
    assert files(outside) == {"x": b"secret"}
    assert (folder / link).is_symlink()
    assert {step.name for step in down.left} == {"file" if link == "file" else "a/b/c"}
    up = sync(folder, there, delete=True)
    assert [step.name for step in up.left] == [link]
    assert set(contents(there)) == {"a/b/c", "file", "z"}


@pytest.mark.requirement("TC-1")
def test_a_link_that_comes_in_between(tmp_path: Path) -> None:
    """It is not followed either."""
    there = put(place(in_memory(), "files/mirror"), {"a/b": b"1"})
    folder, outside = tmp_path / "files", tmp_path / "outside"
    outside.mkdir()
    what = plan(there, folder)
    folder.mkdir()
    (folder / "a").symlink_to(outside)

    assert not carry_out(what).is_whole
    assert files(outside) == {}


def test_a_name_that_is_a_file_and_a_folder(tmp_path: Path) -> None:
    """No file system has both: what cannot be is left and told, whichever was there first."""
    there = put(place(in_memory(), "files/mirror"), {"a": b"1", "a/b": b"2", "c": b"3", "d/e/f": b"4"})
    fill(tmp_path, {"c/x": b"5", "d": b"6"})

    assert {step.name for step in sync(there, tmp_path).left} == {"a/b", "c", "d/e/f"}
    assert files(tmp_path) == {"a": b"1", "c/x": b"5", "d": b"6"}


def test_two_spellings_of_one_file(tmp_path: Path) -> None:
    """A file that came to be there under another spelling, or by others, is not written over."""
    there = put(place(in_memory(), "files/mirror"), {"a": b"1"})
    what = plan(there, tmp_path)
    fill(tmp_path, {"a": b"mine"})

    (done,) = carry_out(what).done
    assert "already" in str(done.error)
    assert files(tmp_path) == {"a": b"mine"}


@pytest.mark.requirement("TC-1")
def test_what_others_changed_in_between(tmp_path: Path) -> None:
    """It is neither replaced nor deleted."""
    there = put(place(in_memory(), "files/mirror"), {"a": b"1", "b": b"2"})
    up = plan(fill(tmp_path / "up", {"a": b"new", "c": b"3"}), there, delete=True)
    down = plan(there, fill(tmp_path / "down", {"a": b"old", "z": b"9"}), delete=True)
    put(there, {"a": b"theirs", "b": b"theirs"})
    fill(tmp_path / "down", {"a": b"mine", "z": b"mine"})

    assert not carry_out(up).is_whole
    assert contents(there) == {"a": b"theirs", "b": b"theirs", "c": b"3"}
    assert not carry_out(down).is_whole
    assert files(tmp_path / "down") == {"a": b"mine", "b": b"theirs", "z": b"mine"}


@pytest.mark.requirement("TC-1")
def test_what_was_changed_before_it_would_go(tmp_path: Path) -> None:
    """It stays on either side, also where nothing else fails."""
    there = put(place(in_memory(), "files/mirror"), {"a": b"1"})
    what = plan(there, fill(tmp_path, {"z": b"9"}), delete=True)
    fill(tmp_path, {"z": b"mine"})

    assert [one.error is None for one in carry_out(what).done] == [True, False]
    assert files(tmp_path) == {"a": b"1", "z": b"mine"}
    up = plan(tmp_path, put(there, {"y": b"1"}), delete=True)
    put(there, {"y": b"2"})
    assert [one.error is None for one in carry_out(up).done] == [True, False]
    assert contents(there) == {"a": b"1", "y": b"2", "z": b"mine"}


@pytest.mark.requirement("TC-1")
def test_a_name_that_others_took_in_between(tmp_path: Path) -> None:
    """Theirs stays, and ours does not appear under another name, where the contract only creates."""
    there = place(in_memory(), "files/once")
    what = plan(fill(tmp_path, {"a": b"1"}), there)
    there.put("a", b"theirs")

    (done,) = carry_out(what).done
    assert "meanwhile" in str(done.error)
    assert contents(there) == {"a": b"theirs"}


@pytest.mark.requirement("TC-1")
def test_nothing_is_deleted_after_a_failure(tmp_path: Path) -> None:
    """What failed is told, the rest is moved, and deletions wait for the next time."""
    with swapped(backend := Watched()):
        there = put(place(in_memory(), "files/mirror"), {"old": b"1"})
        fill(tmp_path, {"a": b"1", "b": b"2"})
        backend.failing[f"{there.path}a"] = Refused("no")
        done = sync(tmp_path, there, delete=True)
        assert [(one.step.name, one.error is None) for one in done.done] == [
            ("a", False),
            ("b", True),
            ("old", False),
        ]
        assert set(contents(there)) == {"b", "old"}
        backend.failing.clear()
        assert sync(tmp_path, there, delete=True).is_whole
        assert set(contents(there)) == {"a", "b"}


def test_what_would_fail_all(tmp_path: Path) -> None:
    """Where nobody may write at all, it is tried a few times and not for every file."""
    with swapped(backend := Watched()):
        there = place(in_memory(), "files/mirror")
        fill(tmp_path, {f"{number:03}": b"1" for number in range(50)})
        backend.failing = {f"{there.path}{number:03}": Denied("no") for number in range(50)}
        done = sync(tmp_path, there)

    assert [one.error is None for one in done.done] == [False] * 50
    assert backend.asked.count("put") < 50


def test_deletion_with_nothing_at_the_source(tmp_path: Path) -> None:
    """It is refused: the wrong folder was named. Nor is there a source that is not there."""
    there = put(place(in_memory(), "files/mirror"), {"a": b"1"})

    with pytest.raises(Refused, match="nothing at the source"):
        sync(tmp_path, there, delete=True)
    with pytest.raises(NotFound, match="no folder"):
        sync(tmp_path / "none", there)
    assert sync(tmp_path, there) == Synced((), (), 0)
    assert contents(there) == {"a": b"1"}


def test_what_is_kept_for_ever(tmp_path: Path) -> None:
    """It is not deleted, and told."""
    there = put(place(in_memory(), "files/kept"), {"a": b"1"})

    what = plan(fill(tmp_path, {"b": b"2"}), there, delete=True)

    assert told(what) == [("add", "b"), ("leave", "a")]
    assert what.steps[-1].why == "files/kept keeps its objects for ever"


@pytest.mark.requirement("TC-1")
def test_a_folder_that_cannot_be_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is deleted, for nobody knows what is in it; what is seen is moved."""
    there = put(place(in_memory(), "files/mirror"), {"shut/a": b"1", "b": b"2"})
    fill(tmp_path, {"shut/a": b"1", "c": b"3"})
    listing = os.scandir

    def shut(path: "os.PathLike[str]") -> "Iterator[os.DirEntry[str]]":
        if Path(path).name == "shut":
            raise PermissionError(13, "Permission denied")
        return listing(path)

    monkeypatch.setattr(os, "scandir", shut)
    done = sync(tmp_path, there, delete=True)
    assert {step.name for step in done.left} == {"", "b", "shut/a"}
    assert set(contents(there)) == {"shut/a", "b", "c"}


def test_ends_that_cannot_be(tmp_path: Path) -> None:
    """Two folders, a place in itself, and a file."""
    there = place(in_memory(), "files/mirror")
    (tmp_path / "file").write_bytes(b"")

    with pytest.raises(Refused, match="both are folders"):
        sync(tmp_path, tmp_path)
    with pytest.raises(Refused, match="lies in the other"):
        sync(there, PlaceSide(there, "x/"))
    with pytest.raises(Refused, match="is no folder"):
        sync(there, tmp_path / "file")


def test_a_file_that_cannot_be_compared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It ends no run: what nobody knows to be alike is moved, or left for the same reason."""
    there = put(place(in_memory(), "files/mirror"), {"a": b"1", "b": b"2"})
    fill(tmp_path, {"a": b"1", "b": b"3"})

    def unread(*_: object) -> str:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(FolderSide, "digest", unread)

    assert told(plan(tmp_path, there)) == [("replace", "a"), ("replace", "b")]
    monkeypatch.setattr(Path, "open", unread)
    assert [step.why for step in plan(tmp_path, there).steps] == ["it cannot be read: Permission denied"] * 2
