"""What does the published package carry, and does its command find the command line or say where it is?"""

import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

import bucketwright

ROOT = Path(__file__).parents[1]
NEIGHBOURS = {
    "nothing": {},
    "a file cli.py": {"cli.py": "print('not ours')"},
    "a package cli without main": {"cli/__init__.py": "print('not ours')"},
    "an application's own cli.main": {"cli/__init__.py": "", "cli/main.py": "def main(): print('not ours')"},
}


def python(*words: str, folder: Path, path: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run Python in a folder; with a path, on what lies there alone and on nothing installed."""
    flags, env = ([], None) if path is None else (["-S"], {"PYTHONPATH": str(path)})
    return subprocess.run(  # noqa: S603 - our own program
        [sys.executable, *flags, *words], cwd=folder, env=env, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package as it is published."""
    folder = tmp_path_factory.mktemp("wheel")
    built = python("-m", "hatchling", "build", "-t", "wheel", "-d", str(folder), folder=ROOT)
    assert built.returncode == 0, built.stderr
    (file,) = folder.iterdir()
    return file


@pytest.fixture
def installed(tmp_path: Path, wheel: Path) -> Path:
    """A place that holds what was published and nothing else."""
    place = tmp_path / "site"
    ZipFile(wheel).extractall(place)
    return place


def test_the_package_carries_the_library_alone(wheel: Path) -> None:
    """No name but `bucketwright` is put into anybody's environment."""
    names = ZipFile(wheel).namelist()

    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"bucketwright"}
    assert "bucketwright/py.typed" in names
    assert f"bucketwright-{bucketwright.__version__}.dist-info/licenses/LICENSE" in names


@pytest.mark.parametrize("neighbours", NEIGHBOURS.values(), ids=NEIGHBOURS)
def test_without_the_project_it_says_where_to_get_the_command_line(
    tmp_path: Path, installed: Path, neighbours: dict[str, str]
) -> None:
    """Where only the package is installed, one sentence and exit code 2 answer, whatever `cli` is near."""
    for name, text in neighbours.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"{text}\n")

    run = python("-m", "bucketwright", folder=tmp_path, path=installed)

    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr.startswith("bucketwright: the command line is not part of the installed package")
    assert run.stderr.count("\n") == 1


@pytest.mark.parametrize("reached", ["site", "link"])
def test_in_the_project_it_runs_the_command_line(tmp_path: Path, installed: Path, reached: str) -> None:
    """The project's own `cli` gets the words given, through a symbolic link too, and its exit code counts."""
    (tmp_path / "link").symlink_to(installed)
    (installed / "cli").mkdir()
    (installed / "cli" / "__init__.py").write_text("")
    (installed / "cli" / "main.py").write_text("import sys\ndef main(): print(sys.argv[1:]); sys.exit(3)\n")

    run = python("-m", "bucketwright", "check", "--env", "dev", folder=tmp_path, path=tmp_path / reached)

    assert (run.returncode, run.stdout, run.stderr) == (3, "['check', '--env', 'dev']\n", "")


def test_this_checkout_runs_its_own_command_line() -> None:
    """`python -m bucketwright` in a clone answers with the version."""
    run = python("-m", "bucketwright", "--version", folder=ROOT)

    assert (run.returncode, run.stderr) == (0, "")
    assert bucketwright.__version__ in run.stdout
