"""What most people write: boto3's paginator, and a HEAD of each key by 32 threads.

python -m bench.objects_boto3 BUCKET [--list]
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import boto3
from botocore.config import Config

THREADS = 32


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("bucket")
    asked.add_argument("--list", action="store_true")
    said = asked.parse_args()
    s3 = boto3.client("s3", config=Config(max_pool_connections=THREADS, s3={"addressing_style": "path"}))

    def keys() -> Iterator[str]:
        for page in s3.get_paginator("list_objects_v2").paginate(Bucket=said.bucket):
            yield from (one["Key"] for one in page.get("Contents", ()))

    def content_type(key: str) -> str:
        return str(s3.head_object(Bucket=said.bucket, Key=key).get("ContentType"))

    if said.list:
        print(json.dumps({"keys": sum(1 for _ in keys())}))
        return
    with ThreadPoolExecutor(THREADS) as workers:
        types = Counter(workers.map(content_type, keys()))
    print(json.dumps({"keys": types.total(), "headed": types.total(), "types": types}))


if __name__ == "__main__":
    main()
