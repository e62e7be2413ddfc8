"""Where are the browser and the checker that these tests need? Who has none is told what to install."""

from collections.abc import Mapping
from pathlib import Path
from shutil import which
from typing import Final

import pytest

NAMED: Final = "BUCKETWRIGHT_CHROMIUM"
_NAMES: Final = ("chromium", "chromium-browser", "google-chrome")


def chromium(environ: Mapping[str, str]) -> str:
    """The browser that is named, else the one on the PATH."""
    named = environ.get(NAMED)
    if named:
        if not Path(named).is_file():
            pytest.fail(f"{NAMED} names {named}, and there is no such file")
        return named
    found = next(filter(None, (which(name, path=environ.get("PATH", "")) for name in _NAMES)), None)
    if found is None:
        pytest.fail(f"there is no Chromium: install the package chromium, or name the program in {NAMED}")
    return found


def axe(folder: Path) -> Path:
    """The checker of accessibility, as `make browser` fetched it."""
    found = sorted(folder.glob("axe-*.min.js"))
    if not found:
        pytest.fail("there is no axe-core: install Node.js with npm, then say make browser")
    return found[-1]
