"""A run that nobody watches writes to two places, and an audit has no path to that."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError
from botocore.response import StreamingBody

from audits import telling
from audits.telling import Folder, Post, TellingError, Topic

ROOT: Final = Path(__file__).parents[2]
TOPIC: Final = Topic.named("arn:aws:sns:eu-central-1:111122223333:audits")
HISTORY: Final = Folder.named("s3://shop-prod-audits/history/")


@dataclass
class Service:
    """A service that notes what it is asked, and lists these keys."""

    keys: tuple[str, ...] = ()
    error: Exception | None = None
    asked: list[tuple[str, Mapping[str, Any]]] = field(default_factory=list)

    def __getattr__(self, name: str) -> Any:
        def call(**told: Any) -> object:
            content = told["Body"].read() if "Body" in told else b""
            self.asked.append((name, {**told, "Body": content} if "Body" in told else told))
            if self.error is not None:
                raise self.error
            body = StreamingBody(BytesIO(b"{}"), 2)
            return {"Contents": [{"Key": key} for key in self.keys], "Body": body}

        return call


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Service:
    """In place of S3 and of SNS."""
    made = Service()
    monkeypatch.setattr(telling, "_client", lambda *_: made)
    return made


def test_two_calls_write_and_two_read(service: Service, tmp_path: Path) -> None:
    """Whatever is done with it; each call about the bucket says whose it is."""
    service.keys = ("history/small.json",)
    (tmp_path / "report").write_bytes(b"found")
    post = Post(TOPIC)
    post.fetch(HISTORY, tmp_path)
    post.leave(HISTORY, "small.json", tmp_path / "report", "application/json")
    post.tell("new", "one finding")

    assert [name for name, _ in service.asked] == ["list_objects_v2", "get_object", "put_object", "publish"]
    assert all(
        told["ExpectedBucketOwner"] == "111122223333" for name, told in service.asked if name != "publish"
    )
    assert service.asked[2][1]["Key"] == "history/small.json"
    assert service.asked[2][1]["Body"] == b"found"
    assert service.asked[3][1] == {"TopicArn": TOPIC.arn, "Subject": "new", "Message": "one finding"}
    assert (tmp_path / "small.json").read_bytes() == b"{}"


@pytest.mark.parametrize(
    "key",
    [
        "history/",
        "history/../../x",
        "history/deeper/x",
        "history/..",
        "history/.hidden",
        "history//etc/passwd",
    ],
)
def test_nothing_is_fetched_to_any_other_place(service: Service, tmp_path: Path, key: str) -> None:
    """Whoever may write to the bucket names the keys."""
    service.keys = (key,)
    Post(TOPIC).fetch(HISTORY, tmp_path)

    assert list(tmp_path.iterdir()) == []
    assert [name for name, _ in service.asked] == ["list_objects_v2"]


@pytest.mark.parametrize(
    "error",
    [
        ClientError({"Error": {"Code": "AccessDenied", "Message": "no"}}, "PutObject"),
        EndpointConnectionError(endpoint_url="https://s3.example"),
        OSError("disk full"),
    ],
    ids=["denied", "unreachable", "disk"],
)
def test_what_goes_wrong_is_a_sentence(service: Service, tmp_path: Path, error: Exception) -> None:
    """With the place it is about."""
    service.error = error
    (tmp_path / "report").write_bytes(b"found")

    with pytest.raises(TellingError, match="s3://shop-prod-audits/history/report cannot be written: "):
        Post(TOPIC).leave(HISTORY, "report", tmp_path / "report", "text/plain")


@pytest.mark.parametrize(
    "text", ["s3://a/", "s3://bucket", "s3://bucket/a", "s3://bucket//", "s3://b ucket/a/", ""]
)
def test_what_names_no_folder_is_refused(text: str) -> None:
    """A folder is closed by a slash."""
    with pytest.raises(ValueError, match="is not s3://BUCKET/PREFIX/"):
        Folder.named(text)


def test_the_whole_bucket_is_a_folder_too() -> None:
    """Its own."""
    assert Folder.named("s3://bucket/").url("x") == "s3://bucket/x"


def test_no_audit_has_a_path_to_it() -> None:
    """One file imports it, which begins once the audit is over."""
    assert set(_importers("audits.telling")) == {"cli/scheduled_run.py"}
    assert set(_importers("cli.scheduled_run")) == {"cli/scheduled_audit.py"}
    assert set(_importers("cli.scheduled_audit")) == set()


def _importers(module: str) -> Iterator[str]:
    for layer in ("audits", "bucketwright", "cli", "components", "policies", "sandbox"):
        for file in (ROOT / layer).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                named = [one.name for one in node.names] if isinstance(node, ast.Import) else []
                named += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
                if module in named:
                    yield str(file.relative_to(ROOT))
