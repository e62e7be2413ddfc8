"""What `adopt` writes, taken over by the real engine with the plain command line."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from audits.adopted_things import there
from audits.adopting import Adoption, Wish, adopt
from bucketwright.adopting.importing import Import, import_of
from bucketwright.contract.model import Environment
from bucketwright.estate import BucketPosture, intended
from components.recording import record
from components.storage import declare
from sandbox.accounts import NOBODY, account_of
from sandbox.engine import ROOT, engine_environment
from sandbox.materialise import materialise
from sandbox.provider.double import serving_double
from sandbox.server import Server
from sandbox.strangers import make_strangers
from tests.audits.sandboxed import NOW, sending
from tests.engine.deploying import PROJECT, Target

pytestmark = pytest.mark.engine

_HOST = "tests.engine.language_host.host"
_PROVIDER = "**pulumi:providers:aws::aws"


@dataclass(frozen=True, slots=True)
class Project:
    """A copy of the project's own files with an adopted contract, and an engine to be called in it."""

    folder: Path
    engine: Path
    variables: dict[str, str]

    def pulumi(self, *words: str) -> str:
        """Call the engine's command line, which does what it should."""
        call = subprocess.run(  # noqa: S603 - the engine under test
            [self.engine, "--non-interactive", "--color", "never", *words],
            cwd=self.folder,
            env=self.variables,
            capture_output=True,
            text=True,
            check=False,
        )
        assert call.returncode == 0, call.stdout + call.stderr
        return call.stdout


@pytest.mark.parametrize(
    ("contract", "name"),
    [
        ("examples/case-operations/contract.yaml", "prod"),
        ("examples/file-storage/contract.yaml", "prod"),
    ],
    ids=["keys, roles and logs", "a distribution, a quarantine and a lock"],
)
def test_the_engine_takes_over_what_was_adopted(
    contract: str, name: str, aws: Server, engine: Path, tmp_path: Path
) -> None:
    """After the import a preview replaces and deletes nothing, and makes only what the file leaves out."""
    environment = Target(contract, name).environment
    make_strangers(aws, environment)
    materialise(aws, environment)
    adoption = adopted(aws, environment)
    taken = imported(adoption)

    with project_of(adoption, (aws, engine), tmp_path) as project:
        (tmp_path / "import.json").write_text(json.dumps(taken.file))
        project.pulumi("stack", "init", adoption.environment.name)
        project.pulumi("up", "--yes", "--target", _PROVIDER)
        how = ("--yes", "--protect=false", "--generate-code=false")
        project.pulumi("import", "--file", str(tmp_path / "import.json"), *how)

        steps = json.loads(project.pulumi("preview", "--json"))["steps"]

    made = [one["urn"] for one in steps if one["op"] == "create"]
    others = [(one["op"], one["urn"]) for one in steps if one["op"] not in {"same", "create", "update"}]
    assert others == []
    assert sorted(made) == sorted(one.urn for one in taken.made)


def adopted(server: Server, environment: Environment) -> Adoption:
    """The contract of all buckets that an environment makes."""
    names = frozenset(one.name for one in intended(environment).every(BucketPosture))
    with sending(server, account_of(environment), environment.region) as send:
        return adopt(send, Wish(NOW, names, region=environment.region))


def imported(adoption: Adoption) -> Import:
    """What the engine is told to take over."""

    def program() -> None:
        declare(adoption.environment)

    plan = record(program, project=PROJECT, stack=adoption.environment.name)
    return import_of(plan, adoption.environment, there(adoption.looked))


@contextmanager
def project_of(adoption: Adoption, running: tuple[Server, Path], folder: Path) -> Iterator[Project]:
    """Pulumi.yaml, __main__.py and stacks/ elsewhere, with the adopted contract in place of their own."""
    aws, engine = running
    copy, bin_ = folder / "copy", folder / "bin"
    copy.mkdir()
    bin_.mkdir()
    for name in ("Pulumi.yaml", "__main__.py"):
        shutil.copy(ROOT / name, copy)
    (copy / "stacks").mkdir()
    (copy / "stacks" / "contract.yaml").write_text(adoption.text)
    host = bin_ / "pulumi-language-python"
    host.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m {_HOST} "$@"\n')
    host.chmod(0o700)
    with serving_double(aws, account=NOBODY, region="us-east-1") as port:
        variables = {
            **os.environ,
            **engine_environment(aws, folder, port),
            "PATH": os.pathsep.join([str(bin_), os.environ["PATH"]]),
            "PYTHONPATH": str(ROOT),
        }
        yield Project(copy, engine, variables)
