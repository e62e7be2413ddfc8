"""Is the target as the source afterwards, by moving only what differs?"""

import json
import os
import stat
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucketwright.storage import Refused, Said, Storage
from bucketwright.storage.opened import swapped
from bucketwright.storage.patterns.sync import Filter, PlaceSide, Synced, plan, sync
from bucketwright.storage.place import Place
from tests.faults.proxy import Proxy
from tests.storage.patterns.runs import asking, contents, in_folder, in_memory, place
from tests.storage.patterns.sides import Watched, did, files, fill, put, told

NAMES = ("a", "b.txt", "c/d", "c/e/f", "\u00e9", " g h+%2F")


def ends_of(storage: Storage, folder: Path, way: str) -> tuple[Path | Place, Path | Place]:
    """From where to where: a folder and two places."""
    here, there = place(storage, "files/mirror"), place(storage, "files/second")
    if way == "across":
        return here, there
    return (folder, there) if way == "up" else (here, folder)


_SIDE = st.dictionaries(st.sampled_from(NAMES), st.sampled_from([b"", b"1", b"2", b"22"]), min_size=1)


@pytest.mark.requirement("TC-1")
@settings(max_examples=60)
@given(_SIDE, _SIDE, st.booleans(), st.sampled_from(["up", "down", "across"]))
def test_both_are_the_same(
    tmp_path_factory: pytest.TempPathFactory,
    source: dict[str, bytes],
    target: dict[str, bytes],
    delete: bool,
    way: str,
) -> None:
    """Whatever was on both sides, in each direction; the plan says before what is done, and no more is."""
    storage, folder = in_memory(), tmp_path_factory.mktemp("side")
    ends = ends_of(storage, folder, way)
    for end, names in zip(ends, (source, target), strict=True):
        _ = put(end, names) if isinstance(end, Place) else fill(end, names)
    only_there = target.keys() - source.keys()
    changed = {name for name in source.keys() & target.keys() if source[name] != target[name]}
    expected = {
        *(("add", name) for name in source.keys() - target.keys()),
        *(("replace", name) for name in changed),
        *(("delete", name) for name in only_there if delete),
    }

    before = plan(*ends, delete=delete)
    done = sync(*ends, delete=delete)
    assert (set(told(before)), did(done), done.is_whole) == (expected, told(before), True)
    end = ends[1]
    found = contents(end) if isinstance(end, Place) else files(end)
    assert found == ({} if delete else {name: target[name] for name in only_there}) | source
    assert did(sync(*ends, delete=delete)) == []


@pytest.mark.requirement("TC-1")
@pytest.mark.parametrize("way", ["up", "down", "across"])
def test_a_second_time(tmp_path: Path, way: str) -> None:
    """Nothing is written, and each place is listed once; with notes nothing else is asked either."""
    names, backend = {name: name.encode() for name in NAMES}, Watched()
    with swapped(backend):
        storage = in_memory()
        source, target = ends_of(storage, tmp_path / "files", way)
        _ = put(source, names) if isinstance(source, Place) else fill(source, names)
        listed = ["list"] * (2 if way == "across" else 1)
        assert len(sync(source, target, notes=tmp_path / "notes").done) == len(NAMES)
        state = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}

        backend.asked.clear()
        assert sync(source, target, delete=True) == Synced((), (), len(NAMES))
        assert [one for one in backend.asked if one != "head"] == listed
        backend.asked.clear()
        assert sync(source, target, delete=True, notes=tmp_path / "notes") == Synced((), (), len(NAMES))
        assert backend.asked == listed
        assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == state


@pytest.mark.requirement("TC-1")
def test_a_change_that_times_do_not_show(tmp_path: Path) -> None:
    """Content of the same length under an older time is moved all the same, with notes or without."""
    there = place(in_memory(), "files/mirror")
    fill(tmp_path / "files", {"a": b"one", "b": b"two"})
    sync(tmp_path / "files", there, notes=tmp_path / "notes")
    for name in "ab":
        (tmp_path / "files" / name).write_bytes(b"new")
        os.utime(tmp_path / "files" / name, (1, 1))

    assert did(sync(tmp_path / "files", there, filters=[Filter(False, "b")])) == [("replace", "a")]
    assert did(sync(tmp_path / "files", there, notes=tmp_path / "notes")) == [("replace", "b")]


def test_a_time_that_changed_and_nothing_else(tmp_path: Path) -> None:
    """It moves nothing, and the next look knows it."""
    with swapped(backend := Watched()):
        there = place(in_memory(), "files/mirror")
        fill(tmp_path / "files", {"a": b"one"})
        sync(tmp_path / "files", there, notes=tmp_path / "notes")
        os.utime(tmp_path / "files" / "a", (1, 1))
        assert did(sync(tmp_path / "files", there, notes=tmp_path / "notes")) == []
        backend.asked.clear()
        sync(tmp_path / "files", there, notes=tmp_path / "notes")

    assert backend.asked == ["list"]


@pytest.mark.parametrize(
    "text", [b"", b"[]", b"{", b"\xff", b'{"format": 1, "sides": "x", "pairs": {}}', b"[" * 99_999]
)
def test_notes_that_say_nothing(tmp_path: Path, text: bytes) -> None:
    """They are written anew, and contents compared."""
    there = place(in_memory(), "files/mirror")
    fill(tmp_path / "files", {"a": b"one"})
    sync(tmp_path / "files", there, notes=tmp_path / "notes")
    (note,) = (tmp_path / "notes").iterdir()
    whole = note.read_bytes()
    note.write_bytes(text)

    assert sync(tmp_path / "files", there, notes=tmp_path / "notes") == Synced((), (), 1)
    assert (note.read_bytes(), stat.S_IMODE(note.stat().st_mode)) == (whole, 0o600)


