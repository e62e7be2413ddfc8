"""With which environment does the engine run? With one that leads to the sandbox and nowhere else."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.engine import engine_stack, unset
from sandbox.server import Server, serving

STRAY = {
    "AWS_ENDPOINT_URL_S3": "http://192.0.2.1",
    "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true",
    "AWS_PROFILE": "prod",
    "AWS_SESSION_TOKEN": "of somebody",
    "AWS_USE_FIPS_ENDPOINT": "true",
    "no_proxy": "example.com",
}
KEPT = {"AWS_REGION": "eu-north-1", "UNRELATED": "kept"}
_WRITES_ITS_ENVIRONMENT = """#!/bin/sh
env > "{told}"
case "$*" in
*version*) echo v3.999.0 ;;
esac
"""


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A sandbox."""
    with serving() as running:
        yield running


@pytest.fixture
def stray(monkeypatch: pytest.MonkeyPatch) -> None:
    """An environment of somebody who works with AWS."""
    for name, value in {**STRAY, **KEPT}.items():
        monkeypatch.setenv(name, value)


def test_the_engine_has_no_variable_that_leads_elsewhere(server: Server, tmp_path: Path, stray: None) -> None:
    """Those of the sandbox are there, stray ones are not, and what is nobody's business stays."""
    told = tmp_path / "told"
    binary = tmp_path / "pulumi"
    binary.write_text(_WRITES_ITS_ENVIRONMENT.format(told=told))
    binary.chmod(0o700)
    with engine_stack(server, tmp_path, binary, "stack", {}):
        within = {name: os.environ.get(name) for name in STRAY}
    variables = dict(line.split("=", 1) for line in told.read_text().splitlines() if "=" in line)

    assert variables["AWS_ENDPOINT_URL"] == server.url
    assert variables["AWS_REGION"] == "us-east-1"
    assert variables["UNRELATED"] == "kept"
    assert STRAY.keys() & variables.keys() == set()
    assert within == dict.fromkeys(STRAY)


def test_what_was_unset_comes_back(server: Server, stray: None) -> None:
    """After the block, however it ends, the process has what it had."""
    before: dict[str, str] = dict(os.environ)
    inside: dict[str, str] = {}
    unwanted = server.clients(account="1" * 12, region="us-east-1").unwanted

    def interrupted() -> None:
        with unset((*unwanted, "NOT_SET_AT_ALL")):
            inside.update(os.environ)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()

    assert inside == {name: value for name, value in before.items() if name not in STRAY}
    assert dict(os.environ) == before
