"""The help, word for word, and what it costs to show it."""

import json
from pathlib import Path

import pytest

from cli.commands import COMMANDS
from tests.cli.running import ROOT, run, spawned

HELP = Path(__file__).with_name("help")
EXAMPLE = str(ROOT / "stacks" / "contract.yaml")
WATCHED = """
import json, sys
asked = set()
class Watch:
    def find_spec(self, name, path=None, target=None):
        asked.add(name.partition(".")[0])
sys.meta_path.insert(0, Watch())
from cli.main import program
try:
    program.main(sys.argv[1:])
except SystemExit:
    pass
print(json.dumps(sorted(asked)), file=sys.stderr)
"""
HEAVY = {
    *("pulumi", "pulumi_aws", "boto3", "botocore", "duckdb", "aiobotocore", "pyarrow", "dask"),
    *("django", "storages", "fsspec", "PIL"),
}


def imported(*words: str) -> set[str]:
    """The top-level modules a run of its own process asks for."""
    return set(json.loads(spawned(*words, code=WATCHED).stderr.splitlines()[-1]))


@pytest.mark.parametrize(
    "words", [[], *([name] for name in COMMANDS)], ids=lambda words: " ".join(words) or "all"
)
def test_help_reads_as_kept(words: list[str]) -> None:
    """A change of the help is seen in review: its output at 80 columns is what the file holds."""
    kept = HELP / f"{'-'.join(['bucketwright', *words])}.txt"

    shown = run(*words, "--help")

    assert shown.exit_code == 0
    assert shown.output == kept.read_text("utf-8"), f"COLUMNS=80 bucketwright … --help > {kept.name}"


def test_help_fits_a_narrow_terminal() -> None:
    """No line is wider than eighty columns."""
    lines = [
        line
        for words in ([], *([name] for name in COMMANDS))
        for line in run(*words, "-h").output.splitlines()
    ]

    assert [line for line in lines if len(line) > 80] == []


def test_help_lists_the_commands_of_the_table() -> None:
    """Each command stands in the help with the first line of its own help."""
    together = run("--help").output

    for name, (_, summary) in COMMANDS.items():
        assert f"  {name} " in together
        assert run(name, "--help").output.split("\n")[2] == f"  {summary}"


def test_the_groups_help_loads_no_command() -> None:
    """Help is instant: neither pydantic nor a YAML parser is loaded for it."""
    assert imported("--help") & ({"pydantic", "yaml"} | HEAVY) == set()


@pytest.mark.parametrize(
    "words",
    [
        ["--version"],
        ["schema"],
        ["check", "--contract", EXAMPLE],
        ["explain", "--contract", EXAMPLE, "files"],
        *(["judge", kind] for kind in ("overlap", "isolation", "public", "fate", "lifecycle")),
        ["completion", "zsh"],
        *([name, "--help"] for name in COMMANDS),
    ],
    ids=lambda words: " ".join(words[:2]),
)
def test_no_command_of_the_pure_part_loads_an_aws_client(words: list[str]) -> None:
    """What needs no credentials loads nothing that could use them."""
    assert imported(*words) & HEAVY == set()


def test_the_watch_sees_imports() -> None:
    """The two tests above would notice."""
    assert "pydantic" in imported("schema")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param(["chek"], "No such command 'chek'. (Did you mean one of: 'check', ", id="command"),
        pytest.param(["jugde"], "No such command 'jugde'. Did you mean 'judge'?", id="one command"),
        pytest.param(["zzz"], "No such command 'zzz'.", id="nothing near"),
        pytest.param(["check", "--contrat", "x"], "'--contract', ", id="option"),
        pytest.param(["--colour", "x"], "Did you mean '--color'?", id="option of the group"),
        pytest.param(["judge"], "Missing argument 'KIND'. Choose from: overlap,", id="missing argument"),
        pytest.param(["judge", "fat"], "'fat' is not one of 'overlap', ", id="unknown kind"),
        pytest.param(["\x1b[31m\n"], "No such command '\\x1b[31m\\n'.", id="hostile command"),
        pytest.param(["--\u202e"], "No such option '--\\u202e'.", id="hostile option"),
    ],
)
def test_wrong_use_names_the_nearest(words: list[str], said: str) -> None:
    """A misspelt word is answered with what it may have meant, on stderr, with exit code 2."""
    result = run(*words)

    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert "for help: bucketwright" in result.stderr


def test_no_words_at_all_show_the_help_as_wrong_use() -> None:
    """Calling the program bare shows what it can do."""
    result = run()

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == run("--help").stdout


def test_version() -> None:
    """The version is one line."""
    result = run("--version")

    assert result.exit_code == 0
    assert result.output.startswith("bucketwright, version ")


@pytest.mark.parametrize(
    "words",
    [["--color", "always", "judge", "fat"], ["judge", "--color", "always", "fat"]],
    ids=["before the command", "after it"],
)
def test_common_options_stand_before_or_after_the_command(words: list[str]) -> None:
    """Nobody has to remember where --color goes."""
    assert run(*words).stderr.startswith("\x1b[31merror:\x1b[0m ")
