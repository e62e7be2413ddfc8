"""Code that names buckets is found, wherever it lies, and what cannot be read is no pass."""

import json
import os
from errno import EACCES
from pathlib import Path

import pytest

from tests.cli.running import run
from tests.cli.shop import CONTRACT


@pytest.fixture
def code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with a contract and some code."""
    (tmp_path / "contract.yaml").write_text(CONTRACT.replace("files:\n", "files: # shop-dev-files\n"))
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "clean.py").write_text("storage.prefix('files/documents')\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "app"


@pytest.mark.requirement("TC-7")
def test_a_name_in_code_is_a_finding(code: Path) -> None:
    """With its place, and what to do instead."""
    (code / "bad.py").write_text("import x\nB = 'shop-prod-files'\n")
    result = run("lint")

    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "app/bad.py:2:6: shop-prod-files names the bucket files of prod",
        "2 files, 1 name of buckets",
    ]
    assert "ask the contract for it" in result.stderr


def test_code_that_asks_the_contract_is_clean(code: Path) -> None:
    """And the contract itself is no code."""
    result = run("lint")

    assert (result.exit_code, result.stdout) == (0, "1 file, 0 names of buckets\n")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("notes.md", b"shop-dev-files", id="prose"),
        pytest.param(".env", b"B=shop-dev-files", id="a hidden file"),
        pytest.param("image.bin", b"\0shop-dev-files", id="what is no text"),
        pytest.param("model.bin", b"\0" + bytes(6 * 2**20), id="what is large and no text"),
        pytest.param("node_modules/x.js", b"'shop-dev-files'", id="what others wrote"),
        pytest.param(".venv/x.py", b"'shop-dev-files'", id="a hidden folder"),
        pytest.param("env/x.py", b"'shop-dev-files'", id="a virtual environment"),
        pytest.param("tests/x.py", b"'shop-dev-files'", id="what is excluded"),
    ],
)
def test_what_is_no_code_of_ours_is_left_out(code: Path, name: str, content: bytes) -> None:
    """Unless it is named itself."""
    file = code / name
    file.parent.mkdir(exist_ok=True)
    (code / "env").mkdir(exist_ok=True)
    (code / "env" / "pyvenv.cfg").touch()
    file.write_bytes(content)
    looked = run("lint", "--exclude", "app/tests/*")
    named = run("lint", str(file))

    assert looked.exit_code == 0, looked.stdout
    assert named.exit_code == (0 if content.startswith(b"\0") else 1)


def test_what_cannot_be_read_is_no_pass(code: Path) -> None:
    """It is told with its reason, and ends with 3."""
    (code / "large.py").write_bytes(b"#" * (5 * 2**20 + 1))
    os.mkfifo(code / "pipe.py")
    result = run("lint")

    assert result.exit_code == 3
    assert "app/large.py is not looked at: larger than 5,242,880 bytes" in result.stderr
    assert "app/pipe.py is not looked at: no file" in result.stderr


@pytest.mark.parametrize("shut", ["app/shut", "."], ids=["below", "the one that is named"])
def test_a_folder_that_nobody_may_read_is_no_pass(
    code: Path, monkeypatch: pytest.MonkeyPatch, shut: str
) -> None:
    """It is told with its reason, the rest is looked at, and the run ends with 3."""
    (code / "shut").mkdir()
    scandir, stat = os.scandir, Path.stat

    def blind(path: str) -> object:
        if os.path.relpath(path) == shut:
            raise PermissionError(EACCES, "Permission denied", str(path))
        return scandir(path)

    def nothing_in_it(path: Path, **how: bool) -> os.stat_result:
        if path.parent == Path(shut) and path.name == "pyvenv.cfg":
            raise PermissionError(EACCES, "Permission denied", str(path))
        return stat(path, **how)

    monkeypatch.setattr(os, "scandir", blind)
    monkeypatch.setattr(Path, "stat", nothing_in_it)
    result = run("lint")
    listed = json.loads(run("lint", "--format", "json").stdout)

    assert result.exit_code == 3
    assert f"{shut} is not looked at: Permission denied" in result.stderr
    assert (listed["files"], len(listed["unread"])) == (0 if shut == "." else 1, 1)


def test_scripts_read_the_same_as_json(code: Path) -> None:
    """Every finding with its place."""
    (code / "bad.py").write_text('B = f"shop-{env}-files"\n')
    result = run("lint", "--format", "json")

    assert json.loads(result.stdout)["mentions"] == [
        {
            "file": "app/bad.py",
            "line": 1,
            "column": 7,
            "text": "shop-{env}-files",
            "bucket": "files",
            "environment": None,
        }
    ]
