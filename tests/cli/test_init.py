"""`bucketwright init`: from nothing to a sound contract, without a question and without loss."""

import os
from pathlib import Path

import pytest

from bucketwright.contract.loading import load
from tests.cli.running import run


def test_the_starter_checks_clean(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What init writes, check finds and finds sound."""
    monkeypatch.chdir(tmp_path)

    written = run("init", "--project", "shop")
    checked = run("check")

    assert (written.exit_code, written.stdout) == (0, "wrote stacks/contract.yaml\n")
    assert written.stderr == "next: bucketwright check --contract stacks/contract.yaml\n"
    assert (checked.exit_code, checked.stderr) == (0, "")
    assert checked.stdout.splitlines() == [
        "dev: 2 buckets, 3 prefixes, 1 role, 4 grants",
        "prod: 2 buckets, 3 prefixes, 1 role, 4 grants",
    ]


def test_the_starter_names_the_schema_and_explains_itself(tmp_path: Path) -> None:
    """An editor finds the schema in the first line, and the file is commented."""
    run("init", str(tmp_path))

    lines = (tmp_path / "stacks" / "contract.yaml").read_text("utf-8").splitlines()

    assert lines[0].startswith("# yaml-language-server: $schema=")
    assert sum("#" in line for line in lines) >= 8
    assert len(lines) < 60


@pytest.mark.parametrize(
    ("folder", "project"),
    [
        pytest.param("shop", "shop", id="as it is"),
        pytest.param("My Shop_2", "my-shop-2", id="spelled otherwise"),
        pytest.param("2024-shop", "shop", id="beginning with a digit"),
        pytest.param("магазин", "my-project", id="no letter that may stand in it"),
        pytest.param("no", "no", id="a word YAML may misread"),
        pytest.param("x" * 80, "x" * 30, id="long"),
    ],
)
def test_the_folder_names_the_project(folder: str, project: str, tmp_path: Path) -> None:
    """Without --project, the nearest name that may be one."""
    result = run("init", str(tmp_path / "parent" / folder))

    assert result.exit_code == 0
    assert load(tmp_path / "parent" / folder / "stacks" / "contract.yaml").project == project


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("No Way", id="space"),
        pytest.param('x"\nregion: "y', id="text that would break out"),
        pytest.param("x" * 60, id="too long for bucket names"),
        pytest.param("\x1b[31m", id="terminal sequence"),
        pytest.param("", id="nothing"),
        pytest.param("\udcff", id="bytes that are no text"),
    ],
)
def test_a_name_no_contract_takes_is_wrong_use(name: str, tmp_path: Path) -> None:
    """The message is the contract's own, and nothing is written."""
    result = run("init", str(tmp_path / "new"), "--project", name)

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("error: Invalid value for '--project': ")
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("name", ["stacks/contract.yaml", "contract.yaml"])
def test_nothing_is_overwritten_unless_told(name: str, tmp_path: Path) -> None:
    """A contract that is there stays, until --force, and no second one is put before it."""
    place = tmp_path / name
    place.parent.mkdir(exist_ok=True)
    place.write_text("precious", "utf-8")

    refused = run("init", str(tmp_path), "--project", "shop")
    kept = place.read_text("utf-8")
    forced = run("init", str(tmp_path), "--project", "shop", "--force")

    assert (refused.exit_code, kept) == (2, "precious")
    assert f"{place} is already there; --force overwrites it" in refused.stderr
    assert forced.exit_code == 0
    assert load(place).project == "shop"
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [place]


@pytest.mark.parametrize("words", [[], ["--force"]], ids=["without force", "with force"])
@pytest.mark.parametrize("name", ["stacks/contract.yaml", "contract.yaml"])
def test_what_is_no_file_is_not_written_to(name: str, words: list[str], tmp_path: Path) -> None:
    """A pipe that nobody reads is not waited for."""
    (tmp_path / "stacks").mkdir()
    os.mkfifo(tmp_path / name)

    result = run("init", str(tmp_path), "--project", "shop", *words)

    assert (result.exit_code, result.stdout) == (2, "")
    assert f"{tmp_path / name} is no file that could be written" in result.stderr


def test_a_file_called_stacks_is_in_the_way(tmp_path: Path) -> None:
    """Where `stacks` is a file there is no place for the contract, and that is said in one line."""
    (tmp_path / "stacks").write_text("", "utf-8")

    result = run("init", str(tmp_path), "--project", "shop")

    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr == f"error: could not be completed: {tmp_path / 'stacks'}: File exists\n"


def test_a_file_where_the_folder_should_be_is_wrong_use(tmp_path: Path) -> None:
    """DIR is a folder or not there yet."""
    (tmp_path / "file").touch()

    assert run("init", str(tmp_path / "file")).exit_code == 2


def test_quiet_says_nothing(tmp_path: Path) -> None:
    """-q drops the hint, -qq the result's line too."""
    quiet = run("init", str(tmp_path / "a"), "-q")
    quieter = run("init", str(tmp_path / "b"), "-qq")

    assert (quiet.stdout, quiet.stderr) == (f"wrote {tmp_path / 'a' / 'stacks' / 'contract.yaml'}\n", "")
    assert quieter.output == ""
