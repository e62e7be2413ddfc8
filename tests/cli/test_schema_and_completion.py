"""What the program prints for other programs: the schema, and scripts for shells."""

import json

import pytest

from bucketwright.contract.schema import schema
from tests.cli.running import run, spawned


def test_the_schema_is_the_contracts() -> None:
    """What is printed is the schema, as JSON."""
    result = run("schema")

    assert (result.exit_code, result.stderr) == (0, "")
    assert json.loads(result.stdout) == schema()


@pytest.mark.parametrize(
    ("shell", "sign"),
    [("bash", "complete -o nosort"), ("zsh", "#compdef bucketwright"), ("fish", "complete ")],
)
def test_completion_prints_the_shells_script(shell: str, sign: str) -> None:
    """The script is click's own, for this program."""
    result = run("completion", shell)

    assert result.exit_code == 0
    assert sign in result.stdout
    assert "_BUCKETWRIGHT_COMPLETE=" in result.stdout


def test_another_shell_is_wrong_use() -> None:
    """The known shells are named."""
    result = run("completion", "tcsh")

    assert result.exit_code == 2
    assert "'bash', 'zsh', 'fish'" in result.stderr


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        pytest.param("bucketwright ch", ["plain,check"], id="a command"),
        pytest.param("bucketwright judge f", ["plain,fate"], id="a kind"),
        pytest.param("bucketwright judge --co", ["plain,--color"], id="an option"),
        pytest.param("bucketwright --color a", ["plain,auto", "plain,always"], id="a value"),
        pytest.param("bucketwright zz", [], id="nothing fits"),
    ],
)
def test_completion_completes(typed: str, offered: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """What the script asks when TAB is pressed is answered."""
    monkeypatch.setenv("_BUCKETWRIGHT_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", typed)
    monkeypatch.setenv("COMP_CWORD", str(len(typed.split()) - 1))

    done = spawned()

    assert (done.stdout.decode().split(), done.stderr) == (offered, b"")
