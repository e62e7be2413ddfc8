"""What `adopt` writes, taken over by the real engine with the plain command line."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from audits.adopted_things import there
from audits.adopting import Adoption, Wish, adopt
from bucketwright.adopting.importing import Import, import_of
from bucketwright.contract.model import Environment
from bucketwright.estate import BucketPosture
from bucketwright.intended import intended
from components.recording import record
from components.storage import declare
from sandbox.accounts import account_of
from sandbox.materialise import materialise
from sandbox.server import Server
from sandbox.strangers import make_strangers
from tests.audits.sandboxed import NOW, sending
from tests.engine.command_line import Project, copied
from tests.engine.deploying import PROJECT, Target

pytestmark = pytest.mark.engine

_PROVIDER = "**pulumi:providers:aws::aws"


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
        project.done("stack", "init", adoption.environment.name)
        project.done("up", "--yes", "--target", _PROVIDER)
        how = ("--yes", "--protect=false", "--generate-code=false")
        project.done("import", "--file", str(tmp_path / "import.json"), *how)

        steps = json.loads(project.done("preview", "--json"))["steps"]

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
    """The project elsewhere, with the adopted contract in place of its own."""
    aws, engine = running
    with copied(aws, engine, folder) as project:
        (project.folder / "stacks").mkdir()
        (project.folder / "stacks" / "contract.yaml").write_text(adoption.text)
        yield project
