"""The storage of a Django project: a prefix of the contract, by all of the contract's rules.

STORAGES = {
    "default": {
        "BACKEND": "bucketwright.storage.frameworks.django_backend.ContractStorage",
        "OPTIONS": {"prefix": "files/documents"},
    },
}

Names begin with the values of the prefix's variables, as in `7/brief.pdf`: `upload_to` puts them there.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from io import TextIOWrapper
from os import PathLike
from threading import Lock
from typing import IO

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import Storage as DjangoStorage
from django.utils.deconstruct import deconstructible
from django.utils.timezone import make_naive

from bucketwright.plain_text import shown
from bucketwright.storage.client import Storage
from bucketwright.storage.errors import NotFound, Refused
from bucketwright.storage.listing import children
from bucketwright.storage.naming import Named, below, form, spelled
from bucketwright.storage.place import DeclaredPrefix

_SUFFIX = "-01234567"
"""As much as the contract's suffix makes a name longer."""
_OPENING = Lock()


@deconstructible
class ContractStorage(DjangoStorage):
    """Files of one prefix; where a name is taken the contract decides, without a race."""

    def __init__(
        self, prefix: str, contract: str | PathLike[str] | None = None, environment: str = ""
    ) -> None:
        self._address, self._contract, self._environment = prefix, contract, environment
        self._opened: DeclaredPrefix | None = None

    @property
    def prefix(self) -> DeclaredPrefix:
        """The prefix, opened when it is first needed, for settings are read where nothing is there yet."""
        with _OPENING:
            if self._opened is None:
                self._opened = Storage.open(self._contract, self._environment).prefix(self._address)
            return self._opened

    def exists(self, name: str) -> bool:
        """Whether a file has that name; what else keeps from knowing is an error, and not False."""
        found = self._named(name)
        return found.place.exists(found.name)

    def size(self, name: str) -> int:
        """Its bytes."""
        with _as_files_do(name):
            found = self._named(name)
            return found.place.info(found.name).size

    def delete(self, name: str) -> None:
        """See to it that no file has that name."""
        found = self._named(name)
        found.place.delete(found.name)

    def url(self, name: str | None) -> str:
        """A signed link, which lives as long as the contract's delivery says."""
        found = self._named(name or "")
        return found.place.signed_get(found.name).url

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        """The folders and the files right in a folder."""
        found = [*children(self.prefix, path)]
        folders = [one.rstrip("/").rpartition("/")[2] for one in found if isinstance(one, str)]
        return folders, [one.word.rpartition("/")[2] for one in found if not isinstance(one, str)]

    def get_modified_time(self, name: str) -> datetime:
        """When it was written, in UTC, or without a zone where the project has none."""
        with _as_files_do(name):
            found = self._named(name)
            when = found.place.info(found.name).modified or datetime.now(UTC)
        return when if settings.USE_TZ else make_naive(when)

    def is_name_available(self, name: str, max_length: int | None = None) -> bool:
        """Whether a name is short enough: that it is taken is found out without a race when it is written."""
        return max_length is None or len(name) <= max_length

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """The name, cut where it is too long for its column with the suffix that the contract may add."""
        write = self.prefix.there.prefix.write
        more = len(_SUFFIX) if (write.mode, write.on_clash) == ("create", "suffix") else 0
        return super().get_available_name(name, None if max_length is None else max_length - more)

    def _save(self, name: str, content: "File[bytes] | File[str]") -> str:
        found = self._named(name)
        if content.seekable():
            content.seek(0)
        data = _Spelled(content.read) if isinstance(content.read(0), str) else content
        written = found.place.put(found.name, data)
        return spelled(found.place, written.name).removeprefix(f"{self.prefix.address}/")

    def _open(self, name: str, mode: str = "rb") -> "File[bytes] | File[str]":
        if mode not in {"rb", "r"}:
            raise Refused(f"files are opened to read; {shown(name, 120)} is written by save()")
        with _as_files_do(name):
            found = self._named(name)
            reader: IO[bytes] = found.place.open(found.name)
        return File(reader, name) if mode == "rb" else File(TextIOWrapper(reader, "utf-8"), name)

    def _named(self, name: str) -> Named:
        found = below(self.prefix, name)
        if found is None or not found.name:
            wanted = f"{form(self.prefix)}NAME".removeprefix(f"{self.prefix.address}/")
            raise Refused(f"{shown(name, 120)} names no file: names are {wanted}")
        return found


class _Spelled:
    """Text as bytes, in the encoding in which Django writes files."""

    def __init__(self, characters: Callable[[int], str]) -> None:
        self._characters = characters

    def read(self, most: int = -1, /) -> bytes:
        """The next characters."""
        return self._characters(most).encode()


@contextmanager
def _as_files_do(name: str) -> Iterator[None]:
    """What is not there is no file, as Django has it."""
    try:
        yield
    except NotFound as error:
        raise FileNotFoundError(f"{error.message} ({shown(name, 120)})") from error
