"""How does a contract get into the sandbox? By the real engine where there is one, else by its stand-in."""

import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from botocore.exceptions import ClientError
from pulumi.automation.errors import CommandError

from bucketwright.contract.model import Environment
from sandbox.account_trail import make_trail
from sandbox.accounts import account_of
from sandbox.engine import engine_stack
from sandbox.materialise import RefusedInputError, materialise
from sandbox.running import NotRunningError, Running, end, recall, remember, start
from sandbox.server.clients import SandboxError, Server
from sandbox.strangers import make_strangers

_ENGINE: Final = "engine"


class DeploymentError(SandboxError):
    """The engine could not deploy; what it said of it."""


@dataclass(frozen=True, slots=True)
class Deployed:
    """What came of it."""

    by: str
    changes: dict[str, int]
    """How many resources were created, updated, left the same."""
    strangers: tuple[str, ...] = ()
    """What others would have made, and was made for them."""


def bring_up(
    folder: Path, contract: Path, environment: Environment, binary: Path | None
) -> tuple[Running, Deployed]:
    """The sandbox of a folder, new or found running, with one environment of a contract in it."""
    try:
        running = recall(folder)
    except NotRunningError:
        running = None
    if running is None:
        _forget_deployments(folder)
        running = start(folder)
    running = replace(
        running,
        contract=str(contract),
        environment=environment.name,
        account=account_of(environment),
        region=environment.region,
        by="",
    )
    remember(folder, running)
    deployed = deploy(running.server, folder, contract, environment, binary)
    running = replace(running, by=deployed.by)
    remember(folder, running)
    return running, deployed


def deploy(
    server: Server, folder: Path, contract: Path, environment: Environment, binary: Path | None
) -> Deployed:
    """Deploy one environment; again with the engine where it is there already, which changes what differs."""
    try:
        if binary is None:
            _forget_deployments(folder)
            return _by_stand_in(server, environment)
        if not (folder / _ENGINE).exists():
            server.reset()  # whatever is in it, the engine knows nothing of it
        strangers = _made_by_others(server, environment)
        return replace(_by_engine(server, folder, binary, contract, environment), strangers=strangers)
    except CommandError as error:
        raise DeploymentError(diagnostics(str(error))) from None
    except (ClientError, RefusedInputError) as error:
        raise DeploymentError(str(error)) from None


def _by_stand_in(server: Server, environment: Environment) -> Deployed:
    """The stand-in knows nothing of an earlier deployment, so it begins with an empty AWS."""
    server.reset()
    strangers = _made_by_others(server, environment)
    plan = materialise(server, environment)
    made = len(plan.resources) + 1  # the engine counts the stack itself, too
    return Deployed("the engine's stand-in", {"create": made}, strangers)


def _made_by_others(server: Server, environment: Environment) -> tuple[str, ...]:
    return (make_trail(server, environment), *make_strangers(server, environment))


def _by_engine(
    server: Server, folder: Path, binary: Path, contract: Path, environment: Environment
) -> Deployed:
    config = {"contract": str(contract.resolve()), "environment": environment.name}
    kept = folder / _ENGINE
    kept.mkdir(mode=0o700, exist_ok=True)
    name = f"{environment.project}-{environment.name}"
    with engine_stack(server, kept, binary, name, config) as stack:
        done = stack.up()
    counted = {str(one): count for one, count in (done.summary.resource_changes or {}).items()}
    return Deployed("the Pulumi engine", counted)


def take_down(folder: Path) -> bool:
    """End the sandbox, and forget what was deployed in it; whether one ran."""
    ended = end(folder)
    _forget_deployments(folder)
    return ended


def _forget_deployments(folder: Path) -> None:
    """What the engine's state knows of is gone with the sandbox."""
    shutil.rmtree(folder / _ENGINE, ignore_errors=True)


def diagnostics(text: str) -> str:
    """What the engine complains of, without its progress lines."""
    _, found, after = text.partition("Diagnostics:")
    told = after.partition("Resources:")[0] if found else text
    return "\n".join(line.strip() for line in told.splitlines() if line.strip())
