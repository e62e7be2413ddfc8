"""What becomes of a test where the Pulumi engine is missing?"""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest

WISH: Final = "BUCKETWRIGHT_ENGINE"
_REASON: Final = "there is no Pulumi engine: tools/engine.sh builds one, PULUMI_BIN names one"


def needed(found: Path | None, environ: Mapping[str, str]) -> Path:
    """The engine; without one the test is left out, or fails where the engine is required."""
    if found is not None:
        return found
    if environ.get(WISH) == "required":
        pytest.fail(_REASON)
    pytest.skip(_REASON)
