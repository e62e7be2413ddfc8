"""Contracts as recorded programs."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from bucketwright.contract.loading import load
from bucketwright.contract.model import Environment
from bucketwright.plan import Plan, Resource
from components.recording import record
from components.storage import declare

ROOT: Final = Path(__file__).parents[2]
CONTRACTS: Final[Mapping[str, Path]] = {
    **{file.parent.name: file for file in sorted(ROOT.glob("examples/*/contract.yaml"))},
    "stack": ROOT / "stacks" / "contract.yaml",
    "everything": ROOT / "tests" / "contract" / "everything.yaml",
}


def environments(path: Path) -> Mapping[str, Environment]:
    """Those of the contract in a file."""
    return load(path).environments


def recorded(environment: Environment) -> Plan:
    """What the program makes of an environment, before anything is deployed."""

    def program() -> None:
        declare(environment)

    return record(program, project=environment.project, stack=environment.name)


@cache
def plan_of(name: str, environment: str) -> Plan:
    """The plan of one environment of one of the contracts."""
    return recorded(environments(CONTRACTS[name])[environment])


def of_kind(plan: Plan, kind: str) -> Mapping[str, Resource]:
    """The resources of a type such as `s3/bucket:Bucket`, or of a component, by their names."""
    return {one.name: one for one in plan.resources if one.type.partition(":")[2] == kind}
