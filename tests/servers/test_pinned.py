"""Is everything that tests and benches run against pinned by its sum?"""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = sorted((ROOT / "bench/peers").glob("*.lock"))
MODULES = [ROOT / "tests/servers", ROOT / "bench/peers"]
_REQUIRED = re.compile(r"^\t(\S+) (v\S+)", re.MULTILINE)
_PINNED = re.compile(r"[a-z0-9._-]+==[^\s;]+( ; [^\\]+)?")


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: str(lock.stem))
def test_python_packages(lock: Path) -> None:
    """Each at one version with its sums, and from no named host."""
    text = lock.read_text()
    entries = text.replace("\\\n", "").splitlines()

    assert entries
    assert "://" not in text
    for entry in entries:
        name, *sums = entry.split(" --hash=sha256:")
        assert _PINNED.fullmatch(name.strip()), name
        assert sums, name
        assert all(re.fullmatch("[0-9a-f]{64}", one.strip()) for one in sums), name


@pytest.mark.parametrize("wanted", LOCKS, ids=lambda lock: str(lock.stem))
def test_a_lock_holds_what_is_asked_for(wanted: Path) -> None:
    """At the very version."""
    locked = {line.split(" ")[0] for line in wanted.read_text().splitlines()}

    assert set(wanted.with_suffix(".in").read_text().split()) <= locked


@pytest.mark.parametrize("module", MODULES, ids=["of the tests", "of the benches"])
def test_go_modules(module: Path) -> None:
    """Each has the sum of its files, or is needed for its own list of modules alone."""
    required = _REQUIRED.findall((module / "go.mod").read_text())
    sums = {tuple(line.split(" ")[:2]) for line in (module / "go.sum").read_text().splitlines()}

    assert len(required) > 50
    assert [one for one in required if one not in sums and (one[0], f"{one[1]}/go.mod") not in sums] == []
