"""Whose rules hold for a key that two prefixes of the contract share on purpose?"""

from collections.abc import Callable
from pathlib import Path

import pytest

from bucketwright.contract.loading import read
from bucketwright.storage import Refused, Storage
from bucketwright.storage.place import Place
from bucketwright.storage.said import Said
from bucketwright.storage.signing.announced import announced
from tests.cli.running import run
from tests.storage.contracts import beside

TEXT = """
project: shelf
region: eu-west-1
environments: {dev: {}}
buckets:
  files:
    prefixes:
      all: {path: "all/", write: overwrite}
      scans: {path: "all/scans/", types: [image/png], max_size: 1 KB, overlaps: all}
      days: {path: "in/{day}/", write: overwrite, overlaps: today}
      today: {path: "in/today/", types: [image/png]}
      loose: {path: "out/", write: overwrite}
      named: {path: "out/", objects: "{n:int}.txt", overlaps: loose}
"""
INNER = [
    ("files/all", {}, "scans/a.txt", "files/scans"),
    ("files/all", {}, "scans/deep/a.txt", "files/scans"),
    ("files/days", {"day": "today"}, "a.txt", "files/today"),
    ("files/loose", {}, "7.txt", "files/named"),
]


@pytest.fixture
def storage() -> Storage:
    return Storage.in_memory(read(TEXT, "contract.yaml"))


def opened(place: Place, name: str) -> None:
    with place.open(name, "wb") as file:
        file.write(b"x")


@pytest.mark.requirement("CS-5")
@pytest.mark.parametrize(("address", "values", "name", "inner"), INNER)
@pytest.mark.parametrize(
    "write",
    [
        lambda place, name: place.put(name, b"x"),
        opened,
        lambda place, name: beside(place, "files/all").copy("a.txt", to=place, as_name=name),
        lambda place, name: beside(place, "files/all").move("a.txt", to=place, as_name=name),
        lambda place, name: announced(place.there, place.path, name, Said()),
    ],
    ids=["put", "open", "copy", "move", "link"],
)
def test_a_key_of_the_inner_one(
    storage: Storage,
    write: Callable[[Place, str], object],
    address: str,
    values: dict[str, str],
    name: str,
    inner: str,
) -> None:
    """It is refused through the outer one, and the error says through which it goes."""
    storage.prefix("files/all").at().put("a.txt", b"x")

    with pytest.raises(Refused, match=f"write it through {inner}, not through {address}"):
        write(storage.prefix(address).at(**values), name)
    assert [*storage.prefix(inner).at().list()] == []


@pytest.mark.parametrize(
    ("address", "values", "name"),
    [
        ("files/all", {}, "scans.txt"),
        ("files/all", {}, "others/scans/a.txt"),
        ("files/scans", {}, "a.png"),
        ("files/days", {"day": "monday"}, "a.txt"),
        ("files/today", {}, "a.png"),
        ("files/loose", {}, "seven.txt"),
        ("files/named", {}, "7.txt"),
    ],
)
def test_keys_of_their_own(storage: Storage, address: str, values: dict[str, str], name: str) -> None:
    """Whatever only one of them has, and all that the inner one has, is written as ever."""
    data = b"\x89PNG\r\n\x1a\n" if name.endswith(".png") else b"text"

    assert storage.prefix(address).at(**values).put(name, data).name == name


def test_it_is_read_and_deleted_through_either(storage: Storage) -> None:
    """The outer one lists it, too."""
    storage.prefix("files/scans").at().put("a.png", b"\x89PNG\r\n\x1a\n")
    outer = storage.prefix("files/all").at()

    assert [row.name for row in outer.list()] == ["scans/a.png"]
    assert outer.get("scans/a.png").startswith(b"\x89PNG")
    outer.delete("scans/a.png")
    assert [*outer.list()] == []


def test_on_the_command_line(tmp_path: Path) -> None:
    """Copies, moves and uploads are refused alike, also by a dry run."""
    (tmp_path / "contract.yaml").write_text(TEXT)
    (tmp_path / "a.txt").write_text("text")
    where = ("--contract", str(tmp_path / "contract.yaml"), "--folder", str(tmp_path / "kept"))
    run("put", str(tmp_path / "a.txt"), "files/all/", *where)

    for words in (
        ("put", str(tmp_path / "a.txt"), "files/all/scans/"),
        ("cp", "files/all/a.txt", "files/all/scans/"),
        ("mv", "files/all/a.txt", "files/all/scans/"),
    ):
        for more in ((), ("--dry-run",)):
            done = run(*words, *where, *more)
            assert done.exit_code == 2
            assert "write it through files/scans, not through files/all" in done.stderr
