"""The contract that the tests of patterns read, and the places of it that they use."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from bucketwright.contract.keys.variable_types import Value
from bucketwright.contract.loading import read
from bucketwright.contract.model import Contract
from bucketwright.storage import Settings, Storage
from bucketwright.storage.place import Place

ACCOUNT: Final = "111122223333"
REGION: Final = "eu-west-1"
BUCKETS: Final = ("works-dev-files", "works-dev-sessions")
TEXT: Final = """
project: works
region: eu-west-1
environments: {dev: {}}
transfer: {threshold: 6 MB, part_size: 5 MiB, concurrency: 2}
buckets:
  files:
    abort_uploads: 5 days
    prefixes:
      kept: {path: "kept/", keep: forever}
      batch: {path: "{env}/tmp/{case_id:int}/{batch_id}/", expire: 7 days, write: overwrite}
      staging: {path: "staging/", objects: "{message_id:uuid}.json", expire: 3 days, types: application/json}
      any: {path: "any/", extensions: [.bin], expire: 30 days}
      checkpoints: {path: "runs/{run_id:slug}/checkpoints/", objects: "step_{step:int}.ckpt", max_size: 1 GB}
      loose: {path: "loose/{run_id:slug}/", write: {mode: create, on_clash: suffix}}
      pointers: {path: "runs/{run_id:slug}/pointers/", write: if-unchanged}
      mirror: {path: "mirror/", write: overwrite}
      second: {path: "second/", write: overwrite}
      careful: {path: "careful/", write: if-unchanged}
      once: {path: "once/", write: {mode: create, on_clash: suffix}}
      blobs: {path: "cas/{head:hex2}/", objects: "{hash:sha256}", delivery: content-addressed}
      papers: {path: "papers/", types: [application/pdf, text/plain], max_size: 1 KB, write: overwrite}
  sessions:
    temp: {session_ttl: 24 hours}
    prefixes:
      incoming: {path: "sessions/{session_id:uuid}/incoming/"}
      pages: {path: "sessions/{session_id:uuid}/pages/{kind}/", write: overwrite}
access:
  worker:
    trusts: ecs-tasks.amazonaws.com
    read: sessions/*
    write: sessions/incoming
"""


@cache
def contract() -> Contract:
    """As it is read."""
    return read(TEXT, "contract.yaml")


def in_memory() -> Storage:
    """An empty storage in memory."""
    return Storage.in_memory(contract())


def in_folder(path: Path) -> Storage:
    """One in a folder."""
    return Storage.in_folder(contract(), path)


def asking(url: str) -> Storage:
    """One that asks a server on this machine."""
    return Storage.open(contract(), "dev", Settings(endpoint_url=url, access_key=ACCOUNT, secret_key=ACCOUNT))


def place(storage: Storage, address: str, **values: Value) -> Place:
    """A place of it."""
    return storage.prefix(address).at(**values)


def contents(there: Place) -> Mapping[str, bytes]:
    """All objects of a place."""
    return {entry.name: b"".join(there.stream(entry.name)) for entry in there.list()}
