"""Is the container image made of what it needs, pinned, and for nobody but an ordinary user?"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from cli.on_lambda import handler
from components.audit_task import SCRATCH
from tests.components.audited import FUNCTION, plan_of
from tests.components.contracts import of_kind
from tests.tools.test_locks import PROJECT, names, pins

ROOT: Final = Path(__file__).parents[2]
FILE: Final = (ROOT / "Dockerfile").read_text()
LOCK: Final = "requirements-image.lock"
IGNORED: Final = (ROOT / ".dockerignore").read_text().splitlines()
HERE_ALONE: Final = """
import runpy, sys
here, root, *words = sys.argv[1:]
sys.path[:] = [here, *(one for one in sys.path if one not in ("", root))]
sys.argv = ["bucketwright", *words]
try:
    runpy.run_module("bucketwright", run_name="__main__")
finally:
    files = {name: getattr(one, "__file__", None) or "" for name, one in sys.modules.items()}
    ours = (name for name, file in files.items() if file.startswith(root + "/") and "/.venv/" not in file)
    print(sorted(ours), file=sys.stderr)
"""


def instructions(name: str) -> list[str]:
    """What stands behind each instruction of a name, lines that go on joined."""
    joined = re.sub(r"\\\n\s*", "", re.sub(r"(?m)^#.*\n", "", FILE))
    return re.findall(rf"(?m)^{name} (.*)$", joined)


def sources() -> list[str]:
    """The files and folders of this repository that are copied into it."""
    copied = (line.split() for line in instructions("COPY") if not line.startswith("--from"))
    return [source for *several, _ in copied for source in several]


def test_what_is_copied_is_there_and_let_through() -> None:
    """The build is sent these files and nothing else; what configures stacks stays out."""
    assert IGNORED[1] == "*"
    for source in sources():
        assert (ROOT / source).exists(), source
        assert f"!{source}" in IGNORED, source
    assert {line[1:] for line in IGNORED if line.startswith("!")} == set(sources())
    assert "stacks/Pulumi.*.yaml" in IGNORED


def test_it_names_its_origin_without_a_host() -> None:
    """A name and a tag that is none of the moving ones; a digest can be given."""
    [origin] = instructions("ARG")
    image = origin.partition("=")[2]

    assert re.fullmatch(r"python:3\.1[1-9]-slim-[a-z]+", image)
    assert set(instructions("FROM")) == {"${PYTHON} AS packages", "${PYTHON}"}


def test_packages_are_those_of_its_lock_file_alone() -> None:
    """By their hashes, and nothing is built."""
    installed = [line for line in instructions("RUN") if "pip " in line]

    assert len(installed) == 1
    assert f"--require-hashes --only-binary :all: --requirement {LOCK}" in installed[0]
    extras = PROJECT["project"]["optional-dependencies"]
    wanted = names(
        [*PROJECT["project"]["dependencies"], *extras["aws"], *extras["lambda"], *extras["report"]]
    )
    assert wanted <= pins(LOCK).keys()
    assert pins(LOCK).items() <= pins("requirements-dev.lock").items()


def test_it_runs_as_a_user_who_may_write_to_one_folder() -> None:
    """By number, so that a platform can tell that it is not root; the folder is the one the task mounts."""
    assert instructions("USER") == ["10001:10001"]
    assert instructions("VOLUME") == [f'["{SCRATCH}"]']
    assert f"--mode=0700 {SCRATCH}" in FILE
    assert f"TMPDIR={SCRATCH}" in FILE
    assert FILE.index("USER ") > FILE.rindex("RUN ")
    assert "sudo" not in FILE


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["scheduled-audit", "--help"], "AUDIT WORDS"),
        (["audit", "permissions", "prod"], '"Sid": "Settings"'),
        (["check"], "prod: 2 buckets"),
    ],
    ids=["scheduled audit", "permissions", "check"],
)
def test_what_it_holds_is_enough(tmp_path: Path, words: list[str], said: str) -> None:
    """The same files somewhere else run by themselves, and find their contract."""
    for source in sources():
        target = tmp_path / Path(source).name
        if (ROOT / source).is_dir():
            shutil.copytree(ROOT / source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / source, target)
    done = subprocess.run(  # noqa: S603 - our own interpreter and program
        [sys.executable, "-c", HERE_ALONE, str(tmp_path), str(ROOT), *words],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert said in done.stdout, done.stderr
    assert done.stderr.splitlines()[-1] == "[]"


def test_lambda_calls_what_is_there() -> None:
    """The handler that the function names, in a file that is copied."""
    [function] = of_kind(plan_of({"schedule": FUNCTION}), "lambda/function:Function").values()

    assert function.inputs["imageConfig"] == {
        "commands": (f"{handler.__module__}.{handler.__name__}",),
        "entryPoints": ("python", "-m", "awslambdaric"),
    }
    assert handler.__module__.partition(".")[0] in sources()
