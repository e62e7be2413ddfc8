"""A server's process: on a free port of this machine, there when it answers, ended when the block is."""

import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Final

_ANSWERS_WITHIN: Final = 300.0
_ENDS_WITHIN: Final = 10.0
_BETWEEN: Final = 0.02
_PORTS_TRIED: Final = 3
_NOT_READY: Final = 500
"""MinIO listens before it knows its disks, and says so."""


class NotRunningError(Exception):
    """The server ended at once, or did not answer in time; with what it said."""


def free_port() -> int:
    """A port of this machine on which nobody listens just now."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


@contextmanager
def answering(
    command: Sequence[str], environment: Mapping[str, str], folder: Path
) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """The process of a command, in which {port} stands for the port, once it answers there.

    Another program may take the port before the server does, which then ends: another port is tried.
    """
    for left in reversed(range(_PORTS_TRIED)):
        port = free_port()
        words = [word.format(port=port) for word in command]
        with (folder / "said").open("wb") as said:
            process = subprocess.Popen(  # noqa: S603 - our own programs
                words, env=dict(environment), cwd=folder, stdin=subprocess.DEVNULL, stdout=said, stderr=said
            )
        try:
            if _answers(process, port):
                yield process, port
                return
            if process.poll() is None or not left:
                raise NotRunningError(f"{words[0]} does not answer: {_last_said(folder)}")
        finally:
            _end(process)


def _answers(process: subprocess.Popen[bytes], port: int) -> bool:
    """Whether it answers a request before it ends and before time is up."""
    until = time.monotonic() + _ANSWERS_WITHIN
    while time.monotonic() < until:
        if _asked(port):
            return True
        try:
            process.wait(_BETWEEN)
        except subprocess.TimeoutExpired:
            continue
        return False
    return False


def _asked(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status < _NOT_READY
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def _last_said(folder: Path) -> str:
    return (folder / "said").read_text(errors="replace")[-2000:]


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.terminate()
    try:
        process.wait(_ENDS_WITHIN)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