def test_notes_of_what_is_gone(tmp_path: Path) -> None:
    """They go with it; those of names that take no part this time stay."""
    there = place(in_memory(), "files/mirror")
    fill(tmp_path / "files", {"a": b"one", "b": b"two"})
    sync(tmp_path / "files", there, notes=tmp_path / "notes")
    (note,) = (tmp_path / "notes").iterdir()
    sync(tmp_path / "files", there, notes=tmp_path / "notes", filters=[Filter(False, "a")])
    assert json.loads(note.read_bytes())["pairs"].keys() == {"a", "b"}
    (tmp_path / "files" / "a").unlink()
    sync(tmp_path / "files", there, notes=tmp_path / "notes")

    assert json.loads(note.read_bytes())["pairs"].keys() == {"b"}


def test_notes_that_cannot_be_written(tmp_path: Path) -> None:
    """They only save work: what was to be moved is moved."""
    there = place(in_memory(), "files/mirror")
    fill(tmp_path / "files", {"a": b"one"})
    (tmp_path / "notes").write_bytes(b"a file, and no folder")

    assert sync(tmp_path / "files", there, notes=tmp_path / "notes").is_whole


@pytest.mark.requirement("TC-1")
def test_filters_hold_on_both_sides(tmp_path: Path) -> None:
    """What takes no part is neither moved nor deleted."""
    there = put(place(in_memory(), "files/mirror"), {"keep.log": b"1", "old.txt": b"2"})
    fill(tmp_path, {"new.txt": b"3", "new.log": b"4"})

    sync(tmp_path, there, filters=[Filter(False, "*"), Filter(True, "*.txt")], delete=True)
    assert contents(there) == {"keep.log": b"1", "new.txt": b"3"}


@pytest.mark.requirement("TC-1")
def test_a_part_of_a_place(tmp_path: Path) -> None:
    """Only what lies below a name takes part."""
    there = put(place(in_memory(), "files/mirror"), {"x/a": b"1", "x": b"2", "xy/a": b"3"})
    fill(tmp_path, {"b": b"4"})

    sync(tmp_path, PlaceSide(there, "x/"), delete=True)
    assert contents(there) == {"x": b"2", "x/b": b"4", "xy/a": b"3"}
    with pytest.raises(Refused, match="ends in '/'"):
        PlaceSide(there, "x")


@pytest.mark.requirement("TC-1")
def test_metadata_stays(tmp_path: Path) -> None:
    """Between places with the object, and when a file was changed goes up and down with it."""
    storage = in_memory()
    here, there = place(storage, "files/mirror"), place(storage, "files/second")
    here.put("a.txt", b"text", Said(metadata={"by": "me"}, file_name="b.txt"))
    sync(here, there)
    assert there.info("a.txt").metadata["by"] == "me"
    assert there.info("a.txt").type == here.info("a.txt").type
    assert there.info("a.txt").content_disposition == here.info("a.txt").content_disposition
    here.put("a.txt", b"text", Said(metadata={"by": "you"}))
    assert did(sync(here, there)) == [("replace", "a.txt")]
    assert there.info("a.txt").metadata["by"] == "you"

    fill(tmp_path / "up", {"f": b"1"})
    os.utime(tmp_path / "up" / "f", ns=(1, 1_234_567_890_123_456_789))
    sync(tmp_path / "up", there)
    sync(there, tmp_path / "down")
    assert (tmp_path / "down" / "f").stat().st_mtime_ns == 1_234_567_890_123_456_789


@pytest.mark.parametrize("text", ["x", "-1", "9" * 400, "1.x", "1e9", "99999999999999", "nan", "1.5.5"])
def test_times_that_are_none(tmp_path: Path, text: str) -> None:
    """They are left aside."""
    there = place(in_memory(), "files/mirror")
    there.put("a", b"1", Said(metadata={"mtime": text}))

    assert sync(there, tmp_path).is_whole
    assert 1_700_000_000 < (tmp_path / "a").stat().st_mtime < 9_000_000_000


@pytest.mark.requirement("TC-1")
def test_a_second_time_on_a_server(proxy: Proxy, tmp_path: Path) -> None:
    """It is one request, and a list."""
    there = place(asking(proxy.url), "files/mirror")
    fill(tmp_path / "files", {name: name.encode() for name in NAMES})
    assert len(sync(tmp_path / "files", there, delete=True, notes=tmp_path / "notes").done) == len(NAMES)
    proxy.calm()
    assert sync(tmp_path / "files", there, delete=True, notes=tmp_path / "notes").same == len(NAMES)

    assert [(one.method, one.query.get("list-type")) for one in proxy.seen] == [("GET", "2")]


def test_between_two_storages(tmp_path: Path) -> None:
    """Places may be kept by different backends."""
    here = put(place(in_memory(), "files/mirror"), {"a": b"1"})

    for address in ("files/second", "files/mirror"):
        there = place(in_folder(tmp_path), address)
        assert did(sync(here, there)) == [("add", "a")]
        assert sync(here, there) == Synced((), (), 1)
