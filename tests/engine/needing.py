"""What becomes of a test where the Pulumi engine is missing?"""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest

WISH: Final = "BUCKETWRIGHT_ENGINE"
_REASON: Final = "there is no Pulumi engine: tools/engine.sh builds one, PULUMI_BIN names one"


def needed(found: Path | None, environ: Mapping[str, str], reason: str = _REASON) -> Path:
    """The engine or another tool; without it the test is left out, or fails where engines are required."""
    if found is not None:
        return found
    if environ.get(WISH) == "required":
        pytest.fail(reason)
    pytest.skip(reason)
