"""Files of the contract for whatever reads by fsspec, such as pandas: bucketwright://files/documents/7/a.csv.

It only reads: what is written goes by the storage, for whose rules and conditions fsspec has no words.
"""

import os
from typing import BinaryIO, Final, NoReturn, TypeAlias

from fsspec.spec import AbstractFileSystem

from bucketwright.contract.placement import addresses
from bucketwright.plain_text import shown
from bucketwright.storage.client import Storage
from bucketwright.storage.declared import key_of
from bucketwright.storage.errors import NotFound, Refused
from bucketwright.storage.listing import Row, children, objects
from bucketwright.storage.naming import Named, below
from bucketwright.storage.place import DeclaredPrefix
from bucketwright.storage.reading import read_span
from bucketwright.storage.stored import At, Span

Info: TypeAlias = dict[str, object]
"""What fsspec wants to know of a file or a folder: name, size, type, and more."""
_MOST_PARTS: Final = 2
"""Of a path, before what lies in a prefix."""


class ContractFileSystem(AbstractFileSystem):  # type: ignore[misc]  # fsspec carries no types
    """Buckets, their prefixes, the values of their variables, and the names below, as folders and files."""

    protocol = "bucketwright"

    def __init__(
        self, contract: str | os.PathLike[str] | None = None, environment: str = "", **options: object
    ) -> None:
        super().__init__(**options)
        self._storage: Final = Storage.open(contract, environment)

    def ls(self, path: str, detail: bool = True, **_options: object) -> list[Info] | list[str]:
        """What lies right in a folder, or the one file of that name."""
        found = self._entries(self._strip_protocol(path))
        return found if detail else [str(one["name"]) for one in found]

    def info(self, path: str, **_options: object) -> Info:
        """What is known of a file or a folder."""
        path = self._strip_protocol(path)
        parts = path.split("/", _MOST_PARTS)
        if len(parts) <= _MOST_PARTS and self._above(path) is not None:
            return _folder(path)
        prefix = self._prefix(path)
        named = below(prefix, "/".join(parts[_MOST_PARTS:]))
        if named is None or not named.name:
            return _folder(path)
        try:
            stored = named.place.info(named.name)
        except NotFound:
            if next(children(prefix, parts[-1]), None) is None:
                raise _no_file(path) from None
            return _folder(path)
        return {
            **_file(Row(path, stored.key, stored.size, stored.etag, stored.modified)),
            "content_type": stored.type,
            "sha256": stored.sha256,
        }

    def exists(self, path: str, **_options: object) -> bool:
        """Whether there is such a file or folder; what else keeps from knowing is an error, and not False."""
        try:
            self.info(path)
        except FileNotFoundError:
            return False
        return True

    def isfile(self, path: str) -> bool:
        """Whether a file is there; what else keeps from knowing is an error, and not False."""
        try:
            return self.info(path)["type"] == "file"
        except FileNotFoundError:
            return False

    def find(
        self,
        path: str,
        maxdepth: int | None = None,
        withdirs: bool = False,
        detail: bool = False,
        **options: object,
    ) -> list[str] | dict[str, Info]:
        """All files below, by one list where nothing keeps from it."""
        path = self._strip_protocol(path)
        parts = path.split("/", _MOST_PARTS)
        if maxdepth is not None or withdirs or len(parts) < _MOST_PARTS:
            return super().find(path, maxdepth, withdirs, detail, **options)  # type: ignore[no-any-return]  # same
        found = {row.word: _file(row) for row in objects(self._prefix(path), "/".join(parts[_MOST_PARTS:]))}
        return found if detail else sorted(found)

    def cat_file(
        self, path: str, start: int | None = None, end: int | None = None, **_options: object
    ) -> bytes:
        """The bytes from start up to end, counted as Python counts them."""
        named = self._named(path)
        try:
            if start is None and end is None:
                with named.place.open(named.name) as file:
                    return file.read()
            if (start or 0) < 0 or (end or 0) < 0:
                start, end, _ = slice(start, end).indices(named.place.info(named.name).size)
            return _between(named, start or 0, end)
        except NotFound:
            raise _no_file(path) from None

    def cp_file(self, _source: str, path: str, **_options: object) -> NoReturn:
        """Refused, as all that writes."""
        raise _read_only(path)

    def rm_file(self, path: str) -> NoReturn:
        """Refused, as all that writes."""
        raise _read_only(path)

    _rm = rm_file

    def mkdir(self, path: str, *_more: object, **_options: object) -> NoReturn:
        """Refused, as all that writes."""
        raise _read_only(path)

    makedirs = rmdir = mkdir

    def modified(self, path: str) -> object:
        """When a file was written."""
        return self.info(path).get("mtime")

    def _open(self, path: str, mode: str = "rb", **_options: object) -> BinaryIO:
        if mode != "rb":
            raise _read_only(path)
        named = self._named(path)
        try:
            return named.place.open(named.name)
        except NotFound:
            raise _no_file(path) from None

    def _entries(self, path: str) -> list[Info]:
        if path.count("/") < _MOST_PARTS - 1 and (inside := self._above(path)) is not None:
            return [*map(_folder, inside)]
        rest = "/".join(path.split("/", _MOST_PARTS)[_MOST_PARTS:])
        found = [
            _folder(one.rstrip("/")) if isinstance(one, str) else _file(one)
            for one in children(self._prefix(path), rest)
        ]
        if found:
            return found
        about = self.info(path)
        return [about] if about["type"] == "file" else []

    def _above(self, path: str) -> list[str] | None:
        """What lies in a folder above the prefixes, or in a prefix that is named; None where none is."""
        known = [*addresses(self._storage.opened.environment)]
        if not path:
            return list(dict.fromkeys(one.partition("/")[0] for one in known))
        if path in known:
            return []
        return [one for one in known if one.startswith(f"{path}/")] or None

    def _prefix(self, path: str) -> DeclaredPrefix:
        address = "/".join(path.split("/")[:_MOST_PARTS])
        if address not in addresses(self._storage.opened.environment):
            raise _no_file(path)
        return self._storage.prefix(address)

    def _named(self, path: str) -> Named:
        path = self._strip_protocol(path)
        named = below(self._prefix(path), "/".join(path.split("/", _MOST_PARTS)[_MOST_PARTS:]))
        if named is None or not named.name:
            raise _no_file(path)
        return named


def _between(named: Named, start: int, end: int | None) -> bytes:
    if end is not None and end <= start:
        return b""
    place = named.place
    try:
        at = At(place.there.bucket, key_of(place.there, place.path, named.name))
        return read_span(place.home.backend, at, Span(start, None if end is None else end - 1))
    except Refused:
        if start < named.place.info(named.name).size:
            raise
        return b""


def _folder(path: str) -> Info:
    return {"name": path, "size": 0, "type": "directory"}


def _file(row: Row) -> Info:
    return {
        "name": row.word,
        "size": row.size,
        "type": "file",
        "key": row.key,
        "ETag": row.etag,
        "mtime": row.modified,
    }


def _no_file(path: str) -> FileNotFoundError:
    return FileNotFoundError(f"{shown(path, 120)} is neither a file nor a folder of the contract")


def _read_only(path: str) -> Refused:
    return Refused(f"{shown(path, 120)} is only read by fsspec: write it by the storage client")
