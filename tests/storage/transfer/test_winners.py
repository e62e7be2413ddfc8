"""Of two writers that create the same thousand keys, does exactly one get each?

On a server `make kills` has them create a thousand, and the tests fewer.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

import pytest

from bucketwright.storage import Settings, Storage
from bucketwright.storage.errors import AlreadyThere
from bucketwright.storage.place import Place
from tests.servers.running import KEY, SECRET, versitygw
from tests.storage.contracts import TEXT, contract

ROOT: Final = Path(__file__).parents[3]
NAMES: Final = [f"{number:04d}.txt" for number in range(1_000)]
FEWER: Final = int(os.environ.get("BUCKETWRIGHT_RIVALS", "60"))
WRITERS: Final = ("one", "two")
PROGRAM: Final = """
import json, sys
from pathlib import Path
from bucketwright.storage import Storage
from tests.storage.transfer.test_winners import NAMES, created

place = Storage.in_folder("contract.yaml", Path("kept"), "dev").prefix("files/pointers").at()
print("ready", flush=True)
sys.stdin.readline()
print(json.dumps(created(place, sys.argv[1], NAMES)))
"""


def created(there: Place, writer: str, names: Sequence[str]) -> list[str]:
    """The names that this writer got."""
    won = []
    for name in names:
        try:
            there.put(name, writer.encode())
        except AlreadyThere:
            continue
        won.append(name)
    return won


def keep_one_winner(there: Place, won: Mapping[str, Sequence[str]], names: Sequence[str]) -> None:
    """Each name has one, and its content."""
    assert sorted(name for several in won.values() for name in several) == names
    assert [row.name for row in there.list()] == names
    for writer, several in won.items():
        for name in several[:: max(1, len(several) // 50)]:
            assert there.get(name) == writer.encode()


@pytest.mark.requirement("AP-4")
def test_two_programs_in_a_folder(tmp_path: Path) -> None:
    """Two processes, that begin at the same moment."""
    (tmp_path / "contract.yaml").write_text(TEXT)
    running = [
        subprocess.Popen(  # noqa: S603 - our own interpreter and program
            [sys.executable, "-c", PROGRAM, writer],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            cwd=tmp_path,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for writer in WRITERS
    ]
    for one in running:
        assert one.stdout is not None
        assert one.stdout.readline() == "ready\n"
    for one in running:
        assert one.stdin is not None
        one.stdin.write("go\n")
        one.stdin.flush()
    won = {writer: json.loads(one.communicate()[0]) for writer, one in zip(WRITERS, running, strict=True)}

    storage = Storage.in_folder(contract(), tmp_path / "kept", "dev")
    keep_one_winner(storage.prefix("files/pointers").at(), won, NAMES)


@pytest.fixture
def pointers() -> Iterator[Place]:
    """A place that only creates, on a server that others made."""
    with versitygw() as server:
        server.client().create_bucket(Bucket="shelf-dev-files")
        told = Settings(endpoint_url=server.url, access_key=KEY, secret_key=SECRET, region="us-east-1")
        yield Storage.open(contract(), "dev", told).prefix("files/pointers").at()


@pytest.mark.requirement("AP-4")
def test_two_writers_on_a_server(pointers: Place) -> None:
    """Conditional writes of the server, and no look before."""
    names = NAMES[:FEWER]
    with ThreadPoolExecutor(len(WRITERS)) as pool:
        lists = pool.map(lambda writer: created(pointers, writer, names), WRITERS)

    keep_one_winner(pointers, dict(zip(WRITERS, lists, strict=True)), names)
