"""`bucketwright sandbox`: an AWS on this machine, with the contract deployed in it."""

import os
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

import click

from bucketwright.plain_text import counted
from cli.commands import group, subcommand
from cli.contract_file import STDIN, contract_file
from cli.contract_option import PLACES, PROJECT_FILE, VARIABLE
from cli.exits import Exit
from cli.lines import folded, terminal_width
from cli.output import Output, Tint
from cli.sandbox_shown import say, show_deployed, show_standing
from cli.sound import (
    chosen_environment,
    given_or_error,
    one_environment,
    sound_contract,
    stop_unless_deployable,
)

if TYPE_CHECKING:
    from bucketwright.contract.model import Environment
    from sandbox.drifts import Live
    from sandbox.running import Running


@group("sandbox")
def sandbox() -> None:
    """It is a process of its own that answers on a loopback address until it is told to end; what it holds
    ends with it. It is no AWS: docs/sandbox.md says what it stands for and what it does not.
    """


@subcommand(sandbox, "up", "Start it, or find it running, and deploy the contract.")
@click.argument("stack", required=False)
@click.option(
    "--contract",
    "named",
    type=click.Path(path_type=Path),
    metavar="FILE",
    envvar=VARIABLE,
    show_envvar=True,
    help=f"The contract's file. Without it: {' or '.join(PLACES)} here, "
    f"or in a parent folder up to the one with {PROJECT_FILE}.",
)
@click.option("--no-engine", is_flag=True, help="Let the stand-in deploy, even where there is an engine.")
@click.pass_obj
def up(output: Output, stack: str | None, named: Path | None, no_engine: bool) -> Exit:
    """STACK is an environment of the contract; by default its first. The Pulumi engine deploys it where its
    command line is found (PULUMI_BIN, a build of it here, the PATH). Again it looks at all that it made,
    repairs what was changed behind its back, and says so; what it did not make it does not look at.

    Otherwise a stand-in makes the same calls in the same order. It looks at nothing that is there: the
    sandbox is emptied first, and all is made anew.
    """
    if named == STDIN:
        raise click.UsageError("the program that deploys reads the contract itself: name its file")
    path = contract_file(named)
    environment = _environment_meant(path, stack, output)
    return _plainly(output, partial(_up, output, path, environment, engine=not no_engine))


@subcommand(sandbox, "status", "Say whether it runs, and what is in it.")
@click.pass_obj
def status(output: Output) -> Exit:
    """The exit code is 3 where no sandbox runs."""
    return _plainly(output, partial(_status, output))


@subcommand(sandbox, "env", "Print what makes other programs use it.")
@click.pass_obj
def env(output: Output) -> Exit:
    """Lines for a shell: eval "$(bucketwright sandbox env)" makes every AWS SDK and command line that is
    started from there call the sandbox, with credentials that are good nowhere else.
    """
    return _plainly(output, partial(_env, output))


@subcommand(sandbox, "drift", "Change something in it behind the contract's back.")
@click.argument("name", required=False)
@click.option("--list", "listed", is_flag=True, help="List the drifts, and change nothing.")
@click.option(
    "--bucket", metavar="ID", help="The bucket it happens to; by default the first it can happen to."
)
@click.pass_obj
def drift(output: Output, name: str | None, listed: bool, bucket: str | None) -> Exit:
    """NAME is one thing that somebody might do to what is deployed: suspend versioning, open a policy, leave
    an upload unfinished. What was before is said, and what is now. With --bucket, --list shows those that can
    happen to that bucket.
    """
    if listed == (name is not None):
        raise click.UsageError("name a drift, or list them with --list")
    does = partial(_list, output, bucket) if name is None else partial(_drift, output, name, bucket)
    return _plainly(output, partial(_rightly_named, does))


@subcommand(sandbox, "down", "End it, and forget all that was in it.")
@click.pass_obj
def down(output: Output) -> Exit:
    """Only the process that 'up' started is ended. Where none runs, nothing is done."""
    return _plainly(output, partial(_down, output))


def _environment_meant(path: Path, stack: str | None, output: Output) -> "Environment":
    """The environment of that name, or the first, unless it would not be deployed."""
    contract = sound_contract(given_or_error(path, output), output)
    first, *others = contract.environments
    try:
        chosen = chosen_environment(contract, first if stack is None else stack)
    except click.BadParameter as unknown:
        raise click.BadParameter(unknown.message, param_hint="'STACK'") from None
    if stack is None and others:
        output.note(f"environment {first}; others with 'bucketwright sandbox up NAME': {', '.join(others)}")
    stop_unless_deployable(chosen, output)
    return chosen


def _up(output: Output, path: Path, environment: "Environment", *, engine: bool) -> None:
    from cli.recording import recorded  # noqa: PLC0415 - the tree is wanted here alone
    from components.storage import declare  # noqa: PLC0415 - brings Pulumi
    from sandbox.deploying import bring_up  # noqa: PLC0415 - brings Pulumi and boto3
    from sandbox.engine import engine_binary  # noqa: PLC0415 - brings Pulumi and boto3
    from sandbox.running import FOLDER  # noqa: PLC0415 - brings boto3

    binary = engine_binary() if engine else None
    running, deployed = bring_up(FOLDER, path, environment, binary)
    show_deployed(recorded(partial(declare, environment), environment, output), deployed, output)
    if deployed.emptied:
        output.note(deployed.emptied)
    changes = ", ".join(f"{count} {word}" for word, count in deployed.changes.items())
    say(f"{environment.name} is in the sandbox at {running.url}, by {deployed.by}: {changes}", output)
    output.note("it runs until 'bucketwright sandbox down'")


