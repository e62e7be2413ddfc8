"""Which sandbox runs? It is a process of its own; a file beside the project remembers it between commands."""

import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from sandbox.server.clients import SandboxError, Server, connect

FOLDER: Final = Path(".sandbox")
_STATE: Final = "state.json"
_ROOT: Final = Path(__file__).parent.parent


class NotRunningError(SandboxError):
    """There is no sandbox, or it is not the one that was started."""


@dataclass(frozen=True, slots=True)
class Running:
    """A sandbox and what is deployed in it."""

    url: str
    token: str
    pid: int
    contract: str = ""
    environment: str = ""
    account: str = ""
    region: str = ""
    by: str = ""
    """What deployed it: the engine, or the SDK's stand-in."""

    @property
    def server(self) -> Server:
        """Where it answers."""
        return connect(self.url, self.token)


def start(folder: Path) -> Running:
    """A new sandbox, in a process that outlives this one."""
    folder.mkdir(mode=0o700, exist_ok=True)
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "sandbox.server"],
            cwd=_ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            start_new_session=True,
        )
    if process.stdout is None or not (line := process.stdout.readline()):
        raise NotRunningError(f"the sandbox did not start; see {folder / 'server.log'}")
    said = json.loads(line)
    running = Running(said["url"], said["token"], process.pid)
    remember(folder, running)
    return running


def remember(folder: Path, running: Running) -> None:
    """Keep it for the next command; only its owner may read the token."""
    with os.fdopen(os.open(folder / _STATE, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as state:
        json.dump(asdict(running), state)


def recall(folder: Path) -> Running | None:
    """The sandbox that was started here; none where nothing was. NotRunningError where it is gone."""
    try:
        running = Running(**json.loads((folder / _STATE).read_text()))
    except FileNotFoundError:
        return None
    except (ValueError, TypeError):
        raise NotRunningError(f"{folder / _STATE} is damaged; remove it") from None
    if not running.server.healthy():
        raise NotRunningError(
            f"the sandbox at {running.url} is gone, and what it held with it; "
            "'bucketwright sandbox up' starts another"
        )
    return running


def end(folder: Path) -> bool:
    """End it, and forget it; whether there was one. A process that is not ours is never touched."""
    try:
        running = recall(folder)
    except NotRunningError:
        running = None
    if running is not None:
        with suppress(ProcessLookupError):
            os.kill(running.pid, signal.SIGTERM)
    (folder / _STATE).unlink(missing_ok=True)
    return running is not None
