"""Commands that deploy, or show what would be deployed, stop where the program itself would refuse."""

from pathlib import Path

import pytest

from tests.cli.running import run
from tests.cli.test_check import LEAKY

TOLD = """\
error: dev is not deployed, for its access cannot be granted as declared:
  access.reader: listing 'dev/docs/x/' shows keys of files/deeper, which is not granted, and ends where no \
Deny can tell it apart; let files/numbered begin otherwise, or grant both
bucketwright check --env dev shows them in place
"""


@pytest.mark.parametrize(
    "words",
    [["plan", "dev"], ["plan", "dev", "--format", "json"], ["sandbox", "up", "dev"]],
    ids=["plan", "plan as JSON", "sandbox up"],
)
def test_access_that_leaks_is_a_finding(words: list[str], tmp_path: Path) -> None:
    """It ends with 1 and the finding, with nothing shown and nothing started."""
    contract = tmp_path / "contract.yaml"
    contract.write_text(LEAKY, "utf-8")

    result = run(*words, "--contract", str(contract))

    assert (result.exit_code, result.stdout, result.stderr) == (1, "", TOLD)


def test_what_only_shows_the_access_still_does(tmp_path: Path) -> None:
    """How else would anybody see what to change?"""
    contract = tmp_path / "contract.yaml"
    contract.write_text(LEAKY, "utf-8")

    result = run("access", "--contract", str(contract), "--env", "dev")

    assert (result.exit_code, "files/numbered  read" in result.stdout) == (0, True)
