"""The settings of a kind of resource: found by their files, and loaded one by one."""

import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from bucketwright.facets import bucket
from bucketwright.facets.walking import settings_in

FOLDER: Final = Path(bucket.__file__).parent


def test_the_settings_are_the_files() -> None:
    """All of them, in the order of the alphabet; looking at one gives its module."""
    found = settings_in(bucket.__name__, bucket.__path__)

    assert list(found) == sorted(one.stem for one in FOLDER.glob("*.py") if one.stem != "__init__")
    assert all(name in found and module.__name__.endswith(f".{name}") for name, module in found.items())
    assert len(found) == len(list(found))


def test_what_is_no_setting_is_not_there() -> None:
    """Neither by a name that no file has nor by what is no name."""
    found = settings_in(bucket.__name__, bucket.__path__)

    assert "nothing" not in found
    assert object() not in found
    with pytest.raises(KeyError, match="nothing"):
        found["nothing"]


def test_one_setting_brings_no_other() -> None:
    """Nor does it to know which there are."""
    program = """
import sys
from bucketwright.facets.bucket import FACETS
FACETS["abac"], list(FACETS), len(FACETS)
print(*sorted(one for one in sys.modules if one.startswith("bucketwright.facets.bucket.")))
"""
    done = subprocess.run(  # noqa: S603 - this very Python
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=FOLDER.parents[2], check=True
    )

    assert done.stdout == "bucketwright.facets.bucket.abac\n"
