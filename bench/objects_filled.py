"""Servers with a bucket of many small objects, put there by s5cmd; one in twenty says nothing of its type."""

import os
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench.objects_listing import FEW, FEWER
from tests.servers.running import ROOT, Running, asking, minio, rclone, versitygw

SERVERS: Final[Mapping[str, Callable[[], AbstractContextManager[Running]]]] = {
    "versitygw": versitygw,
    "minio": minio,
    "rclone": rclone,
}
MANY: Final = "many"
TOOLS: Final = ROOT / ".peers" / "bin"
_ENDINGS: Final = ("html", "json", "css", "png")
_UNTYPED: Final = 20
_PREFIXES: Final = 10


@dataclass(frozen=True, slots=True)
class Filled:
    """A server, and how many objects lie in its bucket `many`; `few` holds one hundred."""

    server: Running
    objects: int


def environment_for(url: str) -> dict[str, str]:
    """That of a program that shall know the server at that address, by whatever name it asks for it."""
    known = {**asking(url), "HOME": ".", "PYTHONPATH": str(ROOT)}
    key, secret, there = (
        known["AWS_ACCESS_KEY_ID"],
        known["AWS_SECRET_ACCESS_KEY"],
        url.removeprefix("http://"),
    )
    return {
        **known,
        "MC_HOST_there": f"http://{key}:{secret}@{there}",
        "RCLONE_CONFIG": os.devnull,
        "RCLONE_S3_ENDPOINT": url,
        "RCLONE_S3_ENV_AUTH": "true",
        "RCLONE_S3_LIST_VERSION": "2",
        "RCLONE_S3_PROVIDER": "Other",
        "S3_ENDPOINT_URL": url,
    }


@contextmanager
def filled(name: str, objects: int) -> Iterator[Filled]:
    """One of the servers, with so many objects."""
    with SERVERS[name]() as server, tempfile.TemporaryDirectory(prefix="bench-") as made:
        there = Filled(server, objects)
        for bucket, count in ((MANY, objects), (FEW, FEWER)):
            server.client().create_bucket(Bucket=bucket)
            put(there, Path(made) / bucket, bucket, range(count))
        yield there


def put(there: Filled, folder: Path, bucket: str, numbers: range) -> None:
    """Put the objects of these numbers, new ones or again."""
    for number in numbers:
        sort = "untyped" if number % _UNTYPED == 0 else "typed"
        ending = _ENDINGS[number % len(_ENDINGS)]
        path = folder / sort / f"part {number % _PREFIXES}" / f"{number:07d}.{ending}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"%d" % number)
    for sort, options in (("typed", ()), ("untyped", ("--content-type", "binary/octet-stream"))):
        if (folder / sort).exists():
            words = ("--numworkers", "32", "cp", *options, f"{folder / sort}/", f"s3://{bucket}/{sort}/")
            _s5cmd(there, words)


def _s5cmd(there: Filled, words: tuple[str, ...]) -> None:
    subprocess.run(
        [str(TOOLS / "s5cmd"), *words],
        env=environment_for(there.server.url),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        check=True,
    )
