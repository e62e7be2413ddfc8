"""Where commands take their contract from: a file named or found, or stdin, and nothing that hangs."""

import io
import os
import sys
from pathlib import Path

import pytest

from bucketwright.contract.loading import LARGEST_FILE
from cli.main import program
from tests.cli.running import run
from tests.cli.test_check import LEAKY, SOUND, SUMMARY, UNSOUND


@pytest.mark.parametrize(
    "by_environment", [pytest.param(True, id="by variable"), pytest.param(False, id="by option")]
)
def test_the_contract_may_be_named(by_environment: bool, tmp_path: Path) -> None:
    """--contract names the file; so does BUCKETWRIGHT_CONTRACT."""
    place = tmp_path / "elsewhere.yaml"
    place.write_text(SOUND, "utf-8")

    if by_environment:
        result = run("check", environment={"BUCKETWRIGHT_CONTRACT": str(place)})
    else:
        result = run("check", "--contract", str(place))

    assert (result.exit_code, result.stdout.splitlines()) == (0, SUMMARY)


def test_a_contract_may_come_from_stdin() -> None:
    """`-` is stdin: its problems, its findings with their excerpts, and its summary are those of a file."""
    sound = run("check", "--contract", "-", stdin=SOUND)
    leaky = run("check", "--contract", "-", stdin=LEAKY)
    unsound = run("check", environment={"BUCKETWRIGHT_CONTRACT": "-"}, stdin=UNSOUND)

    assert (sound.exit_code, sound.stdout.splitlines()) == (0, SUMMARY)
    assert (leaky.exit_code, leaky.stderr) == (1, "1 finding (1 high) in <stdin>\n")
    assert "<stdin>:9:3: access.reader: " in leaky.stdout
    assert "9 |   reader:" in leaky.stdout
    assert (unsound.exit_code, unsound.stderr) == (2, "2 problems in <stdin>\n")


def test_a_closed_stdin_is_wrong_use(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program started without stdin cannot read a contract from it."""
    said = io.StringIO()
    monkeypatch.setattr(sys, "stdin", None)
    monkeypatch.setattr(sys, "stderr", said)

    code = program.main(["check", "--contract", "-"], standalone_mode=False)

    assert (code, said.getvalue().splitlines()[0]) == (2, "error: stdin is closed")


@pytest.mark.parametrize(
    ("stdin", "said"),
    [
        pytest.param(b"#" * (LARGEST_FILE + 1), "a contract has at most 8 MiB", id="endless"),
        pytest.param(b"project: \xff", "the byte 0xFF is not UTF-8", id="not text"),
        pytest.param(b"", "the file is empty", id="empty"),
    ],
)
def test_what_is_no_contract_on_stdin_is_told(stdin: bytes, said: str) -> None:
    """Stdin is read up to the bound of a file, and judged as one."""
    result = run("check", "--contract", "-", stdin=stdin)

    assert (result.exit_code, result.stderr) == (2, "1 problem in <stdin>\n")
    assert said in result.stdout


@pytest.mark.parametrize("words", [["check"], ["explain", "files"], ["access"], ["cost"]], ids=lambda w: w[0])
def test_a_pipe_is_not_waited_for(words: list[str], tmp_path: Path) -> None:
    """A pipe that nobody writes to is an error at once, for every command."""
    os.mkfifo(tmp_path / "contract.yaml")

    result = run(*words, "--contract", str(tmp_path / "contract.yaml"))

    assert result.exit_code == 2
    assert "this is a pipe or a device, not a file" in result.output


@pytest.mark.parametrize("name", ["missing.yaml", "."], ids=["missing", "a folder"])
def test_a_contract_that_cannot_be_read_is_wrong_use(name: str, tmp_path: Path) -> None:
    """The file is named in one plain problem."""
    result = run("check", "--contract", str(tmp_path / name))

    assert result.exit_code == 2
    assert result.stdout.startswith(str(tmp_path / name))
    assert result.stderr == f"1 problem in {tmp_path / name}\n"


def test_no_contract_is_wrong_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message says where one was looked for."""
    monkeypatch.chdir(tmp_path)

    result = run("check")

    assert (result.exit_code, result.stdout, list(tmp_path.iterdir())) == (2, "", [])
    assert "stacks/contract.yaml" in result.stderr
