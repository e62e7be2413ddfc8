"""Which objects lie below a word, also where it leaves values open, and which folders do their names make?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bucketwright.storage.naming import below, of_key, spelled
from bucketwright.storage.place import DeclaredPrefix


@dataclass(frozen=True, slots=True)
class Row:
    """One object."""

    word: str
    """That names it: `files/documents/7/brief.pdf`."""
    key: str
    size: int
    etag: str
    modified: datetime | None


def objects(prefix: DeclaredPrefix, rest: str = "") -> Iterator[Row]:
    """All of a prefix; with the rest of a word those of its values, in its folder, or the one of its name."""
    found = below(prefix, rest)
    if found is None:
        yield from _of_open_values(prefix, rest)
        return
    place, name = found.place, found.name
    for one in place.list(name):
        if _is_below(one.name, name):
            yield Row(spelled(place, one.name), one.key, one.size, one.etag, one.modified)


def children(prefix: DeclaredPrefix, folder: str = "") -> Iterator[Row | str]:
    """What lies right in a folder: objects, and the words of folders, which end in /."""
    base = f"{prefix.address}/{folder.strip('/')}/" if folder.strip("/") else f"{prefix.address}/"
    seen = set()
    for row in objects(prefix, base.removeprefix(f"{prefix.address}/")):
        head, slash, _ = row.word.removeprefix(base).partition("/")
        if not slash:
            yield row
        elif head not in seen:
            seen.add(head)
            yield f"{base}{head}/"


def _of_open_values(prefix: DeclaredPrefix, rest: str) -> Iterator[Row]:
    base = f"{prefix.address}/{rest}"
    for row in prefix.home.backend.rows(prefix.there.bucket, prefix.there.place.path.literal_head):
        found = of_key(prefix, row.key)
        if found is not None and _is_below(found.spelled, base):
            yield Row(found.spelled, row.key, row.size, row.etag, row.modified)


def _is_below(word: str, base: str) -> bool:
    """Whether a word is another, or lies in the folder that it names."""
    return not base or word == base or word.startswith(base if base.endswith("/") else f"{base}/")
