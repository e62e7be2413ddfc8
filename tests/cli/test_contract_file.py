"""Which contract a command works on when none is named."""

from pathlib import Path

import click
import pytest

from cli.contract_file import contract_file


def write(root: Path, *names: str) -> None:
    """Make these files, empty."""
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).touch()


@pytest.mark.parametrize(
    ("files", "current", "found"),
    [
        pytest.param(["contract.yaml"], ".", "contract.yaml", id="in the current folder"),
        pytest.param(["stacks/contract.yaml"], ".", "stacks/contract.yaml", id="among the stacks"),
        pytest.param(
            ["contract.yaml", "stacks/contract.yaml"], ".", "stacks/contract.yaml", id="the stacks come first"
        ),
        pytest.param(
            ["Pulumi.yaml", "contract.yaml", "a/b/x"],
            "a/b",
            "../../contract.yaml",
            id="in the project's folder",
        ),
        pytest.param(
            ["Pulumi.yaml", "stacks/contract.yaml", "a/x"],
            "a",
            "../stacks/contract.yaml",
            id="among the project's stacks",
        ),
        pytest.param(
            ["Pulumi.yaml", "contract.yaml", "a/contract.yaml", "a/b/x"],
            "a/b",
            "../contract.yaml",
            id="the nearest wins",
        ),
        pytest.param(
            ["Pulumi.yaml", "stacks/contract.yaml", "stacks/x"],
            "stacks",
            "contract.yaml",
            id="from within the stacks",
        ),
    ],
)
def test_found_from_the_current_folder_upwards(
    files: list[str], current: str, found: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The contract of the project one stands in is found, and named as seen from here."""
    write(tmp_path, *files)
    monkeypatch.chdir(tmp_path / current)

    assert contract_file(None) == Path(found)


@pytest.mark.parametrize(
    ("files", "current"),
    [
        pytest.param(["a/x"], "a", id="nothing anywhere"),
        pytest.param(["contract.yaml", "a/x"], "a", id="above, but not in a project"),
        pytest.param(["contract.yaml", "a/Pulumi.yaml"], "a", id="above the project"),
        pytest.param(
            ["contract.yaml", "a/Pulumi.yaml", "a/b/x"], "a/b", id="above the project, from within it"
        ),
        pytest.param(["contract.yaml/x"], ".", id="a folder of that name"),
        pytest.param(["contract.yml"], ".", id="another spelling"),
    ],
)
def test_finding_none_is_wrong_use(
    files: list[str], current: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A contract that belongs to somebody else is never picked up; the message says what to do."""
    write(tmp_path, *files)
    monkeypatch.chdir(tmp_path / current)

    with pytest.raises(click.UsageError, match=r"no contract found.*--contract FILE.*bucketwright init"):
        contract_file(None)


def test_a_named_file_is_taken_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is named is not searched for, and whether it exists is for the loader to say."""
    write(tmp_path, "contract.yaml")
    monkeypatch.chdir(tmp_path)

    assert contract_file(Path("elsewhere.yaml")) == Path("elsewhere.yaml")