def _down(output: Output) -> None:
    from sandbox.deploying import take_down  # noqa: PLC0415 - brings Pulumi and boto3
    from sandbox.running import FOLDER  # noqa: PLC0415 - brings boto3

    output.summary("ended" if take_down(FOLDER) else "no sandbox ran")


def _status(output: Output) -> None:
    from sandbox.drifts import recorded, seen_of  # noqa: PLC0415 - brings boto3
    from sandbox.running import FOLDER  # noqa: PLC0415 - brings boto3

    running = _running()
    by = f"by {running.by}" if running.by else "not deployed to its end"
    output.result(f"{running.environment} of {running.contract}, {by}")
    for bucket in running.server.buckets():
        counts = (counted(len(bucket["objects"]), "object"), counted(len(bucket["uploads"]), "upload"))
        output.result(f"  {bucket['name']}: {' and '.join(counts)}")
    drifts = recorded(FOLDER)
    now = seen_of(running.server, drifts)
    show_standing((one for one in drifts if one.is_there(now[one.home])), output)
    say(f"the sandbox runs at {running.url}, process {running.pid}", output)


def _env(output: Output) -> None:
    running = _running()
    clients = running.server.clients(account=running.account, region=running.region)
    for name in clients.unwanted:
        output.result(f"unset {name}")
    for name, value in {**clients.environment, **_no_proxy(clients.environment)}.items():
        output.result(f"export {name}={quote(value)}")


def _no_proxy(wanted: Mapping[str, str]) -> Mapping[str, str]:
    """The variable that keeps a proxy out, with what it, or its other spelling, says here already."""
    said = ",".join(filter(None, (os.environ.get(name) for name in ("NO_PROXY", "no_proxy"))))
    hosts = dict.fromkeys(host.strip() for host in f"{said},{wanted['NO_PROXY']}".split(",") if host.strip())
    return {"NO_PROXY": "*" if "*" in hosts else ",".join(hosts)}


def _list(output: Output, bucket: str | None) -> None:
    from sandbox.drifts import all_drifts, candidates  # noqa: PLC0415 - brings boto3

    found = tuple(all_drifts().values())
    if bucket is not None:
        environment = _deployed(output).environment
        found = tuple(one for one in found if candidates(one, environment, bucket))
    names, width = max((len(one.name) for one in found), default=0), terminal_width()
    for one in found:
        for line in folded(f"{one.name:<{names}}  {one.says}", width, names + 2):
            output.result(line)
    output.summary(counted(len(found), "drift"))


def _drift(output: Output, name: str, bucket: str | None) -> None:
    from sandbox.drifts import drift_named, inject_and_record  # noqa: PLC0415 - brings boto3
    from sandbox.running import FOLDER, claimed  # noqa: PLC0415 - brings boto3

    chosen, live = drift_named(name), _deployed(output)
    with claimed(FOLDER):
        done = inject_and_record(FOLDER, chosen, live, bucket)
    output.result(f"{done.address}: {done.name}{done.key and f'/{done.key}'}", Tint.PLACE)
    output.result(f"  before: {done.before}")
    output.result(f"  now: {done.after}")
    output.summary(f"{chosen.name} changes {', '.join(sorted(chosen.changes))}")


def _rightly_named(does: Callable[[], None]) -> None:
    """Do it; a drift or a bucket that is not there is wrong use."""
    from sandbox.drifts import WrongNameError  # noqa: PLC0415 - brings boto3

    try:
        does()
    except WrongNameError as wrong:
        raise click.UsageError(str(wrong)) from None


def _deployed(output: Output) -> "Live":
    """What is in the sandbox that runs, by the contract as its file is now."""
    from sandbox.drifts import Live  # noqa: PLC0415 - brings boto3
    from sandbox.running import NotRunningError  # noqa: PLC0415 - brings boto3

    running = _running()
    if not running.contract:
        raise NotRunningError("nothing is deployed in the sandbox; 'bucketwright sandbox up' does that")
    environment = one_environment(Path(running.contract), running.environment, output)
    return Live(running.server, environment)


def _running() -> "Running":
    from sandbox.running import FOLDER, NotRunningError, recall  # noqa: PLC0415 - brings boto3

    running = recall(FOLDER)
    if running is None:
        raise NotRunningError("no sandbox runs here; 'bucketwright sandbox up' starts one")
    return running


def _plainly(output: Output, does: Callable[[], None]) -> Exit:
    """Do it; what the sandbox or the engine refuses is said as it is, and ends the run as not completed."""
    from sandbox.server.clients import SandboxError  # noqa: PLC0415 - brings boto3

    try:
        does()
    except SandboxError as refused:
        first, *more = str(refused).split("\n")
        output.error(first, *more)
        return Exit.INCOMPLETE
    return Exit.CLEAN
