"""Does the set-up say plainly what a machine lacks?"""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "tools" / "setup.sh"
TOO_OLD = '#!/bin/sh\n[ "$1" = -V ] && echo Python 3.9.2\nexit 1\n'
WITHOUT_VENV = "#!/bin/sh\ncase $2 in *ensurepip*) exit 1;; esac\n"


def set_up(clone: Path, python: str) -> subprocess.CompletedProcess[str]:
    """Run the set-up in a copy of the repository's frame, with a Python of our making."""
    (clone / "tools").mkdir()
    shutil.copy(SCRIPT, clone / "tools")
    (clone / "python3").write_text(python)
    (clone / "python3").chmod(0o755)
    env = {"PATH": f"{clone}{os.pathsep}{os.environ['PATH']}", "PYTHON": "python3"}
    return subprocess.run(
        ["/bin/bash", "tools/setup.sh", "requirements.lock"],
        cwd=clone,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("python", "said"),
    [
        pytest.param(TOO_OLD, "Python 3.11 or newer is needed; found Python 3.9.2", id="too old"),
        pytest.param(WITHOUT_VENV, "apt-get install python3-venv", id="without venv"),
    ],
)
def test_an_unfit_python_is_named_with_what_to_do(tmp_path: Path, python: str, said: str) -> None:
    """A Python that will not do ends in one clear message, exit code 2, and nothing half made."""
    run = set_up(tmp_path, python)

    assert (run.returncode, run.stdout) == (2, "")
    assert said in run.stderr
    assert not (tmp_path / ".venv").exists()
