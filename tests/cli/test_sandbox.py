"""The sandbox from the command line: started, found again, used by other programs, ended."""

import json
import os
import shlex
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from shlex import quote

import pytest

from sandbox import deploying
from sandbox.materialise import RefusedInputError
from sandbox.running import Running, claimed, remember
from sandbox.server import Server
from tests.cli.running import ROOT, run

CONTRACT = str(ROOT / "examples" / "upload-sessions" / "contract.yaml")
UP = ("sandbox", "up", "dev", "--no-engine", "--contract", CONTRACT)
LISTS = "import boto3; print(*[one['Name'] for one in boto3.client('s3').list_buckets()['Buckets']])"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty folder to work in; no sandbox outlives the test."""
    monkeypatch.chdir(tmp_path)
    yield tmp_path
    run("sandbox", "down")


def test_a_sandbox_is_started_used_and_ended(folder: Path) -> None:
    """What one command deploys the next ones see, and so does any program with the printed environment."""
    up = run(*UP)
    status = run("sandbox", "status")
    env = run("sandbox", "env")
    variables = dict(shlex.split(line)[1].split("=", 1) for line in env.stdout.splitlines())
    listed = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", LISTS],
        env={"PATH": os.environ["PATH"], **variables},
        capture_output=True,
        text=True,
        check=True,
    )
    again = run(*UP)
    down = run("sandbox", "down")
    after = run("sandbox", "status")

    assert (up.exit_code, up.stdout.splitlines()[1]) == (0, "Storage transit")
    assert up.stderr.splitlines()[-1] == "it runs until 'bucketwright sandbox down'"
    assert "dev is in the sandbox at http://127.0.0.1:" in up.stdout.splitlines()[-1]
    assert "made for others, who would own it: arn:aws:cloudtrail:" in up.stderr
    emptied = "the stand-in looks at nothing that was there: it emptied the sandbox and made all anew"
    assert (emptied in up.stderr, emptied in again.stderr) == (False, True)
    assert "  transit-dev-sessions: 0 objects and 0 uploads" in status.stdout.splitlines()
    assert listed.stdout.split() == ["transit-dev-logs", "transit-dev-sessions"]
    assert again.stdout == up.stdout
    assert down.stdout == "ended\n"
    assert (after.exit_code, after.stderr) == (
        3,
        "error: no sandbox runs here; 'bucketwright sandbox up' starts one\n",
    )
    assert not (folder / ".sandbox" / "state.json").exists()


def test_its_token_is_for_its_owner_alone(folder: Path) -> None:
    """Neither the folder nor the file that remembers the sandbox can be read by others."""
    run(*UP)
    state = folder / ".sandbox" / "state.json"

    assert stat.S_IMODE(state.stat().st_mode) == 0o600
    assert stat.S_IMODE(state.parent.stat().st_mode) == 0o700


def test_a_sandbox_that_died_is_told_and_replaced(folder: Path) -> None:
    """Nobody is shown the state of a process that is gone; `up` starts another."""
    run(*UP)
    pid = json.loads((folder / ".sandbox" / "state.json").read_text())["pid"]
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    status = run("sandbox", "status")
    up = run(*UP)

    assert status.exit_code == 3
    assert "is gone, and what it held with it" in status.stderr
    assert up.exit_code == 0


def test_a_process_that_is_not_its_own_is_never_ended(folder: Path) -> None:
    """A remembered number may belong to another program by now."""
    (folder / ".sandbox").mkdir()
    stale = {"url": "http://127.0.0.1:9", "token": "x", "pid": os.getpid()}
    (folder / ".sandbox" / "state.json").write_text(json.dumps(stale))

    assert run("sandbox", "down").stdout == "no sandbox ran\n"


@pytest.mark.parametrize("damaged", ["", "[]", "{}", '{"url": "http://example.com", "token": "x", "pid": 1}'])
def test_a_damaged_memory_is_told(folder: Path, damaged: str) -> None:
    """What the file cannot mean ends the command plainly, and leads nowhere but to this machine."""
    (folder / ".sandbox").mkdir()
    (folder / ".sandbox" / "state.json").write_text(damaged)
    status = run("sandbox", "status")

    assert status.exit_code == 3
    assert "state.json is damaged; remove it" in status.stderr


@pytest.mark.parametrize("words", [("status",), ("env",)])
def test_without_a_sandbox_there_is_nothing_to_show(folder: Path, words: tuple[str, ...]) -> None:
    """Where none runs the command could not be completed, and says what to do."""
    result = run("sandbox", *words)

    assert (result.exit_code, result.stdout) == (3, "")
    assert not (folder / ".sandbox").exists()


def test_a_contract_that_is_not_sound_starts_nothing(folder: Path) -> None:
    """The contract is looked at first."""
    (folder / "contract.yaml").write_text("project: demo\nenvironments: {dev: {}}\nbukets: {}\n")
    result = run("sandbox", "up")

    assert result.exit_code == 2
    assert "bukets" in result.stderr
    assert not (folder / ".sandbox").exists()


def test_a_contract_from_stdin_cannot_be_deployed(folder: Path) -> None:
    """The program that deploys reads the file itself."""
    result = run("sandbox", "up", "--contract", "-", stdin="project: demo\n")

    assert result.exit_code == 2
    assert "name its file" in result.stderr
    assert "stdin" not in run("sandbox", "up", "--help").stdout


def test_a_deployment_that_fails_leaves_a_sandbox_that_says_so(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Other commands go on working with what is there."""
    (folder / "contract.yaml").write_text(
        "project: demo\nenvironments: {dev: {account: 111122223333}}\n"
        "buckets: {files: {name: taken-by-another-name, prefixes: {a: {path: a/}}}}\n"
    )
    monkeypatch.setattr(deploying, "materialise", _refuse)
    up = run("sandbox", "up", "--no-engine")
    status, env = run("sandbox", "status"), run("sandbox", "env")

    assert (up.exit_code, up.stderr) == (3, "error: nothing goes today\n")
    assert status.stdout.splitlines()[0] == "dev of contract.yaml, not deployed to its end"
    assert "export AWS_ACCESS_KEY_ID=111122223333" in env.stdout.splitlines()
    assert json.loads((folder / ".sandbox" / "state.json").read_text())["unfinished"] is False


