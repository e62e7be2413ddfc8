"""Ways to run the command line: in this process, and as the real thing."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from click.testing import CliRunner, Result

import cli
from cli.main import program

ROOT = Path(cli.__file__).parents[1]
AS_IN_80_COLUMNS = 78
PLAIN = {
    "COLUMNS": "80",
    "NO_COLOR": "",
    "FORCE_COLOR": "",
    "BUCKETWRIGHT_CONTRACT": "",
    "BUCKETWRIGHT_ENVIRONMENT": "",
    "BUCKETWRIGHT_TODAY": "",
    "PYTHONUNBUFFERED": "",
}

LISTENING = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
from cli.main import main
main()
"""
"""The program, which hears Ctrl-C even where the tests do not."""
PATIENCE = 600
"""Seconds: what hangs is ended some day, and what only has to share the machine never is."""


def run(*words: str, stdin: str | bytes = b"", environment: dict[str, str] | None = None) -> Result:
    """Run the program in this process."""
    runner = CliRunner(env={**PLAIN, **(environment or {})})
    return runner.invoke(program, words, input=stdin, terminal_width=AS_IN_80_COLUMNS)


def spawned(
    *words: str, stdin: bytes = b"", code: str = LISTENING, stdout: int = subprocess.PIPE
) -> "subprocess.CompletedProcess[bytes]":
    """Run the program as a process of its own, to its end."""
    return subprocess.run(  # noqa: S603 - our own interpreter and program
        [sys.executable, "-c", code, *words],
        env=_environment(),
        input=stdin,
        stdout=stdout,
        stderr=subprocess.PIPE,
        timeout=PATIENCE,
        check=False,
    )


@dataclass(frozen=True, slots=True)
class Conversation:
    """A program that still runs: one line goes in, one comes out."""

    process: "subprocess.Popen[bytes]"
    stdin: IO[bytes]
    stdout: IO[bytes]
    stderr: IO[bytes]

    def say(self, line: bytes) -> None:
        """Hand it a line."""
        self.stdin.write(line)
        self.stdin.flush()

    def ended(self) -> tuple[int, bytes]:
        """Wait for its end; what is left is its exit code and all it said on stderr."""
        return self.process.wait(timeout=PATIENCE), self.stderr.read()


@contextmanager
def talking_to(*words: str) -> Iterator[Conversation]:
    """Start the program and talk to it; it hears Ctrl-C even where the tests do not."""
    with subprocess.Popen(  # noqa: S603 - our own interpreter and program
        [sys.executable, "-c", LISTENING, *words],
        env=_environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        try:
            yield Conversation(process, process.stdin, process.stdout, process.stderr)
        finally:
            process.kill()


@contextmanager
def pipe_nobody_reads() -> Iterator[int]:
    """The writing end of a pipe whose reader is gone."""
    reading, writing = os.pipe()
    os.close(reading)
    try:
        yield writing
    finally:
        os.close(writing)


def _environment() -> dict[str, str]:
    return {**os.environ, **PLAIN, "PYTHONPATH": str(ROOT)}
