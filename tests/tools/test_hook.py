"""Does the hook offered to other repositories check each contract it is given?"""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOUND = (ROOT / "cli" / "starter.yaml").read_text()
UNSOUND = "project: 3\n"


@pytest.fixture
def hook(tmp_path: Path) -> Path:
    """The hook in a clone of this project, whose environment is the one the tests run in."""
    clone = tmp_path / "clone"
    (clone / "tools").mkdir(parents=True)
    for name in ("bucketwright", "cli", "tools/hook.sh"):
        (clone / name).symlink_to(ROOT / name)
    (clone / ".venv").symlink_to(sys.prefix)
    return clone / "tools" / "hook.sh"


@pytest.mark.parametrize(
    ("contracts", "exit_code"),
    [
        pytest.param([SOUND], 0, id="a sound one"),
        pytest.param([UNSOUND, SOUND], 2, id="the first is not sound"),
        pytest.param([SOUND, UNSOUND], 2, id="the last is not sound"),
        pytest.param([], 0, id="none at all"),
    ],
)
def test_every_contract_named_is_checked(
    tmp_path: Path, hook: Path, contracts: list[str], exit_code: int
) -> None:
    """One unsound contract fails the hook wherever it stands; a foreign `cli` is never run."""
    (tmp_path / "cli.py").write_text("raise SystemExit('not ours')\n")
    names = [f"contract-{number}.yaml" for number in range(len(contracts))]
    for name, text in zip(names, contracts, strict=True):
        (tmp_path / name).write_text(text)

    run = subprocess.run(  # noqa: S603 - our own script
        [hook, *names], cwd=tmp_path, capture_output=True, text=True, check=False
    )

    assert run.returncode == exit_code
    assert "not ours" not in run.stdout + run.stderr
    assert run.stdout.count("dev: ") == contracts.count(SOUND)
    assert ("project: 3" in run.stdout + run.stderr) == (UNSOUND in contracts)
