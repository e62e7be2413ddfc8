"""How does the real Pulumi engine deploy to the sandbox? The program as it is, with a provider's double."""

import os
import runpy
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from pulumi import automation

from sandbox.accounts import NOBODY
from sandbox.engine_command import VARIABLE, engine_command
from sandbox.program_runs import Program, ended_runs
from sandbox.provider.double import serving_double
from sandbox.server.clients import SandboxError, Server

ROOT: Final = Path(__file__).parent.parent
BUILT: Final = ROOT / ".engine" / "bin" / "pulumi"
_REGION: Final = "us-east-1"


def engine_binary(environ: Mapping[str, str] = os.environ, built: Path = BUILT) -> Path | None:
    """The engine's command line: what PULUMI_BIN names, else what is built here, else what is on the PATH."""
    named = environ.get(VARIABLE)
    if named and not Path(named).is_file():
        raise SandboxError(f"{VARIABLE} names {named}, and there is no such file")
    if named:
        return Path(named)
    if built.exists():
        return built
    found = shutil.which("pulumi", path=environ.get("PATH", os.defpath))
    return Path(found) if found else None


@contextmanager
def engine_stack(
    server: Server, folder: Path, binary: Path, name: str, config: Mapping[str, str]
) -> Iterator[automation.Stack]:
    """The stack of that name, whose state is kept in the folder; it runs this project's own program.

    The program reads the contract and the environment that `config` names, or those of this project.
    """
    with (
        unset(server.clients(account=NOBODY, region=_REGION).unwanted),
        ended_runs() as runs,
        serving_double(server, account=NOBODY, region=_REGION) as port,
    ):
        stack = opened(folder, binary, name, engine_environment(server, folder, port), runs.of(own_program))
        if config:
            values = {f"bucketwright:{key}": automation.ConfigValue(value) for key, value in config.items()}
            stack.set_all_config(values)
        yield stack


def opened(
    folder: Path, binary: Path, name: str, variables: Mapping[str, str], program: Program
) -> automation.Stack:
    """The stack of that name, new or as it was left, for an engine that runs with these variables."""
    work = folder / "project"
    if not work.exists():
        shutil.copytree(ROOT / "stacks", work / "stacks")
        shutil.copy(ROOT / "Pulumi.yaml", work)
    workspace = automation.LocalWorkspace(
        work_dir=str(work),
        env_vars=variables,
        program=program,
        pulumi_command=engine_command(folder, binary),
    )
    return automation.Stack.create_or_select(name, workspace)


def engine_environment(server: Server, folder: Path, port: int) -> dict[str, str]:
    """No back end but the folder, no plugin but the double at the port, no AWS but the sandbox."""
    state = folder.resolve() / "state"
    state.mkdir(exist_ok=True)
    return {
        **server.clients(account=NOBODY, region=_REGION).environment,
        "PULUMI_BACKEND_URL": f"file://{state}",
        "PULUMI_CONFIG_PASSPHRASE": "sandbox",
        "PULUMI_DEBUG_PROVIDERS": f"aws:{port}",
        "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
        "PULUMI_HOME": str(folder.resolve() / "home"),
        "PULUMI_SKIP_UPDATE_CHECK": "true",
    }


@contextmanager
def unset(variables: Iterable[str]) -> Iterator[None]:
    """Within it neither this process nor what it starts has these variables.

    An engine is started with all that this process has; it can be told others, and not to have none.
    """
    kept = {name: os.environ.pop(name) for name in variables if name in os.environ}
    try:
        yield
    finally:
        os.environ.update(kept)


def own_program() -> None:
    """Run the program of this project."""
    runpy.run_path(str(ROOT / "__main__.py"), run_name="__main__")
