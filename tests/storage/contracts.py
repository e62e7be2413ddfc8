"""The contract that the tests of storage read."""

from functools import cache
from typing import Final

from bucketwright.contract.keys.variable_types import Value
from bucketwright.contract.loading import read
from bucketwright.contract.model import Contract
from bucketwright.storage import Settings, Storage
from bucketwright.storage.opened import Opened
from bucketwright.storage.place import Place

TEXT: Final = """
project: shelf
region: eu-west-1
environments: {dev: {}, prod: {account: "111122223333"}}
transfer: {threshold: 6 MB, part_size: 5 MiB, concurrency: 2}
buckets:
  files:
    prefixes:
      documents:
        path: "{env}/cases/{case_id:int}/documents/"
        types: [application/pdf, image/*, text/plain, text/csv]
        max_size: 1 MB
      papers: {path: "papers/", extensions: [.pdf, .tar.gz], write: {mode: create, on_clash: suffix}}
      exports: {path: "{env}/cases/{case_id:int}/exports/", expire: 9 days, tags: {kind: export}}
      drafts: {path: "drafts/", write: overwrite}
      pointers: {path: "pointers/", write: if-unchanged}
      chunks: {path: "chunks/{document_id}/", objects: "chunk_{i:int}.txt", write: overwrite}
      messages: {path: "messages/", objects: "{id:uuid}.json", write: {mode: create, on_clash: suffix}}
      pages: {path: "pages/", delivery: presigned, write: overwrite}
      site: {path: "site/", delivery: {via: cloudfront, expires: 2 hours}, write: overwrite}
      blobs: {path: "cas/{head:hex2}/", objects: "{hash:sha256}", delivery: content-addressed}
      keys: {path: "keys/", extensions: [.pem, .txt], write: overwrite}
      raw: {path: "raw/", types: [application/octet-stream], write: overwrite}
    cloudfront:
      signing_keys:
        one: |
          -----BEGIN PUBLIC KEY-----
          MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEW3sa8FwfqhGQtRAsWlEFw4jF6egi
          /pzBxqTuv6T1EVZKhmQqGvgTY0sB7uOrSXu5PgQLusXJ2qcxFgAeqP8EPA==
          -----END PUBLIC KEY-----
  sessions:
    temp: {session_ttl: 24 hours}
    prefixes: {incoming: {path: "sessions/{session_id:uuid}/"}}
  logs: {purpose: access-logs, prefixes: {delivered: {path: "files/"}}}
"""
ACCOUNT: Final = "111122223333"
PDF: Final = b"%PDF-1.7\n1 0 obj\n"
PNG: Final = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"


@cache
def contract() -> Contract:
    """As it is read."""
    return read(TEXT, "contract.yaml")


def storage(environment: str = "dev") -> Storage:
    """An empty one in memory."""
    return Storage.in_memory(contract(), environment)


def place(address: str, **values: Value) -> Place:
    """A place of an empty storage in memory."""
    return storage().prefix(address).at(**values)


def beside(there: Place, address: str, **values: Value) -> Place:
    """Another place of the same storage."""
    assert isinstance(there.home, Opened)
    return there.home.prefix(address).at(**values)


def asking(url: str, account: str = ACCOUNT) -> Storage:
    """One that asks a server on this machine, as an account or as nobody."""
    return Storage.open(contract(), "dev", Settings(endpoint_url=url, access_key=account, secret_key=account))
