"""The storage that its commands are tried with: in memory, empty, and the same for all commands of a test."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from click.testing import Result

from bucketwright.storage import Storage
from bucketwright.storage.backends.interface import Backend
from bucketwright.storage.stored import At, Attributes
from bucketwright.storage.testing import in_memory
from tests.cli.running import run
from tests.storage.contracts import TEXT
from tests.storage.kept import content

BUCKET = "shelf-dev-files"
SHELF = TEXT.replace("      drafts:", '      kept: {path: "kept/", keep: forever}\n      drafts:')


class Shelf:
    """Runs commands on it, and looks at what they did."""

    def __init__(self, file: Path, backend: Backend) -> None:
        self._file, self.backend = file, backend
        self.storage = Storage.open(file, "dev")

    def __call__(self, name: str, *words: str, stdin: str | bytes = b"") -> Result:
        return run(name, *words, "--contract", str(self._file), "--env", "dev", stdin=stdin)

    def holds(self, address: str, **objects: bytes) -> None:
        """Objects that are there before, by their names without extension."""
        place = self.storage.prefix(address).at()
        for name, data in objects.items():
            place.put(f"{name}.txt", data)

    def add(self, key: str, data: bytes = b"x") -> None:
        """An object that some other program wrote."""
        with content(data) as body:
            self.backend.put(At(BUCKET, key), body, Attributes())

    @property
    def keys(self) -> list[str]:
        """All there are."""
        return [row.key for row in self.backend.rows(BUCKET, "")]


@contextmanager
def shelved(folder: Path) -> Iterator[Shelf]:
    """An empty one."""
    file = folder / "contract.yaml"
    file.write_text(SHELF)
    with in_memory() as backend:
        yield Shelf(file, backend)
