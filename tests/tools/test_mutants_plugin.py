"""Does a test file that no longer loads count as a failed test, not as a run that was misused?"""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("text", "plugin", "exit_code"),
    [
        pytest.param("def test(): pass\n", True, 0, id="it loads and passes"),
        pytest.param("def test(): assert False\n", True, 1, id="it loads and fails"),
        pytest.param("raise ValueError\n", True, 1, id="it does not load"),
        pytest.param("raise ValueError\n", False, 4, id="it does not load, and the plugin is not there"),
    ],
)
def test_every_run_ends_in_a_verdict(tmp_path: Path, text: str, plugin: bool, exit_code: int) -> None:
    """Asked for one test by its id, as mutmut asks, pytest ends with 0 or 1 under the plugin."""
    (tmp_path / "test_it.py").write_text(text)
    words = ["-p", "tools.mutants_plugin", "--hypothesis-profile=mutants"] if plugin else []

    run = subprocess.run(  # noqa: S603 - our own program
        [
            sys.executable,
            "-m",
            "pytest",
            f"--rootdir={tmp_path}",
            "-q",
            *words,
            f"{tmp_path}/test_it.py::test",
        ],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )

    assert run.returncode == exit_code