def _refuse(*_: object) -> None:
    raise RefusedInputError("nothing goes today")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        pytest.param(
            ["nope"], 2, "Invalid value for 'STACK': no environment 'nope'; there are: d, e", id="none"
        ),
        pytest.param([], 3, "environment d; others with 'bucketwright sandbox up NAME': e\n", id="the first"),
    ],
)
def test_an_environment_is_named_as_an_argument(
    folder: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], code: int, said: str
) -> None:
    """What is wrong with it, and which others there are, is said of the argument that there is."""
    (folder / "contract.yaml").write_text(
        "project: demo\nenvironments: {d: {}, e: {}}\nbuckets: {files: {}}\n"
    )
    monkeypatch.setenv("PULUMI_BIN", "/bin/true")
    result = run("sandbox", "up", *words)

    assert result.exit_code == code
    assert said in result.stderr
    assert "--env" not in result.stderr


def test_what_is_no_engine_begins_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is said what to do, in one line, before a sandbox is started."""
    monkeypatch.setenv("PULUMI_BIN", "/bin/true")
    result = run("sandbox", "up", "dev", "--contract", CONTRACT)

    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr == (
        "error: /bin/true is no Pulumi command line that can be used: asked for its version it told none; "
        "unset PULUMI_BIN or say --no-engine\n"
    )
    assert not (folder / ".sandbox").exists()


@pytest.mark.parametrize(
    "words", [UP, ("sandbox", "down"), ("sandbox", "drift", "website-on")], ids=lambda w: w[1]
)
def test_one_command_at_a_time_changes_it(folder: Path, words: tuple[str, ...]) -> None:
    """The second is told plainly and changes nothing, be there a sandbox or not."""
    if words[1] == "drift":
        run(*UP)
    with claimed(folder / ".sandbox"):
        result = run(*words)

    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr.startswith("error: another command is changing the sandbox in ")
    assert (folder / ".sandbox" / "state.json").exists() == (words[1] == "drift")


def test_what_was_broken_off_is_begun_anew(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C ends the command with its code and in silence; what it left half made stands in nobody's way."""

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(deploying, "materialise", interrupted)
        broken = run(*UP)
    status = run("sandbox", "status")
    half = folder / ".sandbox" / "engine" / "half"
    half.mkdir(parents=True)
    again = run(*UP)

    assert (broken.exit_code, broken.output) == (130, "")
    assert "not deployed to its end" in status.stdout
    assert (again.exit_code, half.exists()) == (0, False)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        pytest.param({}, "127.0.0.1", id="nothing said"),
        pytest.param({"NO_PROXY": "a.example, b.example"}, "a.example,b.example,127.0.0.1", id="hosts"),
        pytest.param({"no_proxy": "a.example"}, "a.example,127.0.0.1", id="the other spelling"),
        pytest.param({"NO_PROXY": "127.0.0.1"}, "127.0.0.1", id="said already"),
        pytest.param({"NO_PROXY": "*"}, "*", id="no proxy at all"),
    ],
)
def test_what_goes_past_a_proxy_still_does(
    folder: Path, monkeypatch: pytest.MonkeyPatch, said: dict[str, str], kept: str
) -> None:
    """The sandbox joins the hosts that a shell reaches without one."""
    (folder / ".sandbox").mkdir()
    monkeypatch.setattr(Server, "healthy", lambda _: True)
    nobody = Running("http://127.0.0.1:9", "x", 2**30, account="1" * 12, region="us-east-1")
    remember(folder / ".sandbox", nobody)
    lines = run("sandbox", "env", environment={"NO_PROXY": "", "no_proxy": "", **said}).stdout.splitlines()

    assert [line for line in lines if "NO_PROXY" in line] == [f"export NO_PROXY={quote(kept)}"]
    assert "unset no_proxy" in lines
