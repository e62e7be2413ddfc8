"""Which sandbox runs? It is a process of its own; a file beside the project remembers it between commands."""

import fcntl
import json
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from sandbox.server.clients import SandboxError, Server, connect

FOLDER: Final = Path(".sandbox")
_STATE: Final = "state.json"
_LOG: Final = "server.log"
_LOCK: Final = "lock"


class BusyError(SandboxError):
    """Another command is changing this sandbox."""


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
    unfinished: bool = False
    """A deployment was begun and nobody saw its end: what it left may be half made."""

    @property
    def server(self) -> Server:
        """Where it answers."""
        return connect(self.url, self.token)


@contextmanager
def claimed(folder: Path) -> Iterator[None]:
    """Within it no other command changes the sandbox of this folder; BusyError where one does already.

    The claim ends with the process, however that ends.
    """
    folder.mkdir(mode=0o700, exist_ok=True)
    with os.fdopen(os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)) as claim:
        try:
            fcntl.flock(claim, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BusyError(
                f"another command is changing the sandbox in {folder.resolve()}; wait for its end, or end it"
            ) from None
        yield


def start(folder: Path) -> Running:
    """A new sandbox, in a process that outlives this one; only where it is remembered does it stay."""
    told, tells = os.pipe()
    pid = _spawned(tells, folder / _LOG)
    try:
        os.close(tells)
        with os.fdopen(told) as words:
            running = _place_told(words.readline(), pid, folder / _LOG)
        remember(folder, running)
    except BaseException:
        os.kill(pid, signal.SIGTERM)
        raise
    return running


def _place_told(line: str, pid: int, log: Path) -> Running:
    """Where a server is, by the line that it tells first."""
    if not line:
        raise NotRunningError(f"the sandbox did not start; see {log}")
    said = json.loads(line)
    return Running(said["url"], said["token"], pid)


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
    """Keep it for the next command, all of it or nothing; only its owner may read the token."""
    coming = folder / f"{_STATE}.new"
    with os.fdopen(os.open(coming, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as state:
        json.dump(asdict(running), state)
    coming.replace(folder / _STATE)


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
