"""How does a contract get into the sandbox? By the real engine where there is one, else by its stand-in."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from botocore.exceptions import ClientError
from pulumi.automation import EngineEvent
from pulumi.automation.errors import CommandError

from bucketwright.contract.model import Environment
from sandbox.account_trail import make_trail
from sandbox.accounts import account_of
from sandbox.drifts.standing import Standing, forget, record, recorded, seen_of
from sandbox.engine import engine_stack
from sandbox.engine_command import Interrupted, engine_command
from sandbox.engine_events import made_in, repaired_in
from sandbox.made import Made, Repaired
from sandbox.materialise import RefusedInputError, materialise
from sandbox.running import NotRunningError, Running, claimed, end, recall, remember, start
from sandbox.server.clients import SandboxError, Server
from sandbox.strangers import make_strangers

_ENGINE: Final = "engine"
STAND_IN: Final = "the engine's stand-in"


class DeploymentError(SandboxError):
    """The engine could not deploy; what it said of it."""


@dataclass(frozen=True, slots=True)
class Deployed:
    """What came of it."""

    by: str
    changes: Mapping[str, int]
    """How many resources were created, updated, left the same."""
    made: Mapping[str, Made]
    """Every resource that is there now, by its place in the stack."""
    repaired: tuple[Repaired, ...] = ()
    """What somebody had changed behind the engine's back."""
    standing: tuple[Standing, ...] = ()
    """The drifts that are there as before: nothing that the program makes holds what they changed."""
    strangers: tuple[str, ...] = ()
    """What others would have made, and was made for them."""
    emptied: str = ""
    """Why what had been in the sandbox is gone, where it is."""


def bring_up(
    folder: Path, contract: Path, environment: Environment, binary: Path | None
) -> tuple[Running, Deployed]:
    """The sandbox of a folder, new or found running, with one environment of a contract in it."""
    if binary is not None:
        with TemporaryDirectory() as scratch:
            engine_command(Path(scratch), binary)  # or nothing is begun
    with claimed(folder):
        recorded(folder)  # a damaged record is told before anything is begun
        found = _found(folder)
        began = replace(
            found,
            contract=str(contract),
            environment=environment.name,
            account=account_of(environment),
            region=environment.region,
            by="",
            unfinished=True,
        )
        remember(folder, began)
        ended = replace(began, unfinished=False)
        try:
            if found.unfinished:
                _forget_deployments(folder)
            deployed = deploy(found.server, folder, contract, environment, binary)
        except (DeploymentError, Interrupted):
            remember(folder, ended)
            raise
        ended = replace(ended, by=deployed.by)
        remember(folder, ended)
    return ended, replace(deployed, emptied=_why_emptied(found, deployed))


def _found(folder: Path) -> Running:
    """The sandbox that runs, else a new one."""
    try:
        running = recall(folder)
    except NotRunningError:
        running = None
    if running is None:
        _forget_deployments(folder)
        running = start(folder)
    return running


def _why_emptied(before: Running, deployed: Deployed) -> str:
    if not (before.by or before.unfinished):
        return ""  # nothing had been in it
    if deployed.by == STAND_IN:
        return "the stand-in looks at nothing that was there: it emptied the sandbox and made all anew"
    if before.unfinished:
        return "the last 'up' was broken off: this one began with an empty sandbox"
    if before.by == STAND_IN:
        return "the engine knows nothing of what its stand-in had made: it began with an empty sandbox"
    return ""


def deploy(
    server: Server, folder: Path, contract: Path, environment: Environment, binary: Path | None
) -> Deployed:
    """Deploy one environment; again with the engine where it is there already, which changes what differs."""
    try:
        if binary is None:
            _forget_deployments(folder)
            return _by_stand_in(server, environment)
        if not (folder / _ENGINE).exists():
            forget(folder)
            server.reset()  # whatever is in it, the engine knows nothing of it
        strangers = _made_by_others(server, environment)
        drifts = recorded(folder)
        before = seen_of(server, drifts)
        deployed = _by_engine(server, folder, binary, contract, environment)
        after = seen_of(server, drifts)
        standing = tuple(one for one in drifts if one.outlived(before[one.home], after[one.home]))
        record(folder, standing)
        return replace(deployed, strangers=strangers, standing=standing)
    except CommandError as error:
        raise DeploymentError(diagnostics(str(error))) from None
    except (ClientError, RefusedInputError) as error:
        raise DeploymentError(str(error)) from None


def _by_stand_in(server: Server, environment: Environment) -> Deployed:
    """The stand-in knows nothing of an earlier deployment, so it begins with an empty AWS."""
    server.reset()
    strangers = _made_by_others(server, environment)
    made = materialise(server, environment)
    count = len(made) + 1  # the engine counts the stack itself, too
    return Deployed(STAND_IN, {"create": count}, made, strangers=strangers)


def _made_by_others(server: Server, environment: Environment) -> tuple[str, ...]:
    return (make_trail(server, environment), *make_strangers(server, environment))


def _by_engine(
    server: Server, folder: Path, binary: Path, contract: Path, environment: Environment
) -> Deployed:
    """The engine looks first at what is there, and so sees what happened behind its back."""
    config = {"contract": str(contract.resolve()), "environment": environment.name}
    kept = folder / _ENGINE
    kept.mkdir(mode=0o700, exist_ok=True)
    name = f"{environment.project}-{environment.name}"
    events: list[EngineEvent] = []
    with engine_stack(server, kept, binary, name, config) as stack:
        done = stack.up(refresh=True, on_event=events.append)
    counted = {str(one): count for one, count in (done.summary.resource_changes or {}).items()}
    return Deployed("the Pulumi engine", counted, made_in(events), repaired_in(events))


def take_down(folder: Path) -> bool:
    """End the sandbox, and forget what was deployed in it; whether one ran."""
    if not folder.exists():
        return False
    with claimed(folder):
        ended = end(folder)
        _forget_deployments(folder)
    return ended


def _forget_deployments(folder: Path) -> None:
    """What the engine's state knows of is gone with the sandbox, and so is every drift."""
    shutil.rmtree(folder / _ENGINE, ignore_errors=True)
    forget(folder)


def diagnostics(text: str) -> str:
    """What the engine complains of, without its progress lines."""
    _, found, after = text.partition("Diagnostics:")
    complaint = text.rpartition("stderr:")[2] if not found else after.partition("Resources:")[0]
    return "\n".join(line.strip() for line in (complaint.strip() or text).splitlines() if line.strip())
