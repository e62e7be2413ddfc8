"""A ClamAV daemon for the block, with a few signatures of its own; who has none is told what to install."""

import os
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import md5
from pathlib import Path
from shutil import which
from threading import Thread
from typing import Final

import pytest

from bucketwright.storage.scanning.trials import eicar

NAMED: Final = "BUCKETWRIGHT_CLAMD_PROGRAM"
FOLDERS: Final = "/usr/sbin"
"""Where Debian puts it, which is not on everybody's path."""
STREAM: Final = 12 * 1024 * 1024
"""Bytes of a stream that it takes."""
FILE: Final = 8 * 1024 * 1024
"""Bytes of a file that it looks into."""
FOUND: Final = "Test.Eicar.UNOFFICIAL"
LARGEST: Final = 4_000_000
"""Bytes of a file that it is trusted with."""
_ANSWERS_WITHIN: Final = 300.0
_BETWEEN: Final = 0.02
_SETTINGS: Final[Mapping[str, object]] = {
    "Foreground": "yes",
    "StreamMaxLength": STREAM,
    "MaxFileSize": FILE,
    "MaxScanSize": FILE,
    "AlertExceedsMax": "yes",
    "AlertEncrypted": "yes",
}


@dataclass(frozen=True, slots=True)
class Daemon:
    """One that answers."""

    address: str
    process: subprocess.Popen[bytes]

    def end(self) -> None:
        """End it before the block does."""
        self.process.terminate()
        self.process.wait()


def program(environ: Mapping[str, str]) -> str:
    """The daemon that is named, else the one that is installed."""
    named = environ.get(NAMED)
    if named:
        if not Path(named).is_file():
            pytest.fail(f"{NAMED} names {named}, and there is no such file")
        return named
    found = which("clamd", path=f"{environ.get('PATH', '')}:{FOLDERS}")
    if found is None:
        pytest.fail(f"there is no clamd: install the package clamav-daemon, or name the program in {NAMED}")
    return found


@contextmanager
def daemon(signature: bytes | None = None, **settings: object) -> Iterator[Daemon]:
    """One on a socket of its own, whose one signature is that of the test virus, or of another file."""
    with tempfile.TemporaryDirectory(prefix="clamd-") as made:
        folder = Path(made)
        (folder / "signatures").mkdir()
        known = eicar() if signature is None else signature
        told = f"{md5(known, usedforsecurity=False).hexdigest()}:{len(known)}:Test.Eicar\n"
        (folder / "signatures" / "own.hdb").write_text(told)
        lines = {
            "LocalSocket": folder / "socket",
            "DatabaseDirectory": folder / "signatures",
            "TemporaryDirectory": folder,
            **_SETTINGS,
            **settings,
        }
        (folder / "clamd.conf").write_text("".join(f"{name} {value}\n" for name, value in lines.items()))
        with (folder / "said").open("wb") as said:
            command = (program(os.environ), "--config-file", str(folder / "clamd.conf"))
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=said, stderr=said)  # noqa: S603 - ClamAV's own
        try:
            _wait(process, folder)
            yield Daemon(f"unix:{folder / 'socket'}", process)
        finally:
            process.kill()
            process.wait()


def _wait(process: subprocess.Popen[bytes], folder: Path) -> None:
    until = time.monotonic() + _ANSWERS_WITHIN
    while time.monotonic() < until and process.poll() is None:
        with socket.socket(socket.AF_UNIX) as asked:
            try:
                asked.connect(str(folder / "socket"))
            except OSError:
                pass
            else:
                return
        try:
            process.wait(_BETWEEN)
        except subprocess.TimeoutExpired:
            continue
    pytest.fail(f"clamd does not answer: {(folder / 'said').read_text(errors='replace')[-2000:]}")


@contextmanager
def scripted(answer: bytes, reads: int = 10**9, *, tcp: bool = False) -> Iterator[str]:
    """Somebody who answers that to every file, and then hangs up; without reading more than so many bytes."""
    with tempfile.TemporaryDirectory(prefix="clamd-") as made:
        path = f"{made}/socket"
        with socket.socket(socket.AF_INET if tcp else socket.AF_UNIX) as listening:
            listening.bind(("127.0.0.1", 0) if tcp else path)
            listening.listen()
            thread = Thread(target=_answer_all, args=(listening, answer, reads), daemon=True)
            thread.start()
            yield f"127.0.0.1:{listening.getsockname()[1]}" if tcp else f"unix:{path}"
            listening.shutdown(socket.SHUT_RDWR)
        thread.join()


def _answer_all(listening: socket.socket, answer: bytes, reads: int) -> None:
    with suppress(OSError):
        while True:
            connection, _ = listening.accept()
            with connection, suppress(OSError):
                _read_file(connection, reads)
                connection.sendall(answer)


def _read_file(connection: socket.socket, most: int) -> None:
    """Read a file to its end, as the daemon does."""
    with connection.makefile("rb", buffering=0) as file:
        assert file.read(min(most, 10))[:10] == b"zINSTREAM\0"
        while most > 10 and (length := int.from_bytes(file.read(4), "big")):
            while length:
                length -= len(file.read(length))
