"""The plain `pulumi` command line, on a copy of this project, as a team runs it."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.engine import ROOT
from sandbox.server import Server
from tests.engine.command_line import Project, copied
from tests.engine.deploying import Target
from tests.engine.live import live

pytestmark = pytest.mark.engine

TARGET = Target("stacks/contract.yaml", "dev")
DRIFTED = 7
"""The exit code of a command that expected no changes."""


@pytest.fixture
def project(aws: Server, engine: Path, tmp_path: Path) -> Iterator[Project]:
    """The project elsewhere, with stacks/."""
    with copied(aws, engine, tmp_path) as made:
        shutil.copytree(ROOT / "stacks", made.folder / "stacks")
        yield made


def test_a_team_deploys_with_the_plain_command_line(project: Project, aws: Server) -> None:
    """Nothing but `pulumi` and the files of the project: made, unchanged, drifted, repaired, gone."""
    clients, count = TARGET.clients(aws), len(TARGET.recorded().resources) + 1
    stack_file = project.folder / "stacks" / "Pulumi.dev.yaml"
    told = stack_file.read_text()

    project.done("stack", "init", "dev")
    assert re.sub("encryptionsalt: .*\n", "", stack_file.read_text()) == told
    assert f"+ {count} to create" in project.done("preview")
    assert live(aws, clients)["buckets"] == {}

    assert f"+ {count} created" in project.done("up", "--yes")
    whole = live(aws, clients)
    assert f"{count} unchanged" in project.done("preview", "--expect-no-changes")
    check = ("refresh", "--preview-only", "--expect-no-changes")
    assert f"{count} unchanged" in project.done(*check)

    clients.client("s3").delete_bucket_policy(Bucket="nextpoint-dev-logs")
    for drifted in (project.called(*check), project.called(*check)):
        assert drifted.returncode == DRIFTED
        assert re.findall(r"aws:\w+:(\w+ \w+) delete", drifted.stdout) == ["BucketPolicy logs"]

    project.done("up", "--yes", "--refresh")
    assert live(aws, clients) == whole
    assert f"- {count} deleted" in project.done("destroy", "--yes")
    assert live(aws, clients)["buckets"] == {}
