"""The SDK's transfer library with files of this machine, as it is by default.

python -m bench.transfer_boto3 start|up|down|many-up|many-down PATH
"""

import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Final

import boto3
from botocore.config import Config

if TYPE_CHECKING:
    from botocore.client import BaseClient

BUCKET: Final = "bench"
LARGE: Final = "large.bin"
AT_ONCE: Final = 16
"""Small files on their way at once, of every program."""


def main(what: str, path: Path) -> None:
    """Do it."""
    s3 = client()
    if what == "up":
        s3.upload_file(str(path), BUCKET, f"boto3/{LARGE}")
    elif what == "down":
        s3.download_file(BUCKET, f"ours/{LARGE}", str(path))
    elif what == "many-up":
        each(lambda one: s3.upload_file(str(one), BUCKET, f"boto3/{one.name}"), path.iterdir())
    elif what == "many-down":
        each(lambda key: s3.download_file(BUCKET, key, str(path / Path(key).name)), small_keys(s3))


def client() -> "BaseClient":
    """The SDK's client for the server that the environment names."""
    return boto3.client("s3", config=Config(s3={"addressing_style": "path"}, max_pool_connections=AT_ONCE))


def small_keys(s3: "BaseClient") -> Iterator[str]:
    """Those of the small files."""
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=BUCKET, Prefix="ours/small")
    return (row["Key"] for page in pages for row in page.get("Contents", ()))


def each(act: Callable[..., object], items: Iterable[object]) -> None:
    """All of them, so many at once."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for _ in pool.map(act, items):
            pass


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
