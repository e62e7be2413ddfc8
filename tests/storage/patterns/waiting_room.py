"""A contract with quarantines, a scanner without a daemon, a backend that meddles, a queue of arrivals."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from bucketwright.contract.loading import read
from bucketwright.contract.model import Contract
from bucketwright.storage import Storage, StorageError, Unreachable
from bucketwright.storage.backends.interface import Content, Reading
from bucketwright.storage.backends.memory import Memory
from bucketwright.storage.content import given
from bucketwright.storage.opened import Opened
from bucketwright.storage.patterns.quarantine import Quarantine, quarantine
from bucketwright.storage.patterns.queues import Message, Outgoing
from bucketwright.storage.pieces import Readable
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
KEY: Final = "waiting/7/a.txt"


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

    def interrupt(self, step: int) -> None:
        """Let the program be interrupted there, once so many steps from now were taken."""
        passed: list[str] = []

        def cut(told: str) -> None:
            passed.append(told)
            if len(passed) == step + 1:
                raise KeyboardInterrupt

        self.before = cut

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


@dataclass(slots=True)
class Line:
    """A queue whose messages come back until they are deleted."""

    bodies: list[str] = field(default_factory=list)
    taken: int = 0
    given_back: int = 0
    is_fifo: bool = False

    def send(self, message: Outgoing) -> str:
        self.bodies.append(message.body)
        return str(len(self.bodies))

    def send_many(self, messages: Sequence[Outgoing]) -> tuple[str | StorageError, ...]:
        return tuple(map(self.send, messages))

    def receive(self, most: int, wait: int, hidden: int | None) -> tuple[Message, ...]:
        self.taken += 1
        return tuple(Message(one[:9], one, one) for one in self.bodies[:most])

    def delete(self, receipt: str) -> None:
        self.bodies.remove(receipt)

    def hide(self, receipt: str, seconds: int) -> None:
        assert seconds == 0
        self.given_back += 1

    def facts(self) -> dict[str, str]:
        return {}


def event(key: str, bucket: str = BUCKET, **other: object) -> str:
    detail = {"version": "0", "bucket": {"name": bucket}, "object": {"key": key, "size": 4, "etag": "e"}}
    return json.dumps({"source": "aws.s3", "detail-type": "Object Created", "detail": detail, **other})
