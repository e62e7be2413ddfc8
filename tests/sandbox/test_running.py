"""Which sandbox runs: one command at a time changes it, and what was begun in vain is ended."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from sandbox import running
from sandbox.running import BusyError, NotRunningError, Running, claimed, recall, remember, start
from tests.cli.running import ROOT

_CLAIMS_AND_WAITS = """
import sys
from pathlib import Path
from sandbox.running import claimed
with claimed(Path(sys.argv[1])):
    print("claimed", flush=True)
    sys.stdin.read()
"""
STATE = Running("http://127.0.0.1:9", "a token", 1)


def test_two_commands_never_change_one_sandbox(tmp_path: Path) -> None:
    """The second is told; when the first is gone, however it ended, the next one may."""
    words = [sys.executable, "-c", _CLAIMS_AND_WAITS, str(tmp_path)]
    with subprocess.Popen(  # noqa: S603 - our own interpreter
        words, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "claimed\n"
        with pytest.raises(BusyError, match="another command is changing the sandbox"), claimed(tmp_path):
            pass
        other.kill()
        other.wait()
        with claimed(tmp_path):
            pass


def test_a_claim_is_for_one_folder(tmp_path: Path) -> None:
    """Two projects have nothing to do with each other."""
    with claimed(tmp_path / "one"), claimed(tmp_path / "other"):
        pass


def test_a_claim_ends_with_its_block(tmp_path: Path) -> None:
    """Also where the block fails."""
    with pytest.raises(KeyboardInterrupt), claimed(tmp_path):
        raise KeyboardInterrupt
    with claimed(tmp_path):
        pass


def test_a_state_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who is interrupted while writing leaves what was there before."""
    remember(tmp_path, STATE)

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(json, "dump", interrupted)
    with pytest.raises(KeyboardInterrupt):
        remember(tmp_path, Running("http://127.0.0.1:10", "another", 2))

    assert json.loads((tmp_path / "state.json").read_text())["url"] == STATE.url


def test_a_state_of_an_older_version_is_read(tmp_path: Path) -> None:
    """What it does not say is as it was then: no deployment is known to have been broken off."""
    (tmp_path / "state.json").write_text(json.dumps({"url": STATE.url, "token": "x", "pid": 1}))

    with pytest.raises(NotRunningError, match="is gone"):
        recall(tmp_path)
    assert not STATE.unfinished


def test_a_server_that_is_not_remembered_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who is interrupted between the two leaves no process behind that nobody knows of."""
    begun: list[int] = []

    def interrupted(_: Path, found: Running) -> None:
        begun.append(found.pid)
        raise KeyboardInterrupt

    monkeypatch.setattr(running, "remember", interrupted)
    with pytest.raises(KeyboardInterrupt):
        start(tmp_path)

    _, status = os.waitpid(begun[0], 0)
    assert os.waitstatus_to_exitcode(status) == 0


def test_a_server_that_does_not_start_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it complained of is in the log."""
    monkeypatch.setattr(sys, "executable", "/bin/true")

    with pytest.raises(NotRunningError, match=r"did not start; see .*server\.log"):
        start(tmp_path)
