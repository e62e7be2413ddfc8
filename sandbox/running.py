"""Which sandbox runs? It is a process of its own; a file beside the project remembers it between commands."""

import json
import os
import signal
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from sandbox.server.clients import SandboxError, Server, connect

FOLDER: Final = Path(".sandbox")
_STATE: Final = "state.json"
_LOG: Final = "server.log"


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
    """What deployed it, the engine or its stand-in; empty where the deployment failed."""

    @property
    def server(self) -> Server:
        """Where it answers."""
        return connect(self.url, self.token)


def start(folder: Path) -> Running:
    """A new sandbox, in a process that outlives this one."""
    folder.mkdir(mode=0o700, exist_ok=True)
    told, tells = os.pipe()
    pid = _spawned(tells, folder / _LOG)
    os.close(tells)
    with os.fdopen(told) as words:
        line = words.readline()
    if not line:
        raise NotRunningError(f"the sandbox did not start; see {folder / _LOG}")
    said = json.loads(line)
    running = Running(said["url"], said["token"], pid)
    remember(folder, running)
    return running


def _spawned(tells: int, log: Path) -> int:
    """The process of a server that tells its place to a pipe, and everything else to a log."""
    writing = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    return os.posix_spawn(
        sys.executable,
        [sys.executable, "-m", "sandbox.server"],
        os.environ,
        file_actions=[
            (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
            (os.POSIX_SPAWN_DUP2, tells, 1),
            (os.POSIX_SPAWN_OPEN, 2, str(log), writing, 0o600),
        ],
        setsid=True,
    )


def remember(folder: Path, running: Running) -> None:
    """Keep it for the next command; only its owner may read the token."""
    with os.fdopen(os.open(folder / _STATE, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as state:
        json.dump(asdict(running), state)


def recall(folder: Path) -> Running | None:
    """The sandbox that was started here; none where nothing was. NotRunningError where it is gone."""
    try:
        running = Running(**json.loads((folder / _STATE).read_text()))
        server = running.server
    except FileNotFoundError:
        return None
    except (ValueError, TypeError):
        raise NotRunningError(f"{folder / _STATE} is damaged; remove it") from None
    if not server.healthy():
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
