"""Contracts of every kind, and programs that do whatever the client lets them do under one."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from typing import Final

from hypothesis import strategies as st

from bucketwright.contract.model import Environment
from bucketwright.storage import AlreadyThere, Changed, Denied, Link, NotFound, Refused, Said, Storage
from bucketwright.storage.patterns.batches import clear
from bucketwright.storage.place import DeclaredPrefix, Place
from tests.contract.prefix_strategies import Data, days, lives, tags
from tests.contract.strategies import REGIONS, as_yaml, data_buckets, session_buckets
from tests.storage.contracts import ACCOUNT, PDF, PNG
from tests.storage.filling import CONTENTS, called, place_for
from tests.storage.signing.sending import posted, send_parts, sent

LARGE: Final = b"large" * 1_250_000
"""More than goes at once."""
FILES: Final[Mapping[str, bytes]] = {
    **CONTENTS,
    "deep/er/SCAN.PNG": PNG,
    "caf\u00e9 \U0001f600.txt": "caf\u00e9".encode(),
    "brief.custom": b"\x00",
    "no.pdf": b"this is none",
    ".env": b"SECRET=1",
    "a.tar.gz": b"\x1f\x8b\x08",
    "empty.txt": b"",
    "large.txt": LARGE,
    "large.custom": PDF + LARGE,
}
"""Content by names that fit it, that do not, and that nobody may store."""
SAYINGS: Final = (
    Said(),
    Said(),
    Said(file_name='r\u00e9sum\u00e9 "1".pdf', metadata={"by": "intake"}),
    Said(content_type="text/plain"),
    Said(content_type="application/octet-stream", cache_control="no-store"),
    Said(encoding="gzip"),
)
USUAL: Final = (AlreadyThere, Changed, NotFound, Refused)
"""What a contract may well answer."""


_UPLOADS: Final[Data] = {
    "prefixes": {
        "waiting": {
            "path": "quarantine/{number:int}/",
            "quarantine": {"scanner": "scanner", "release_to": "uploads/clean"},
            "expire": "2 days",
        },
        "clean": {"path": "clean/{number:int}/"},
    }
}
_SCANNER: Final[Data] = {
    "trusts": "ecs-tasks.amazonaws.com",
    "read": ["uploads/waiting", "uploads/clean"],
    "write": "uploads/clean",
    "delete": "uploads/waiting",
}


@st.composite
def written_contracts(draw: st.DrawFn) -> str:
    """A contract in which something can be written: by beginnings and tags, to sessions and a quarantine."""
    beginning = draw(st.sampled_from(["", "shared/"]))
    buckets = {name: draw(data_buckets(beginning, least=1)) for name in ("first", "second")}
    for bucket in buckets.values():
        inside = bucket["prefixes"]
        assert isinstance(inside, dict)
        inside["by-tag"] = {"path": "{number:int}/late/", **draw(lives()), "tags": draw(tags())}
        inside["both-by-tag"] = {"path": "{day:date}/{name}/", "expire": draw(days(1)), "write": "overwrite"}
    contract: Data = {
        "project": "writes",
        "region": draw(st.sampled_from(REGIONS)),
        "environments": {"prod": {"account": ACCOUNT}},
        "transfer": {"threshold": "6 MB", "part_size": "5 MiB", "concurrency": 2},
        "buckets": {**buckets, "sessions": draw(session_buckets(beginning)), "uploads": _UPLOADS},
        "access": {"scanner": _SCANNER},
    }
    return as_yaml(contract)


@dataclass(frozen=True, slots=True)
class Deed:
    """What a program does once."""

    what: str
    where: int
    """In which of the contract's places."""
    to: int
    """Where a copy goes."""
    file: str
    """One of FILES."""
    said: Said
    number: int
    """What tells its name from others, where the contract numbers them."""

    @property
    def data(self) -> bytes:
        """What is in the file."""
        return FILES[self.file]


def deeds() -> st.SearchStrategy[list[Deed]]:
    """What a program does, one after the other."""
    places = st.integers(0, 20)
    one = st.builds(
        Deed,
        st.sampled_from(sorted(_DOES)),
        places,
        places,
        st.sampled_from(sorted(FILES)),
        st.sampled_from(SAYINGS),
        st.integers(0, 2),
    )
    return st.lists(one, min_size=8, max_size=24)


