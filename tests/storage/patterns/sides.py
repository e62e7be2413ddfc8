"""Folders and places with files in them, and a backend that notes what it is asked for."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from bucketwright.storage.backends.interface import Content, Reading
from bucketwright.storage.backends.memory import Memory
from bucketwright.storage.patterns.sync import Plan, Synced
from bucketwright.storage.place import Place
from bucketwright.storage.stored import At, Attributes, Condition, IfMatch, Span, Stored


def files(folder: Path) -> dict[str, bytes]:
    """All files of a folder."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.is_symlink()
    }


def fill(folder: Path, names: Mapping[str, bytes]) -> Path:
    """A folder with exactly these files."""
    for name, content in names.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def put(there: Place, names: Mapping[str, bytes]) -> Place:
    """A place with these objects."""
    for name, content in names.items():
        there.put(name, content)
    return there


def told(what: Plan) -> list[tuple[str, str]]:
    """What a plan would do."""
    return [(str(step.verb), step.name) for step in what.steps]


def did(what: Synced) -> list[tuple[str, str]]:
    """What was done or left."""
    left = [(str(step.verb), step.name) for step in what.left]
    return left + [(one.step.verb, one.step.name) for one in what.done if one.error is None]


class Watched(Memory):
    """Notes what it is asked for, and fails where it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []
        self.failing: dict[str, Exception] = {}

    def rows(self, bucket: str, prefix: str, after: str = "") -> Iterator[Stored]:
        self.asked.append("list")
        return super().rows(bucket, prefix, after)

    def head(self, at: At) -> Stored:
        self.asked.append("head")
        return super().head(at)

    def get(self, at: At, span: Span | None = None, etag: str = "") -> Reading:
        self.asked.append("get")
        self._fail(at)
        return super().get(at, span, etag)

    def put(self, at: At, content: Content, attributes: Attributes, condition: Condition = None) -> Stored:
        self.asked.append("put")
        self._fail(at)
        return super().put(at, content, attributes, condition)

    def copy(
        self, source: At, target: At, attributes: Attributes, etag: str, condition: Condition = None
    ) -> Stored:
        self.asked.append("copy")
        return super().copy(source, target, attributes, etag, condition)

    def delete(self, at: At, condition: IfMatch | None = None) -> None:
        self.asked.append("delete")
        super().delete(at, condition)

    def _fail(self, at: At) -> None:
        if at.key in self.failing:
            raise self.failing[at.key]
