"""Does `bucketwright sync` do what its dry run printed, and nothing else?"""

import re
from collections.abc import Mapping
from errno import ENOSPC
from pathlib import Path

import pytest
from click.testing import Result

from bucketwright.storage import Storage
from bucketwright.storage.patterns.syncing.folder_side import FolderSide
from tests.cli.running import run

CONTRACT = """
project: shelf
region: eu-west-1
environments: {dev: {}}
buckets:
  files:
    prefixes:
      mirror: {path: "mirror/{team:slug}/", write: overwrite}
      second: {path: "second/", write: overwrite}
      once: {path: "once/"}
"""


class Shop:
    """A contract, a folder of objects and a folder of files, in one place of this machine."""

    def __init__(self, path: Path) -> None:
        self.contract, self.kept, self.files = path / "contract.yaml", path / "kept", path / "files"
        self.cache = path / "cache"
        self.contract.write_text(CONTRACT)
        self.files.mkdir()

    def put(self, names: Mapping[str, bytes]) -> None:
        for name, content in names.items():
            (self.files / name).parent.mkdir(parents=True, exist_ok=True)
            (self.files / name).write_bytes(content)

    def sync(self, *words: str) -> Result:
        where = ("--contract", str(self.contract), "--folder", str(self.kept))
        return run("sync", *words, *where, environment={"XDG_CACHE_HOME": str(self.cache)})

    def there(self, address: str = "files/mirror", **values: str) -> dict[str, bytes]:
        place = Storage.in_folder(self.contract, self.kept).prefix(address).at(**values)
        return {entry.name: place.get(entry.name) for entry in place.list()}


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path)


@pytest.mark.requirement("TC-1")
def test_the_dry_run_is_what_happens(shop: Shop) -> None:
    """Line by line, and it changes nothing itself, no note either."""
    shop.put({"a.txt": b"1", "b/c.txt": b"22"})
    assert shop.sync(str(shop.files), "files/mirror/red/").exit_code == 0
    (shop.files / "a.txt").unlink()
    shop.put({"b/c.txt": b"333", "d.txt": b"4"})
    before, notes = shop.there(team="red"), {path: path.read_bytes() for path in shop.cache.rglob("*.json")}
    words = (str(shop.files), "files/mirror/red/", "--delete")
    shown = shop.sync(*words, "--dry-run")

    assert shown.stdout.splitlines() == [
        "would replace b/c.txt (3 B)",
        "would add d.txt (1 B)",
        "would delete a.txt (1 B)",
        "1 would be added, 1 would be replaced, 1 would be deleted; 4 B would be moved; 0 objects alike",
    ]
    assert shop.there(team="red") == before
    assert {path: path.read_bytes() for path in shop.cache.rglob("*.json")} == notes
    done = shop.sync(*words)
    assert done.stdout.splitlines() == [
        line.replace("would be ", "").replace("would ", "") for line in shown.stdout.splitlines()
    ]
    assert shop.there(team="red") == {"b/c.txt": b"333", "d.txt": b"4"}
    assert shop.sync(*words).stdout == "nothing to do; 2 objects alike\n"


@pytest.mark.requirement("TC-1")
@pytest.mark.parametrize(
    ("words", "names"),
    [
        (("--exclude", "*", "--include", "*.txt"), {"a.txt", "b/c.txt"}),
        (("--include", "*.txt", "--exclude", "*"), set()),
        (("--exclude=*", "--include=b/*", "--exclude=*.log"), {"b/c.txt"}),
        (("--exclude", "--include"), {"a.txt", "b/c.txt", "b/d.log"}),
    ],
    ids=["only texts", "the other way round", "three", "a pattern like an option"],
)
def test_the_last_pattern_decides(shop: Shop, words: tuple[str, ...], names: set[str]) -> None:
    """In the order of the command line, though they are two options."""
    shop.put({"a.txt": b"1", "b/c.txt": b"2", "b/d.log": b"3"})

    assert shop.sync(str(shop.files), "files/second", *words).exit_code == 0
    assert set(shop.there("files/second")) == names


@pytest.mark.requirement("TC-1")
def test_down_and_across(shop: Shop) -> None:
    """A place comes down to a folder that is not there yet, and goes to another place."""
    shop.put({"a.txt": b"1", "b/c.txt": b"2"})
    shop.sync(str(shop.files), "files/mirror/red")
    assert shop.sync("store:files/mirror/red/b", str(shop.files / "new" / "down")).exit_code == 0
    assert (shop.files / "new" / "down" / "c.txt").read_bytes() == b"2"
    assert shop.sync("files/mirror/red", "files/second/copy").exit_code == 0
    assert shop.there("files/second") == {"copy/a.txt": b"1", "copy/b/c.txt": b"2"}


