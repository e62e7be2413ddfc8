"""A protected environment: what the engine refuses to delete, and what happens to the rest."""

import os
import re
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pulumi.automation import Stack
from pulumi.automation.errors import CommandError

from components.storage import deploy
from sandbox.program_runs import Runs
from sandbox.server import Server
from tests.engine.deploying import Target, stack_of
from tests.engine.live import live

pytestmark = pytest.mark.engine

TARGET = Target("stacks/contract.yaml", "prod")
AROUND = Target("examples/file-storage/contract.yaml", "prod")
_REFUSED = re.compile(r"(\w+)::([\w-]+)\" cannot be deleted\s+because it is protected")
PROTECTED = {"Bucket files", "Bucket logs"}


@dataclass(frozen=True, slots=True)
class Deployed:
    """The protected stack as it was deployed, and a look at what is live now."""

    stack: Stack
    whole: dict[str, object]
    now: Callable[[], dict[str, object]]


@pytest.fixture(scope="module")
def prod(sandbox: Server, engine: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployed]:
    """Deployed once; every test leaves it as it was."""
    clients = TARGET.clients(sandbox)
    with stack_of(TARGET, sandbox, engine, tmp_path_factory.mktemp("prod")) as stack:
        stack.up()
        yield Deployed(stack, live(sandbox, clients), lambda: live(sandbox, clients))


def test_it_cannot_be_destroyed(prod: Deployed, engine: Path) -> None:
    """The command ends before it begins, says what is protected, and nothing is gone."""
    workspace = prod.stack.workspace
    done = subprocess.run(  # noqa: S603 - the engine under test
        [engine, "destroy", "--yes", "--non-interactive", "--stack", prod.stack.name],
        cwd=workspace.work_dir,
        env={**os.environ, **workspace.env_vars},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert refused(done.stdout) == PROTECTED
    assert prod.now() == prod.whole


def test_a_key_that_is_still_needed_cannot_be_left_out(prod: Deployed, runs: Runs, tmp_path: Path) -> None:
    """A contract without the key that it had ends in the preview, before anything is changed."""
    without = tmp_path / "contract.yaml"
    without.write_text(TARGET.path.read_text().replace("encryption: kms", "encryption: s3"))

    with pytest.raises(CommandError) as failed:
        prod.stack.preview(program=runs.of(lambda: deploy(without, TARGET.name)))

    assert refused(str(failed.value)) == {"Key files"}
    assert prod.now() == prod.whole


def test_even_without_a_preview_nothing_is_gone(prod: Deployed) -> None:
    """Who skips the preview loses nothing that is live, and `up` goes on as if nothing had happened."""
    with pytest.raises(CommandError) as failed:
        prod.stack.destroy()  # the SDK always skips the preview

    assert refused(str(failed.value)) == PROTECTED
    assert prod.now() == prod.whole

    prod.stack.up()

    assert prod.now() == prod.whole


def test_access_can_be_taken_away_all_the_same(prod: Deployed, runs: Runs, tmp_path: Path) -> None:
    """A grantee that a contract leaves out is gone after the next `up`; put back, it has what it had."""
    without = tmp_path / "contract.yaml"
    without.write_text(TARGET.path.read_text().partition("  exporter:\n")[0])

    prod.stack.up(program=runs.of(lambda: deploy(without, TARGET.name)))
    roles = prod.now()["roles"]
    prod.stack.up(program=runs.of(lambda: deploy(TARGET.path, TARGET.name)))

    assert isinstance(roles, dict)
    assert set(roles) == {"nextpoint-prod-document-loader"}
    assert prod.now() == prod.whole


def test_what_stands_around_buckets_stays_too(sandbox: Server, engine: Path, tmp_path: Path) -> None:
    """Distributions with their keys, queues of arrivals and the rules that fill them, aliases."""
    with stack_of(AROUND, sandbox, engine, tmp_path) as stack:
        stack.up()
        clients = AROUND.clients(sandbox)
        whole = live(sandbox, clients)

        with pytest.raises(CommandError) as failed:
            stack.destroy()

        assert "Distribution media" in refused(str(failed.value))
        assert live(sandbox, clients) == whole


def refused(text: str) -> set[str]:
    """The type and name of each resource whose deletion was refused because it is protected."""
    return {f"{found[1]} {found[2]}" for found in _REFUSED.finditer(text)}
