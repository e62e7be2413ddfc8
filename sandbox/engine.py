"""How does the real Pulumi engine deploy to the sandbox? The program as it is, with a provider's double."""

import os
import runpy
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from pulumi import automation

from sandbox.accounts import NOBODY
from sandbox.provider.double import serving_double
from sandbox.server.clients import Server

ROOT: Final = Path(__file__).parent.parent
_BUILT: Final = ROOT / ".engine" / "bin" / "pulumi"


def engine_binary() -> Path | None:
    """The engine's command line: PULUMI_BIN, the one built here, or the one on the PATH; else none."""
    named = os.environ.get("PULUMI_BIN")
    if named:
        return Path(named)
    if _BUILT.exists():
        return _BUILT
    found = shutil.which("pulumi")
    return Path(found) if found else None


@contextmanager
def engine_stack(
    server: Server, folder: Path, binary: Path, name: str, config: Mapping[str, str]
) -> Iterator[automation.Stack]:
    """The stack of that name, whose state is kept in the folder; it runs this project's own program.

    The program reads the contract and the environment that `config` names, or those of this project.
    """
    work = folder / "project"
    if not work.exists():
        shutil.copytree(ROOT / "stacks", work / "stacks")
        shutil.copy(ROOT / "Pulumi.yaml", work)
    (folder / "state").mkdir(exist_ok=True)
    with serving_double(server, account=NOBODY, region="us-east-1") as port:
        workspace = automation.LocalWorkspace(
            work_dir=str(work),
            pulumi_home=str(folder / "home"),
            env_vars=_environment(folder, port, server),
            program=lambda: runpy.run_path(str(ROOT / "__main__.py"), run_name="__main__") and None,
            pulumi_command=automation.PulumiCommand(root=str(binary.parent.parent)),
        )
        stack = automation.Stack.create_or_select(name, workspace)
        for key, value in config.items():
            stack.set_config(f"bucketwright:{key}", automation.ConfigValue(value))
        yield stack


def _environment(folder: Path, port: int, server: Server) -> Mapping[str, str]:
    """No back end but the folder, no plugin but the double, no AWS but the sandbox."""
    return {
        **server.clients(account=NOBODY, region="us-east-1").environment,
        "PULUMI_BACKEND_URL": f"file://{folder.resolve() / 'state'}",
        "PULUMI_CONFIG_PASSPHRASE": "sandbox",
        "PULUMI_DEBUG_PROVIDERS": f"aws:{port}",
        "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
        "PULUMI_SKIP_UPDATE_CHECK": "true",
    }
