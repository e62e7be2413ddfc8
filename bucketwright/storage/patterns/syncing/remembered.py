"""Which files and objects were found to be alike before? A note that saves looking, and may be lost.

It says so of marks: after any change of either side it says nothing, and contents are compared.
"""

import json
from collections.abc import Container, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Final

from bucketwright.s3.evidence import write_whole
from bucketwright.storage.patterns.syncing.sides import Item

_FORMAT: Final = 1
_LARGEST: Final = 256 * 1024 * 1024


class Remembered:
    """Pairs of marks that had the same content."""

    def __init__(
        self, path: Path | None = None, sides: str = "", pairs: Mapping[str, tuple[str, str]] | None = None
    ) -> None:
        self._path, self._sides = path, sides
        self._pairs = dict(pairs or {})
        self._is_new = False

    def holds(self, source: Item, target: Item) -> bool:
        """Whether these two are known to be alike."""
        return self._pairs.get(source.name) == (source.mark, _of_target(target))

    def keep(self, source: Item, target: Item) -> None:
        """These two are alike."""
        self._pairs[source.name] = (source.mark, _of_target(target))
        self._is_new = True

    def forget(self, name: str) -> None:
        """Nothing is known of that name."""
        self._is_new |= self._pairs.pop(name, None) is not None

    def forget_all_but(self, names: Container[str]) -> None:
        """Nothing is known of names that are gone."""
        for name in [one for one in self._pairs if one not in names]:
            self.forget(name)

    def write(self) -> None:
        """Note it where it was read, for its owner alone; nothing is written where nothing is new."""
        if self._is_new and self._path is not None:
            said = {"format": _FORMAT, "sides": self._sides, "pairs": self._pairs}
            text = json.dumps(said, separators=(",", ":")).encode("ascii")
            with suppress(OSError):  # it saves work, and nothing more
                write_whole(self._path, text, self._path.parent)
            self._is_new = False


def read(folder: Path, sides: str) -> Remembered:
    """What a folder notes of these sides; nothing where it has no note, or another program wrote it."""
    path = folder / _file_name(sides)
    values: object = None
    with suppress(OSError, ValueError, RecursionError):
        if path.stat().st_size <= _LARGEST:
            values = json.loads(path.read_bytes())
    if not isinstance(values, dict) or (values.get("format"), values.get("sides")) != (_FORMAT, sides):
        return Remembered(path, sides)
    pairs = values.get("pairs")
    found = pairs if isinstance(pairs, dict) else {}
    return Remembered(path, sides, {name: (one[0], one[1]) for name, one in found.items() if _is_pair(one)})


def _file_name(sides: str) -> str:
    return f"{sha256(sides.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}.json"


def _is_pair(value: object) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(isinstance(one, str) for one in value)


def _of_target(item: Item) -> str:
    """Of an object that was written only its ETag is known, and it is enough: its content has not changed."""
    return item.etag or item.mark
