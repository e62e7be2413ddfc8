"""A contract with quarantines, a scanner without a daemon, and a backend that meddles."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from bucketwright.contract.loading import read
from bucketwright.contract.model import Contract
from bucketwright.storage import Storage, Unreachable
from bucketwright.storage.backends.interface import Content, Reading
from bucketwright.storage.backends.memory import Memory
from bucketwright.storage.content import Readable, given
from bucketwright.storage.opened import Opened
from bucketwright.storage.patterns.quarantine import Quarantine, quarantine
from bucketwright.storage.place import Place
from bucketwright.storage.scanning import Clean, Infected, Scanner, Unscanned, Verdict
from bucketwright.storage.stored import SHA256, At, Attributes, Condition, IfMatch, Span, Stored

TEXT: Final = """
project: room
region: eu-west-1
environments: {dev: {account: "111122223333"}}
buckets:
  uploads:
    prefixes:
      waiting:
        path: "waiting/{case_id:int}/"
        quarantine: {scanner: scanner, release_to: uploads/clean}
      clean: {path: "clean/{case_id:int}/", types: [text/plain, application/pdf], max_size: 1 MB}
      strict: {path: "strict/{case_id:int}/", quarantine: {scanner: scanner, release_to: uploads/suffixed}}
      suffixed: {path: "suffixed/{case_id:int}/", write: {mode: create, on_clash: suffix}}
      kept:
        path: "kept/{upload_id:uuid}/"
        quarantine: {scanner: scanner, release_to: uploads/dated, infected: keep}
      dated: {path: "dated/{year:year}/{month:month}/{on:date}/", write: overwrite}
      lost: {path: "lost/", quarantine: {scanner: scanner, release_to: uploads/clean}}
access:
  scanner:
    trusts: ecs-tasks.amazonaws.com
    read: [uploads/*]
    write: [uploads/clean, uploads/suffixed, uploads/dated]
    delete: [uploads/waiting, uploads/strict, uploads/kept, uploads/lost]
"""
SMALL: Final = """
project: room
region: eu-west-1
environments: {dev: {account: "111122223333"}}
buckets:
  uploads:
    prefixes:
      waiting:
        path: "waiting/{case_id:int}/"
        quarantine: {scanner: scanner, release_to: uploads/clean}
      clean: {path: "clean/{case_id:int}/"}
access:
  scanner:
    trusts: ecs-tasks.amazonaws.com
    read: [uploads/*]
    write: uploads/clean
    delete: uploads/waiting
"""
"""Deployed soon."""
VIRUS: Final = b"a virus for tests"
BUCKET: Final = "room-dev-uploads"


@cache
def contract() -> Contract:
    """As it is read."""
    return read(TEXT, "contract.yaml")


@dataclass(slots=True)
class Finds:
    """A scanner that finds one text, or says what it is told to."""

    largest: int = 10**6
    says: Verdict | None = None
    is_sound: bool = True
    seen: list[bytes] = field(default_factory=list)
    meanwhile: Callable[[], None] = lambda: None
    """What happens while it scans."""

    def keep_sound(self) -> None:
        if not self.is_sound:
            raise Unreachable("the scanner does not answer")

    def scan(self, file: Readable) -> Verdict:
        self.seen.append(file.read())
        self.meanwhile()
        return self.says or (Infected("Test") if VIRUS in self.seen[-1] else Clean())


class Meddling(Memory):
    """Before each of its steps somebody may do something."""

    def __init__(self) -> None:
        super().__init__()
        self.before: Callable[[str], None] = calm

    def put(self, at: At, content: Content, attributes: Attributes, condition: Condition = None) -> Stored:
        self.before("put")
        stored = super().put(at, content, attributes, condition)
        self.before("put done")
        return stored

    def get(self, at: At, span: Span | None = None, etag: str = "") -> Reading:
        self.before("get")
        return super().get(at, span, etag)

    def head(self, at: At) -> Stored:
        self.before("head")
        return super().head(at)

    def delete(self, at: At, condition: IfMatch | None = None) -> None:
        self.before("delete")
        super().delete(at, condition)
        self.before("delete done")


def room(backend: Memory | None = None) -> Storage:
    """A storage of the contract."""
    chosen = contract().environments["dev"]
    return Storage(Opened(chosen, {"uploads": BUCKET}, lambda: backend or Memory()))


def scanned_by(scanner: Scanner, storage: Storage, name: str = "waiting") -> Quarantine:
    """A quarantine of it."""
    return quarantine(storage, f"uploads/{name}", scanner)


def upload(backend: Memory, data: bytes, key: str, kind: str = "text/plain", noted: str = "") -> None:
    """As a browser does it, with a signed link: by no rule of the contract."""
    with given(data) as content:
        backend.put(At(BUCKET, key), content, Attributes(kind, {SHA256: noted} if noted else {}))


def contents(place: Place) -> Mapping[str, bytes]:
    """Everything at a place."""
    return {entry.name: place.get(entry.name) for entry in place.list()}


def calm(_step: str) -> None:
    """Nobody meddles."""


UNSURE: Final = Unscanned("it broke", may_pass=True)
