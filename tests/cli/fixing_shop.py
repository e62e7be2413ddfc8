"""A bucket in the sandbox that nobody declared, and `bucketwright fix` of what lies in it."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

from botocore.client import BaseClient
from click.testing import Result

from sandbox.regions import located
from sandbox.server import Server
from tests.cli.running import run

ACCOUNT: Final = "210987654321"
REGION: Final = "us-west-2"
BYTES: Final = "binary/octet-stream"
RULE: Final = ("--rule", "object-content-type-default")


class Shop:
    """One bucket that nobody declared, and the command."""

    def __init__(self, server: Server, folder: Path) -> None:
        self.clients = server.clients(account=ACCOUNT, region=REGION)
        self.s3: BaseClient = self.clients.client("s3")
        self.name, self.runs = f"shop-{uuid4().hex[:12]}", folder / "runs"

    def make(self, **told: object) -> "Shop":
        self.s3.create_bucket(Bucket=self.name, **located(REGION), **told)
        return self

    def put(self, key: str = "a.png", **told: object) -> None:
        self.s3.put_object(Bucket=self.name, Key=key, **{"Body": b"x", "ContentType": BYTES, **told})

    def head(self, key: str = "a.png", **told: object) -> Mapping[str, Any]:
        found = self.s3.head_object(Bucket=self.name, Key=key, ChecksumMode="ENABLED", **told)
        return {name: value for name, value in found.items() if name != "ResponseMetadata"}

    def all_of(self, key: str = "a.png") -> Mapping[str, Any]:
        """All but what a copy makes new."""
        named = {"Bucket": self.name, "Key": key}
        grants = self.s3.get_object_acl(**named)["Grants"]
        about = {
            name: value for name, value in self.head(key).items() if name not in {"LastModified", "VersionId"}
        }
        tags = sorted(one["Key"] + one["Value"] for one in self.s3.get_object_tagging(**named)["TagSet"])
        return {**about, "tags": tags, "grants": sorted(map(str, grants))}

    def fix(self, *words: str, **environment: str) -> Result:
        """The command, of this bucket alone."""
        told = {**dict.fromkeys(self.clients.unwanted, ""), **self.clients.environment, **environment}
        return run("fix", *words, "--runs", str(self.runs), environment=told)

    def apply(self, *words: str, **environment: str) -> dict[str, Any]:
        """All that can be fixed of objects, as JSON."""
        told = ("--bucket", self.name, "--objects", "full", "--risky", "--apply", "--format", "json")
        result = self.fix(*told, *words, **environment)
        found = json.loads(result.stdout)
        assert isinstance(found, dict)
        return found

    def plan(self, *words: str, **environment: str) -> Result:
        return self.fix("--bucket", self.name, "--objects", "full", *words, **environment)

    @property
    def journal(self) -> str:
        [found] = (self.runs / "fixes").iterdir()
        return str(found)


def states(found: dict[str, Any]) -> list[str]:
    return [one["state"] for one in found["done"]]


def everything(shop: Shop, key: str = "a.png", **more: object) -> None:
    """An object with all that can be told of one."""
    arn = shop.clients.client("kms").create_key()["KeyMetadata"]["Arn"]
    shop.put(
        key,
        CacheControl="max-age=1",
        ContentDisposition='attachment; filename="a b.png"',
        ContentEncoding="gzip",
        ContentLanguage="de",
        Expires="2031-01-01T00:00:00Z",
        Metadata={"who": "me", "why": "a b"},
        Tagging="a=b%20c&d=%C3%A9",
        StorageClass="STANDARD_IA",
        WebsiteRedirectLocation="/elsewhere",
        **{
            "ChecksumAlgorithm": "SHA256",
            "ServerSideEncryption": "aws:kms",
            "SSEKMSKeyId": arn,
            "BucketKeyEnabled": True,
            **more,
        },
    )
