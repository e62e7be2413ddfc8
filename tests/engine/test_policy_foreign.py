"""Programs of other teams, in another language, are judged as they are written."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.engine import engine_environment
from sandbox.server import Server
from tests.engine.any_provider import serving_anything
from tests.engine.command_line import hosted
from tests.engine.needing import needed
from tests.engine.packed import PACK, CommandLine, project_in

pytestmark = pytest.mark.engine

BUCKETS = ("inline", "separate", "legacy")
GO_MODULE = Path(__file__).parent


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program in Go, built with Pulumi's own SDK of that language."""
    found = shutil.which("go")
    go = needed(None if found is None else Path(found), os.environ, "there is no Go to build the program")
    built = tmp_path_factory.mktemp("foreign") / "program"
    subprocess.run([str(go), "build", "-o", str(built), "./foreign"], cwd=GO_MODULE, check=True)  # noqa: S603
    return built


@pytest.fixture
def run(engine: Path, sandbox: Server, program: Path, tmp_path: Path) -> Iterator[CommandLine]:
    """The command line in the project of that program."""
    project = project_in(tmp_path, runtime=f"{{name: go, options: {{binary: {program}}}}}")
    with serving_anything() as port:
        variables = {**os.environ, **engine_environment(sandbox, tmp_path, port)}
        yield CommandLine(engine, project, hosted(tmp_path, variables, "go"))


def test_each_way_of_writing_is_judged(run: CommandLine) -> None:
    """Settings on the bucket, in resources of their own by its output, and under the names they once had."""
    assert run("stack", "init", "dev").passed
    found = run("preview", "--policy-pack", PACK)
    broken = {(policy, name) for level, policy, name, _ in found.said if level == "mandatory"}
    secret = [
        text for _, policy, name, text in found.said if (policy, name) == ("acl-public-read", "separate")
    ]

    assert not found.passed
    assert {one for one in broken if one[0] in {"acl-public-read", "tls-only", "website-hosting"}} == {
        *((rule, name) for rule in ("acl-public-read", "tls-only") for name in BUCKETS),
        ("website-hosting", "inline"),
    }
    assert "the program calls something there a secret" in secret[0]
