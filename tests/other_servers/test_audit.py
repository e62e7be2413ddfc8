"""What does an audit make of a server written by others? It finds what is there, and names what it lacks."""

import json
from collections.abc import Iterator
from typing import Any, Final

import pytest

from bucketwright.s3.endpoints import SERVERS, setting_of
from tests.cli.running import run
from tests.servers.running import Running, known_alone, versitygw

OPEN: Final = "open-shelf"
SHUT: Final = "shut-shelf"
SECURE: Final = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Deny",
            "Principal": "*",
            "Action": "s3:*",
            "Resource": [f"arn:aws:s3:::{SHUT}", f"arn:aws:s3:::{SHUT}/*"],
            "Condition": {"Bool": {"aws:SecureTransport": "false"}},
        }
    ],
}
SHARED: Final = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Principal": "*",
            "Action": "s3:GetObject",
            "Resource": f"arn:aws:s3:::{OPEN}/*",
        }
    ],
}
CANNOT: Final = "this server cannot answer "


@pytest.fixture(scope="module")
def server() -> Iterator[Running]:
    """A bucket with everything wrong that can be wrong there, and one without objects and versioned."""
    with versitygw() as running:
        s3 = running.client()
        for bucket in (OPEN, SHUT):
            s3.create_bucket(Bucket=bucket)
        s3.put_bucket_policy(Bucket=OPEN, Policy=json.dumps(SHARED))
        s3.put_bucket_policy(Bucket=SHUT, Policy=json.dumps(SECURE))
        s3.put_bucket_versioning(Bucket=SHUT, VersioningConfiguration={"Status": "Enabled"})
        s3.put_object(Bucket=OPEN, Key="site/index.html", Body=b"<p>", ContentType="binary/octet-stream")
        s3.put_object(Bucket=OPEN, Key="site/.env", Body=b"x", ContentType="text/plain")
        s3.create_multipart_upload(Bucket=OPEN, Key="site/big")
        yield running


def audited(server: Running, *words: str) -> tuple[int, list[dict[str, Any]]]:
    """The exit code and the lines of an audit."""
    with known_alone(server):
        done = run("audit", "--no-keep", "--format", "jsonl", "--all", *words)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.output
    assert "Traceback" not in done.output
    return done.exit_code, [json.loads(line) for line in done.stdout.splitlines()]


def failed(rows: list[dict[str, Any]]) -> set[tuple[str, str, str | None]]:
    return {(row["rule"], row["bucket"], row["key"]) for row in rows if row["status"] == "fail"}


def test_what_is_found(server: Running) -> None:
    """What the server can be told, and nothing else."""
    code, rows = audited(server)

    assert code == 1
    assert failed(rows) == {
        ("policy-unknown-account", OPEN, None),
        ("policy-wildcard-principal", OPEN, None),
        ("tls-minimum-version", OPEN, None),
        ("tls-minimum-version", SHUT, None),
        ("tls-only", OPEN, None),
    }


def test_objects(server: Running) -> None:
    """Names and types of objects; how one is encrypted is not to be had there, and so not found."""
    code, rows = audited(server, "--objects", "full", "--profile", "all")

    assert code == 1
    assert {found for found in failed(rows) if found[2]} == {
        ("object-content-type-default", OPEN, "site/index.html"),
        ("object-secret-name", OPEN, "site/.env"),
    }


@pytest.mark.parametrize(
    "words", [(), ("--profile", "all", "--objects", "full")], ids=["usual", "everything"]
)
def test_what_is_not_known_is_named(server: Running, words: tuple[str, ...]) -> None:
    """Every setting that the server lacks, by the question that it cannot answer, and none that it has."""
    _, rows = audited(server, *words)
    because = {row["because"] for row in rows if row["status"] == "unknown"}
    unanswered = {text.partition(CANNOT)[2] for text in because if CANNOT in text}
    lacking = SERVERS["versitygw"].unable

    assert unanswered
    assert {name for name in unanswered if setting_of(name) not in lacking} == set()


def test_without_findings_it_is_not_complete(server: Running) -> None:
    """Nothing is wrong with this bucket as far as it can be known, and that is not all."""
    code, rows = audited(server, "--bucket", SHUT, "--fail-on", "high")

    assert failed(rows) == {("tls-minimum-version", SHUT, None)}
    assert code == 3
