"""What does the file say that stands for a bucket's rows: which parts hold them, which runs wrote them?"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from hashlib import sha256
from typing import Final, TypeVar

from audits.ledger.identity import BucketIdentity, LedgerError, NewerFormatError
from audits.ledger.spans import EVERYTHING, Range, covers, joined
from bucketwright.strict_json import NotJsonError, read_json

FORMAT: Final = 1
MOST_RUNS: Final = 100
"""How many runs are named; the oldest are forgotten."""
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]*\.parquet")
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Part:
    """A file of rows, sorted by key and version."""

    name: str
    rows: int
    gone: int
    """So many of the rows say that something is no longer there."""
    size: int
    """In bytes."""
    digest: str
    """SHA-256 of the file."""
    first: str
    last: str
    """Its keys lie between these two, both within."""
    oldest: datetime
    newest: datetime
    """When its rows were listed."""
    whole: tuple[Range, ...] = ()
    """The ranges of which it holds all there is; elsewhere what it does not hold is as it was before."""

    @property
    def extent(self) -> tuple[Range, ...]:
        """Where its rows are."""
        return self.whole or (("", self.last),)


@dataclass(frozen=True, slots=True)
class Retired:
    """A part that nobody needs any more, but somebody may still be reading."""

    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Run:
    """A run that was finished."""

    name: str
    begun: datetime
    ended: datetime
    rows: int
    """So many it wrote: new, changed, asked again."""
    gone: int
    looked_at_all: bool
    """Whether it went through the whole bucket."""


@dataclass(frozen=True, slots=True)
class UploadsSeen:
    """The uploads that nobody had finished when they were last listed to their end."""

    seen: datetime
    count: int
    size: int
    """Bytes of their parts, as far as they could be listed."""
    unsized: int
    """Of so many they could not."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """All that counts of one bucket."""

    bucket: BucketIdentity
    parts: tuple[Part, ...] = ()
    runs: tuple[Run, ...] = ()
    retired: tuple[Retired, ...] = ()
    uploads: UploadsSeen | None = None
    """None where no run has told of them."""

    @property
    def is_complete(self) -> bool:
        """Whether every key was seen: by one run, or by several."""
        return any(run.looked_at_all for run in self.runs) or covers(
            joined(span for part in self.parts for span in part.whole), EVERYTHING
        )

    def with_run(self, run: Run, parts: Iterable[Part], uploads: UploadsSeen | None = None) -> "Manifest":
        """The same after a run, however often that is said."""
        others = tuple(one for one in self.runs if one.name != run.name)
        runs = (*others, run)[-MOST_RUNS:]
        return replace(self.with_parts(parts), runs=runs, uploads=uploads or self.uploads)

    def with_parts(self, parts: Iterable[Part]) -> "Manifest":
        """The same with further parts."""
        by_name = {part.name: part for part in (*self.parts, *parts)}
        return replace(self, parts=tuple(sorted(by_name.values(), key=lambda one: (one.oldest, one.name))))

    def without_parts(self, names: Iterable[str], now: datetime) -> "Manifest":
        """The same without some parts, whose files go later."""
        dropped = frozenset(names)
        away = tuple(Retired(part.name, now) for part in self.parts if part.name in dropped)
        left = tuple(part for part in self.parts if part.name not in dropped)
        return replace(self, parts=left, retired=(*self.retired, *away))


@dataclass(frozen=True, slots=True)
class Journal:
    """What a run that is not finished has written so far."""

    bucket: BucketIdentity
    run: str
    begun: datetime
    parts: tuple[Part, ...] = ()
    finished: tuple[Range, ...] = ()


def manifest_text(manifest: Manifest) -> bytes:
    """As it is written."""
    return _sealed(
        {
            **_about(manifest.bucket),
            "parts": [_plain(part) for part in manifest.parts],
            "runs": [_plain(run) for run in manifest.runs],
            "retired": [_plain(one) for one in manifest.retired],
            "uploads": None if manifest.uploads is None else _plain(manifest.uploads),
        }
    )


def read_manifest(text: bytes) -> Manifest:
    """What was written; LedgerError where it is not that."""
    said = _unsealed(text)
    return Manifest(
        _bucket(said),
        tuple(_part(one) for one in _several(said, "parts")),
        tuple(_made(Run, one) for one in _several(said, "runs")),
        tuple(_made(Retired, one) for one in _several(said, "retired")),
        None if said.get("uploads") is None else _made(UploadsSeen, said["uploads"]),
    )


def journal_text(journal: Journal) -> bytes:
    """As it is written."""
    return _sealed(
        {
            **_about(journal.bucket),
            "run": journal.run,
            "begun": journal.begun.isoformat(),
            "parts": [_plain(part) for part in journal.parts],
            "finished": [list(span) for span in journal.finished],
        }
    )


def read_journal(text: bytes) -> Journal:
    """What was written; LedgerError where it is not that."""
    said = _unsealed(text)
    match said:
        case {"run": str(run), "begun": str(begun)}:
            parts = tuple(_part(one) for one in _several(said, "parts"))
            return Journal(_bucket(said), run, _time(begun), parts, _ranges(said.get("finished")))
    raise LedgerError("says nothing of a run")


def _about(bucket: BucketIdentity) -> Mapping[str, object]:
    return {"format": FORMAT, "bucket": bucket.name, "endpoint": bucket.endpoint}


def _sealed(said: Mapping[str, object]) -> bytes:
    return json.dumps({**said, "digest": _digest(said)}, indent=1).encode("ascii") + b"\n"


def _digest(said: Mapping[str, object]) -> str:
    text = json.dumps(said, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode("ascii")).hexdigest()


def _unsealed(text: bytes) -> Mapping[str, object]:
    try:
        found = read_json(text)
    except NotJsonError as error:
        raise LedgerError(f"is {error}") from None
    match found.value:
        case {"format": int(version)} if version > FORMAT:
            raise NewerFormatError(
                f"is of format {version}, and this program knows up to {FORMAT}: use a newer bucketwright"
            )
        case {"format": 1, "digest": str(digest), **rest} if not found.complaints:
            said = {str(name): value for name, value in rest.items()}
            if digest != _digest({"format": 1, **said}):
                raise LedgerError("was changed or damaged: its digest does not fit")
            return said
    raise LedgerError("is none that bucketwright wrote")


def _plain(one: Part | Run | Retired | UploadsSeen) -> Mapping[str, object]:
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in asdict(one).items()
    }


def _bucket(said: Mapping[str, object]) -> BucketIdentity:
    match said:
        case {"bucket": str(name), "endpoint": str(endpoint)}:
            return BucketIdentity(name, endpoint)
    raise LedgerError("names no bucket")


def _several(said: Mapping[str, object], name: str) -> list[object]:
    found = said.get(name)
    if not isinstance(found, list):
        raise LedgerError(f"lists no {name}")
    return found


def _part(said: object) -> Part:
    match said:
        case {"whole": spans, "name": str(name), **rest} if _NAME.fullmatch(name):
            return replace(_made(Part, {"name": name, **rest}), whole=_ranges(spans))
    raise LedgerError("holds something that is no part")


_TYPES: Final[Mapping[str, type]] = {"str": str, "int": int, "bool": bool, "datetime": str}


def _made(kind: type[Made], said: object) -> Made:
    """One of our records from what JSON says of it."""
    if not isinstance(said, Mapping):
        raise LedgerError(f"holds something that is no {kind.__name__.lower()}")
    values: dict[str, object] = {}
    for one in fields(kind):  # type: ignore[arg-type]  # all kinds here are dataclasses
        name = one.type.__name__ if isinstance(one.type, type) else str(one.type)
        if name not in _TYPES:
            continue
        found = said.get(one.name)
        if type(found) is not _TYPES[name] or (isinstance(found, int) and found < 0):
            raise LedgerError(f"holds something that is no {kind.__name__.lower()}: {one.name}")
        values[one.name] = _time(str(found)) if name == "datetime" else found
    return kind(**values)


def _ranges(said: object) -> tuple[Range, ...]:
    if not isinstance(said, list):
        raise LedgerError("holds no ranges of keys where some belong")
    found: list[Range] = []
    for one in said:
        match one:
            case [str(low), (str() | None) as high]:
                found.append((low, high))
            case _:
                raise LedgerError("holds something that is no range of keys")
    return tuple(found)


def _time(told: str) -> datetime:
    try:
        found = datetime.fromisoformat(told)
    except ValueError:
        raise LedgerError("holds a time that is none") from None
    if found.tzinfo is None:
        raise LedgerError("holds a time of no known zone")
    return found
