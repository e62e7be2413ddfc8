"""The engine's command line, run by stand-ins of a few lines: heard, waited for, stopped, refused."""

import os
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pulumi.automation.errors import CommandError

from sandbox import engine_command as module
from sandbox.engine_command import VARIABLE, EngineCommand, Interrupted, UnusableEngineError, engine_command

_TELLS_ITS_VERSION = """#!{python}
import os, signal, sys
if sys.argv[1:] == ["version"]:
    print("v3.250.0")
    sys.exit()
"""
_STOPS_WHEN_TOLD = """
def stop(*_):
    print("stopping", flush=True)
    open(sys.argv[-1]).read()
    sys.exit(1)
signal.signal(signal.SIGINT, stop)
print("ready", flush=True)
signal.pause()
"""
_NEVER_STOPS = """
signal.signal(signal.SIGINT, signal.SIG_IGN)
print(f"ready {os.getpid()}", flush=True)
while True:
    signal.pause()
"""


def program(folder: Path, text: str) -> Path:
    """An executable file."""
    made = folder / "an-engine"
    made.write_text(text)
    made.chmod(0o700)
    return made


def engine(folder: Path, body: str) -> EngineCommand:
    """A stand-in for the engine that does this when it is asked for anything but its version."""
    return engine_command(folder, program(folder, _TELLS_ITS_VERSION.format(python=sys.executable) + body))


def interrupt() -> None:
    """What Ctrl-C does to this process."""
    main = threading.main_thread().ident
    assert main is not None
    signal.pthread_kill(main, signal.SIGINT)


@pytest.fixture
def hearing() -> Iterator[None]:
    """Ctrl-C is heard, even where the tests were started so that it is not."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_what_it_says_is_heard(tmp_path: Path) -> None:
    """Line by line while it runs, and whole at its end; it runs where and with what it was told."""
    heard: list[str] = []
    complained: list[str] = []
    command = engine(
        tmp_path,
        'print(*sys.argv[1:]); print(os.environ["MORE"], os.environ["KEPT"], os.getcwd())\n'
        'print("careful \\udcff".encode("utf-8", "surrogateescape"), file=sys.stderr)\n',
    )
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("KEPT", "as it was")
        done = command.run(["up", "--yes"], str(tmp_path), {"MORE": "more"}, heard.append, complained.append)

    assert heard == ["--non-interactive up --yes", f"more as it was {tmp_path}"]
    assert (done.stdout, done.stderr, done.code) == ("\n".join(heard), "\n".join(complained), 0)
    assert "careful" in done.stderr


def test_a_failure_tells_what_was_said(tmp_path: Path) -> None:
    """As the SDK's own command does."""
    command = engine(tmp_path, 'print("error: nothing goes today", file=sys.stderr); sys.exit(255)\n')

    with pytest.raises(CommandError, match=r"code: 255\n.*\n.*nothing goes today"):
        command.run(["up"], str(tmp_path), {})


def test_a_terminal_reaches_it_through_this_process_alone(tmp_path: Path) -> None:
    """It leads a session of its own: what a terminal sends to all that run in it, it does not get twice."""
    command = engine(tmp_path, "print(os.getsid(0) == os.getpid())\n")

    assert command.run(["up"], str(tmp_path), {}).stdout == "True"


def test_told_to_stop_it_is_waited_for(tmp_path: Path, hearing: None) -> None:
    """Ctrl-C is passed on once; pressed again it does not break off what puts the state in order."""
    door = tmp_path / "door"
    os.mkfifo(door)
    heard: list[str] = []

    def react(line: str) -> None:
        heard.append(line)
        interrupt()
        if line == "stopping":
            door.write_text("that was all")

    command = engine(tmp_path, _STOPS_WHEN_TOLD)
    with pytest.raises(Interrupted):
        command.run(["up", str(door)], str(tmp_path), {}, react)

    assert heard == ["ready", "stopping"]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_one_that_does_not_stop_is_ended(
    tmp_path: Path, hearing: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Then nobody knows what it leaves behind, and it is no orderly end."""
    monkeypatch.setattr(module, "_PATIENCE_SECONDS", 0.05)
    heard: list[str] = []

    def react(line: str) -> None:
        heard.append(line)
        interrupt()

    with pytest.raises(KeyboardInterrupt) as ending:
        engine(tmp_path, _NEVER_STOPS).run(["up"], str(tmp_path), {}, react)

    assert not isinstance(ending.value, Interrupted)
    with pytest.raises(ProcessLookupError):
        os.kill(int(heard[0].split()[1]), 0)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        pytest.param("#!/bin/true\n", "asked for its version it told none", id="says nothing"),
        pytest.param("#!/bin/false\n", "asked for its version it ended with 1", id="fails"),
        pytest.param("#!/bin/sh\necho hello\n", "asked for its version it told none", id="another program"),
        pytest.param("#!/bin/sh\nprintf '\\377'\n", "asked for its version it told none", id="no text"),
        pytest.param("#!/bin/sh\necho v2.25.0\n", "your current CLI version is 2.25.0", id="too old"),
        pytest.param("#!/bin/sh\necho v9.0.0\n", "Pulumi CLI version 9.0.0 with Automation", id="too new"),
        pytest.param("hello\n", "Exec format error", id="no program"),
    ],
)
def test_what_is_no_engine_is_refused(
    text: str, why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Plainly, with what to do: another than the one that a variable names, or none."""
    binary = program(tmp_path, text)
    begun = f"{binary} is no Pulumi command line that can be used: "
    with pytest.raises(UnusableEngineError) as found:
        engine_command(tmp_path, binary)
    monkeypatch.setenv(VARIABLE, str(binary))
    with pytest.raises(UnusableEngineError) as named:
        engine_command(tmp_path, binary)

    assert str(found.value).startswith(begun)
    assert why in str(found.value)
    assert str(found.value).endswith("; name another with PULUMI_BIN or say --no-engine")
    assert str(named.value).endswith("; unset PULUMI_BIN or say --no-engine")


def test_a_file_that_may_not_be_run_is_refused(tmp_path: Path) -> None:
    """What the machine says of it is passed on."""
    binary = program(tmp_path, "#!/bin/sh\n")
    binary.chmod(0o600)

    with pytest.raises(UnusableEngineError, match="Permission denied"):
        engine_command(tmp_path, binary)
