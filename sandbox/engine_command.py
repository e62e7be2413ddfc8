"""How is the engine's command line run? To its end: told to stop, it first puts its state in order."""

import os
import signal
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from subprocess import CalledProcessError, TimeoutExpired
from threading import Thread
from typing import IO, Final

from pulumi.automation import CommandResult, PulumiCommand
from pulumi.automation.errors import InvalidVersionError, create_command_error
from typing_extensions import override

from sandbox.server.clients import SandboxError

VARIABLE: Final = "PULUMI_BIN"
_PATIENCE_SECONDS: Final = 30
Told = Callable[[str], object] | None


class UnusableEngineError(SandboxError):
    """What was found is no engine that can deploy."""


class Interrupted(KeyboardInterrupt):
    """Ctrl-C; the engine ended by itself, and its state is whole."""


class EngineCommand(PulumiCommand):
    """The engine's command line, in a session of its own: Ctrl-C reaches it once, through this process.

    The SDK leaves the engine alone when it is interrupted; it goes on for a while, and is broken off.
    """

    @override
    def run(
        self,
        args: list[str],
        cwd: str,
        additional_env: Mapping[str, str],
        on_output: Told = None,
        on_error: Told = None,
    ) -> CommandResult:
        """Run it; Interrupted where it was told to stop and did, CommandError where it failed."""
        with (
            self._begun(args, cwd, additional_env) as process,
            _heard(process.stdout, on_output) as said,
            _heard(process.stderr, on_error) as complained,
        ):
            _wait(process)
        result = CommandResult("\n".join(said), "\n".join(complained), process.returncode)
        if process.returncode:
            raise create_command_error(result)
        return result

    def _begun(self, args: list[str], cwd: str, variables: Mapping[str, str]) -> "subprocess.Popen[str]":
        return subprocess.Popen(  # noqa: S603 - the engine, with the words of its own SDK
            [self.command, "--non-interactive", *args],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=cwd,
            env={**os.environ, **variables, "PULUMI_AUTOMATION_API": "true"},
            encoding="utf-8",
            errors="backslashreplace",
            start_new_session=True,
        )


def engine_command(folder: Path, binary: Path) -> EngineCommand:
    """The engine of that file, laid out in the folder; UnusableEngineError where it is none."""
    root = _laid_out(folder, binary)
    try:
        return EngineCommand(root=str(root))
    except (CalledProcessError, InvalidVersionError, OSError, UnicodeDecodeError) as wrong:
        named = os.environ.get(VARIABLE) == str(binary)
        cure = f"unset {VARIABLE}" if named else f"name another with {VARIABLE}"
        raise UnusableEngineError(
            f"{binary} is no Pulumi command line that can be used: {_why(wrong)}; {cure} or say --no-engine"
        ) from None


def _laid_out(folder: Path, binary: Path) -> Path:
    """A folder laid out as the SDK expects an installation, wherever the engine lies."""
    link = folder.resolve() / "engine" / "bin" / "pulumi"
    link.parent.mkdir(parents=True, exist_ok=True)
    link.unlink(missing_ok=True)
    link.symlink_to(binary.resolve())
    return link.parent.parent


def _why(wrong: Exception) -> str:
    match wrong:
        case CalledProcessError():
            return f"asked for its version it ended with {wrong.returncode}"
        case OSError():
            return wrong.strerror or str(wrong)
        case InvalidVersionError() if "parse" not in str(wrong):
            return str(wrong).rstrip(".")
        case _:
            return "asked for its version it told none"


@contextmanager
def _heard(stream: IO[str] | None, told: Told) -> Iterator[list[str]]:
    """What a stream says until it ends, line by line; complete after the block."""
    lines: list[str] = []

    def listen() -> None:
        for line in stream or ():
            lines.append(line.rstrip())
            if told is not None:
                told(lines[-1])

    listener = Thread(target=listen)
    listener.start()
    try:
        yield lines
    finally:
        listener.join()


def _wait(process: "subprocess.Popen[str]") -> None:
    """Wait for its end, whatever comes."""
    try:
        process.wait()
    except KeyboardInterrupt:
        if _stopped(process):
            raise Interrupted from None
        raise
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def _stopped(process: "subprocess.Popen[str]") -> bool:
    """Whether it ended by itself when it was told to; another Ctrl-C is not heard meanwhile."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        process.send_signal(signal.SIGINT)
        process.wait(_PATIENCE_SECONDS)
    except TimeoutExpired:
        return False
    finally:
        signal.signal(signal.SIGINT, before)
    return True
