"""Do the lock files pin all that the project needs, with hashes and without naming a host?"""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-image.lock")
ENTRY = re.compile(
    r"(?P<name>[a-z0-9-]+)==(?P<version>[^\s;]+)(?: ; [^\n\\]+)?(?: \\\n    --hash=sha256:[0-9a-f]{64})+\n"
)
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def pins(lock: str) -> dict[str, str]:
    """Name and version of every entry of a lock file."""
    return {entry["name"]: entry["version"] for entry in ENTRY.finditer((ROOT / lock).read_text())}


def names(requirements: list[str]) -> set[str]:
    """The names required, spelled as an index spells them."""
    return {
        re.split(r"[^\w.-]", line)[0].lower().replace("_", "-").replace(".", "-") for line in requirements
    }


def tools(group: str) -> set[str]:
    """The names a group of development requires, with those of the groups it includes."""
    entries = PROJECT["dependency-groups"][group]
    included = (tools(entry["include-group"]) for entry in entries if isinstance(entry, dict))
    return names([entry for entry in entries if isinstance(entry, str)]).union(*included)


@pytest.mark.parametrize("lock", LOCKS)
def test_every_entry_is_an_exact_version_with_its_hashes(lock: str) -> None:
    """Nothing but pinned, hashed entries stands in a lock file: no option, no address, no comment."""
    assert ENTRY.sub("", (ROOT / lock).read_text()) == ""


@pytest.mark.parametrize("lock", LOCKS)
@pytest.mark.parametrize("mark", ["http:", "https:", "://", "@", "index", "find-links", "file:", "/"])
def test_no_host_and_no_place_is_named(lock: str, mark: str) -> None:
    """Where packages come from is each machine's own affair."""
    assert mark not in (ROOT / lock).read_text()


def test_what_the_project_needs_is_locked() -> None:
    """Every dependency is in both files, extras and tools in the second, under one and the same version."""
    needed = names(PROJECT["project"]["dependencies"])
    extras = names([one for extra in PROJECT["project"]["optional-dependencies"].values() for one in extra])
    running, developing, *_ = (pins(lock) for lock in LOCKS)

    assert needed <= running.keys()
    assert needed | extras | tools("dev") <= developing.keys()
    assert running.items() <= developing.items()


def test_the_build_backend_is_locked() -> None:
    """The project can be installed without build isolation."""
    assert names(PROJECT["build-system"]["requires"]) <= pins("requirements-dev.lock").keys()