class Program:
    """An application that stores whatever comes, wherever the contract has a place."""

    def __init__(self, storage: Storage, environment: Environment) -> None:
        self.prefixes: Final = [
            storage.prefix(f"{bucket_id}/{prefix_id}")
            for bucket_id, bucket in environment.buckets.items()
            for prefix_id in bucket.prefixes
        ]

    def fill(self) -> None:
        """Some things into every place, where the contract takes anything at all."""
        for prefix in self.prefixes:
            list(islice(_taken(prefix), 2))

    def do(self, deed: Deed) -> None:
        """What the contract does not want is refused, and the program goes on."""
        waits = (self._prefix(number).there.prefix.quarantine for number in (deed.where, deed.to))
        with suppress(*USUAL, *([Denied] if any(waits) else [])):
            _DOES[deed.what](self, deed)

    def stored(self) -> dict[str, set[str]]:
        """What the client lists in each bucket."""
        found: dict[str, set[str]] = {}
        for prefix in self.prefixes:
            rows = place_for(prefix).list()
            found.setdefault(prefix.there.bucket, set()).update(row.key for row in rows)
        return found

    def place(self, number: int, data: bytes = b"") -> Place:
        return place_for(self._prefix(number), data)

    def named(self, deed: Deed, place: Place) -> str:
        return called(place, deed.file, deed.data, i=deed.number, file_name=deed.file)

    def put(self, deed: Deed) -> None:
        place = self.place(deed.where, deed.data)
        place.put(self.named(deed, place), deed.data, deed.said)

    def put_file(self, deed: Deed) -> None:
        place = self.place(deed.where, deed.data)
        place.put(self.named(deed, place), BytesIO(deed.data), deed.said)

    def write(self, deed: Deed) -> None:
        place = self.place(deed.where, deed.data)
        with place.open(self.named(deed, place), "wb", deed.said) as file:
            file.write(deed.data)

    def replace(self, deed: Deed) -> None:
        place = self.place(deed.where, deed.data)
        name = self.named(deed, place)
        place.put(name, deed.data, deed.said, over=place.info(name).etag)

    def copy(self, deed: Deed) -> None:
        self._sent(deed, Place.copy)

    def move(self, deed: Deed) -> None:
        self._sent(deed, Place.move)

    def delete(self, deed: Deed) -> None:
        place = self.place(deed.where, deed.data)
        place.delete(self.named(deed, place))

    def clear(self, deed: Deed) -> None:
        clear(self.place(deed.where, deed.data))

    def link(self, deed: Deed) -> None:
        """Somebody outside sends content that the link was not made for, too."""
        place = self.place(deed.where, deed.data)
        sent(place.signed_put(self.named(deed, place), Link(size=len(deed.data)), deed.said), deed.data)

    def form(self, deed: Deed) -> None:
        place = self.place(deed.where, deed.data)
        posted(place.signed_post(self.named(deed, place), said=deed.said), deed.data)

    def page(self, deed: Deed) -> None:
        """A page sends parts, and another begins and is closed."""
        place = self.place(deed.where, deed.data)
        name = self.named(deed, place)
        upload = place.begin_upload(name, len(deed.data), deed.said)
        place.finish_upload(upload, send_parts(place, upload, deed.data))
        place.begin_upload(name, len(deed.data), deed.said)

    def _sent(self, deed: Deed, way: Callable[..., object]) -> None:
        """The first that lies in one place, to another."""
        place, to = self.place(deed.where), self.place(deed.to, deed.data)
        entry = next(place.list(), None)
        if entry is not None:
            way(place, entry.name, to=to, as_name=self.named(deed, to))

    def _prefix(self, number: int) -> DeclaredPrefix:
        return self.prefixes[number % len(self.prefixes)]


def _taken(prefix: DeclaredPrefix) -> Iterator[str]:
    """The keys of what is taken there."""
    for name, data in FILES.items():
        with suppress(*USUAL):
            place = place_for(prefix, data)
            yield place.put(called(place, name, data, file_name=name), data).key


_DOES: Final[Mapping[str, Callable[[Program, Deed], None]]] = {
    "clear": Program.clear,
    "copy": Program.copy,
    "delete": Program.delete,
    "form": Program.form,
    "link": Program.link,
    "move": Program.move,
    "page": Program.page,
    "put": Program.put,
    "put_file": Program.put_file,
    "replace": Program.replace,
    "write": Program.write,
}