def test_what_is_left_is_told(shop: Shop) -> None:
    """On stderr with its reason, and the run ends with 3, dry or not; names are shown harmlessly."""
    shop.put({"a.txt": b"1", ".env": b"SECRET=1", "x\x1b[31m": b"2"})
    for words in (("--dry-run",), ()):
        told = shop.sync(str(shop.files), "files/once", *words)
        assert told.exit_code == 3
        assert "'.env' is left" in told.stderr
        assert "\x1b" not in told.output
    shop.put({"a.txt": b"2"})

    told = shop.sync(str(shop.files), "files/once")
    assert re.search("'a.txt' is left: .*write over it", told.stderr)
    assert shop.there("files/once") == {"a.txt": b"1"}


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("nowhere", "files/second"), 1, "no folder"),
        (("files/second", "files/second/x"), 2, "lies in the other"),
        (("here", "there"), 2, "both are folders"),
        (("files/mirror", "x"), 2, "too few values"),
        (("store:files/other", "x"), 2, "no prefix"),
        ((".", "files/second", "--include", ""), 2, "no pattern"),
    ],
    ids=["no source", "one in the other", "two folders", "no team", "no prefix", "no pattern"],
)
def test_wrong_use(shop: Shop, words: tuple[str, ...], code: int, told: str) -> None:
    """Each says what is wrong, and nothing is moved."""
    found = shop.sync(*words)

    assert (found.exit_code, told in found.stderr) == (code, True), found.stderr


def test_a_word_that_could_be_both(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is asked which is meant."""
    monkeypatch.chdir(shop.files)
    shop.put({"files/second/a.txt": b"1"})

    assert "say ./files/second or store:files/second" in shop.sync("files/second", "x").stderr
    assert shop.sync("./files/second", "store:files/second").exit_code == 0
    assert shop.there("files/second") == {"a.txt": b"1"}


def test_what_failed_is_counted(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run in which every step fails does not say that there was nothing to do, and names each file once."""
    shop.put({"a.txt": b"1", "b.txt": b"2"})
    assert shop.sync(str(shop.files), "files/second").exit_code == 0

    def full(*_: object) -> str:
        raise OSError(ENOSPC, "No space left on device")

    monkeypatch.setattr(FolderSide, "publish", full)
    failed = shop.sync("files/second", str(shop.files / "down"))

    assert failed.exit_code == 3
    assert failed.stdout == "2 failed; 0 objects alike\n"
    assert sorted(failed.stderr.splitlines()) == [
        f"error: '{name}': No space left on device" for name in ("a.txt", "b.txt")
    ]


def test_a_folder_of_objects_that_is_not_there(shop: Shop) -> None:
    """A dry run makes none, and none is a source: its name may be misspelled."""
    shop.put({"a.txt": b"1"})
    assert shop.sync(str(shop.files), "files/second", "--dry-run").exit_code == 0
    from_nowhere = shop.sync("files/second", str(shop.files / "down"))

    assert from_nowhere.exit_code == 3
    assert re.search("there is no folder '.*kept'", from_nowhere.stderr)
    assert not shop.kept.exists()
    assert not (shop.files / "down").exists()


@pytest.mark.parametrize(
    "words",
    [
        ("ls", "files/second"),
        ("cat", "files/second/a.txt"),
        ("get", "files/second/a.txt"),
        ("rm", "files/second/a.txt"),
        ("cp", "files/second/a.txt", "files/second/b.txt"),
        ("sweep", "--apply"),
    ],
    ids=lambda words: words[0],
)
def test_no_command_reads_where_no_folder_is(shop: Shop, words: tuple[str, ...]) -> None:
    """It is told with its name, and none is made; what is put there makes it."""
    where = ("--contract", str(shop.contract), "--folder", str(shop.kept))
    found = run(*words, *where)

    assert (found.exit_code, found.stdout) == (3, "")
    assert re.search("there is no folder '.*kept'", found.stderr)
    assert not shop.kept.exists()
    shop.put({"a.txt": b"1"})
    assert run("put", str(shop.files / "a.txt"), "files/second/", *where).exit_code == 0
    assert shop.there("files/second") == {"a.txt": b"1"}
