"""The plain `pulumi` command line, on a copy of this project, as a team runs it."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from sandbox.accounts import NOBODY
from sandbox.engine import ROOT, engine_environment
from sandbox.provider.double import serving_double
from sandbox.server import Server
from tests.engine.deploying import Target
from tests.engine.live import live

pytestmark = pytest.mark.engine

TARGET = Target("stacks/contract.yaml", "dev")
DRIFTED = 7
"""The exit code of a command that expected no changes."""
_HOST = "tests.engine.language_host.host"


@dataclass(frozen=True, slots=True)
class Project:
    """A copy of the project's own files, and an engine to be called in it."""

    folder: Path
    engine: Path
    variables: dict[str, str]

    def pulumi(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Call the engine's command line."""
        return subprocess.run(  # noqa: S603 - the engine under test
            [self.engine, "--non-interactive", "--color", "never", *words],
            cwd=self.folder,
            env=self.variables,
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def project(aws: Server, engine: Path, tmp_path: Path) -> Iterator[Project]:
    """Pulumi.yaml, __main__.py and stacks/ elsewhere, with a host of Python programs on the PATH."""
    folder, bin_ = tmp_path / "copy", tmp_path / "bin"
    folder.mkdir()
    bin_.mkdir()
    for name in ("Pulumi.yaml", "__main__.py"):
        shutil.copy(ROOT / name, folder)
    shutil.copytree(ROOT / "stacks", folder / "stacks")
    host = bin_ / "pulumi-language-python"
    host.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m {_HOST} "$@"\n')
    host.chmod(0o700)
    with serving_double(aws, account=NOBODY, region="us-east-1") as port:
        variables = {
            **os.environ,
            **engine_environment(aws, tmp_path, port),
            "PATH": os.pathsep.join([str(bin_), os.environ["PATH"]]),
            "PYTHONPATH": str(ROOT),
        }
        yield Project(folder, engine, variables)


def test_a_team_deploys_with_the_plain_command_line(project: Project, aws: Server) -> None:
    """Nothing but `pulumi` and the files of the project: made, unchanged, drifted, repaired, gone."""
    clients, count = TARGET.clients(aws), len(TARGET.recorded().resources) + 1
    stack_file = project.folder / "stacks" / "Pulumi.dev.yaml"
    told = stack_file.read_text()

    done(project.pulumi("stack", "init", "dev"))
    assert re.sub("encryptionsalt: .*\n", "", stack_file.read_text()) == told
    assert f"+ {count} to create" in done(project.pulumi("preview"))
    assert live(aws, clients)["buckets"] == {}

    assert f"+ {count} created" in done(project.pulumi("up", "--yes"))
    whole = live(aws, clients)
    assert f"{count} unchanged" in done(project.pulumi("preview", "--expect-no-changes"))
    check = ("refresh", "--preview-only", "--expect-no-changes")
    assert f"{count} unchanged" in done(project.pulumi(*check))

    clients.client("s3").delete_bucket_policy(Bucket="nextpoint-dev-logs")
    for drifted in (project.pulumi(*check), project.pulumi(*check)):
        assert drifted.returncode == DRIFTED
        assert re.findall(r"aws:\w+:(\w+ \w+) delete", drifted.stdout) == ["BucketPolicy logs"]

    done(project.pulumi("up", "--yes", "--refresh"))
    assert live(aws, clients) == whole
    assert f"- {count} deleted" in done(project.pulumi("destroy", "--yes"))
    assert live(aws, clients)["buckets"] == {}


def done(call: subprocess.CompletedProcess[str]) -> str:
    """What a call printed that did what it should."""
    assert call.returncode == 0, call.stdout + call.stderr
    return call.stdout
