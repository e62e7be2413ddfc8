"""What does a program load before it asks its first question? What it does not need makes it begin late."""

import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[1]
MODELS: Final = ("pydantic", "yaml", "bucketwright.contract.form", "bucketwright.contract.model")
"""What a contract is read with, and what it is read into."""
LENS: Final = ("bucketwright.audited", "bucketwright.drift", "bucketwright.reports", "duckdb", "pyarrow")
_OBJECTS: Final = """
import audits.ledger.opening, audits.objects.recalling, audits.objects.running
import bucketwright.s3.wire.wire
from bucketwright.rules import catalogue
assert {rule.kind.kind for rule in catalogue().values()} >= {"bucket", "object", "role"}
"""
_BEGINNING: Final = "import cli.main, cli.audit, cli.audit_run"
_WITHOUT_CONTRACT: Final = "import cli.main, cli.audit, cli.audit_run, cli.audit_going"


@pytest.mark.parametrize(
    ("program", "needless"),
    [
        pytest.param(_OBJECTS, MODELS, id="looking at objects, by all rules"),
        pytest.param(_BEGINNING, (*MODELS, *LENS), id="an audit until somebody answers"),
        pytest.param(
            _WITHOUT_CONTRACT,
            (*MODELS, "bucketwright.drift", "bucketwright.intended", "bucketwright.contract.loading"),
            id="an audit without a contract",
        ),
        pytest.param("import bucketwright.estate", (*MODELS, "bucketwright.facets.bucket.acl"), id="facets"),
    ],
)
def test_only_what_is_needed_is_loaded(program: str, needless: tuple[str, ...]) -> None:
    """No models of a contract where there is none, and nothing of what comes after the first answer."""
    telling = f"{program}\nimport sys; print(*(one for one in {needless!r} if one in sys.modules))"
    done = subprocess.run(  # noqa: S603 - this very Python
        [sys.executable, "-c", telling], capture_output=True, text=True, cwd=ROOT, check=False
    )

    assert (done.returncode, done.stderr, done.stdout) == (0, "", "\n")
