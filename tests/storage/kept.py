"""The backends that the tests of storage run on, each with a bucket of its own."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from bucketwright.storage.backends.folder import Folder
from bucketwright.storage.backends.interface import Backend
from bucketwright.storage.backends.memory import Memory
from bucketwright.storage.backends.s3_opening import s3
from bucketwright.storage.content import Body, given
from bucketwright.storage.settings import Settings
from bucketwright.storage.stored import At
from sandbox.regions import located
from tests.sandbox.drifts.deploying import sandbox as emptied
from tests.servers.running import KEY, SECRET, versitygw
from tests.storage.contracts import ACCOUNT

BUCKET = "kept-for-tests"
REGION = "eu-west-1"


@dataclass(frozen=True, slots=True)
class Kept:
    """A backend, and what the tests have to know of it."""

    name: str
    backend: Backend
    is_flat: bool = True
    """Whether keys are any text to it, and not paths of files."""
    checks_hashes: bool = True
    """Whether it refuses content that is not what was announced."""

    def at(self, key: str) -> At:
        return At(BUCKET, key)


@contextmanager
def memory() -> Iterator[Kept]:
    yield Kept("memory", Memory())


@contextmanager
def folder() -> Iterator[Kept]:
    with TemporaryDirectory(prefix="kept-") as path:
        yield Kept("folder", Folder(Path(path)))


@contextmanager
def sandbox() -> Iterator[Kept]:
    with emptied() as server:
        clients = server.clients(account=ACCOUNT, region=REGION)
        clients.client("s3").create_bucket(Bucket=BUCKET, **located(REGION))
        settings = Settings(endpoint_url=server.url, access_key=ACCOUNT, secret_key=ACCOUNT)
        yield Kept("sandbox", s3(settings, {BUCKET: REGION}, ""), checks_hashes=False)


@contextmanager
def other() -> Iterator[Kept]:
    with versitygw() as server:
        server.client().create_bucket(Bucket=BUCKET)
        settings = Settings(endpoint_url=server.url, access_key=KEY, secret_key=SECRET, region="us-east-1")
        yield Kept("versitygw", s3(settings, {}, ""), is_flat=False)


BACKENDS: Mapping[str, Callable[[], AbstractContextManager[Kept]]] = {
    "memory": memory,
    "folder": folder,
    "sandbox": sandbox,
    "versitygw": other,
}


@contextmanager
def content(data: bytes) -> Iterator[Body]:
    """Bytes as a backend takes them."""
    with given(data) as body:
        yield body


@dataclass(frozen=True, slots=True)
class Lying:
    """Content that announces another hash than it has."""

    data: bytes
    size: int
    sha256: str = "0" * 64

    def opened(self, first: int = 0, size: int | None = None) -> AbstractContextManager[BinaryIO]:
        return BytesIO(self.data)
