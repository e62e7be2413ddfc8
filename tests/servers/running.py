"""S3 servers written by others, each on a free port of this machine and with a folder of its own.

with versitygw() as server:
    server.client().create_bucket(Bucket="one")
    run(..., env=server.environment)
"""

import os
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.engine.needing import needed
from tests.servers.processes import NotRunningError, answering
from tests.surroundings import NOWHERE, surrounded, without

if TYPE_CHECKING:
    from botocore.client import BaseClient

ROOT: Final = Path(__file__).parents[2]
KEY: Final = "local-access-key"
SECRET: Final = "local-secret-key"  # noqa: S105 - it opens a server that ends with the block
REGION: Final = "us-east-1"
_KMS: Final = "here:" + "bG9jYWwta2V5LW9mLXRoaXJ0eS10d28tYnl0ZXMtLi4="
"""A key and its name, as MinIO takes them."""


@dataclass(frozen=True, slots=True)
class Running:
    """A server that answers, and how to ask it."""

    name: str
    url: str
    folder: Path
    """Where its data are; gone after the block."""
    process: subprocess.Popen[bytes]

    @property
    def environment(self) -> dict[str, str]:
        """The environment of a program that shall know this server and no other."""
        return asking(self.url)

    def client(
        self, service: str = "s3", url: str = "", keys: tuple[str, str, str] = (KEY, SECRET, "")
    ) -> "BaseClient":
        """The SDK's client for it; `url` where a proxy stands before it, the keys and token of whom."""
        import boto3
        from botocore.config import Config

        return boto3.client(
            service,
            endpoint_url=url or self.url,
            region_name=REGION,
            aws_access_key_id=keys[0],
            aws_secret_access_key=keys[1],
            aws_session_token=keys[2] or None,
            config=Config(s3={"addressing_style": "path"}, retries={"total_max_attempts": 1}),
        )


def asking(url: str) -> dict[str, str]:
    """The environment of this process, but for everything that leads to AWS or to a proxy."""
    return {
        **without("AWS_", "BUCKETWRIGHT_"),
        **NOWHERE,
        "AWS_ENDPOINT_URL": url,
        "AWS_ACCESS_KEY_ID": KEY,
        "AWS_SECRET_ACCESS_KEY": SECRET,
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
    }


@contextmanager
def known_alone(server: Running) -> Iterator[Running]:
    """Within the block this process knows that server and no other, as `environment` says."""
    with surrounded(server.environment):
        yield server


def binary(name: str) -> Path:
    """A server that the tests need; without it the test is left out, or fails where all are required."""
    return needed(_built(".servers", name), os.environ, f"there is no {name}: make servers builds it")


def peer(name: str) -> Path | None:
    """A server or tool that only benches need, where make peers (or make minio) got it."""
    return _built(".peers", name)


def _built(folder: str, name: str) -> Path | None:
    path = ROOT / folder / "bin" / name
    return path if path.exists() else None


def needed_peer(name: str) -> Path:
    found = peer(name)
    if found is None:
        raise NotRunningError(f"there is no {name}: make peers gets it")
    return found


@contextmanager
def versitygw(*options: str) -> Iterator[Running]:
    """One over files, with versioning, that keeps connections open; options are its own."""
    with tempfile.TemporaryDirectory(prefix="versitygw-") as made:
        folder = Path(made)
        (folder / "data").mkdir()
        (folder / "versions").mkdir()
        command = (
            *(str(binary("versitygw")), "--port", "127.0.0.1:{port}", "--keep-alive", "--quiet", *options),
            *("posix", "--versioning-dir", str(folder / "versions"), str(folder / "data")),
        )
        secrets = {"ROOT_ACCESS_KEY": KEY, "ROOT_SECRET_KEY": SECRET}
        with _running("versitygw", command, secrets, folder) as running:
            yield running


@contextmanager
def minio() -> Iterator[Running]:
    """One on a single disk, with a KMS key called `here`; make minio builds it."""
    with tempfile.TemporaryDirectory(prefix="minio-") as made:
        command = (
            *(str(needed_peer("minio")), "server", "--quiet", "--address", "127.0.0.1:{port}"),
            *("--console-address", "127.0.0.1:0", made + "/data"),
        )
        secrets = {"MINIO_ROOT_USER": KEY, "MINIO_ROOT_PASSWORD": SECRET, "MINIO_KMS_SECRET_KEY": _KMS}
        with _running("minio", command, secrets, Path(made)) as running:
            yield running


@contextmanager
def rclone() -> Iterator[Running]:
    """rclone's server over files, which keeps no settings of buckets; make peers gets it."""
    with tempfile.TemporaryDirectory(prefix="rclone-") as made:
        folder = Path(made)
        (folder / "data").mkdir()
        command = (
            *(str(needed_peer("rclone")), "serve", "s3", "--addr", "127.0.0.1:{port}"),
            *("--config", os.devnull, "--auth-key", f"{KEY},{SECRET}", str(folder / "data")),
        )
        with _running("rclone", command, {}, folder) as running:
            yield running


@contextmanager
def _running(
    name: str, command: Sequence[str], secrets: Mapping[str, str], folder: Path
) -> Iterator[Running]:
    environment = {**asking(""), **secrets, "HOME": str(folder), "PATH": os.environ.get("PATH", os.defpath)}
    with answering(command, environment, folder) as (process, port):
        yield Running(name, f"http://127.0.0.1:{port}", folder / "data", process)
