"""Broken contracts, each with exactly what a person is told about it.

After a wanted change of words, `python -m tests.contract.test_loading_broken` writes the answers anew; read
the difference before keeping it.
"""

from pathlib import Path

import pytest

from bucketwright.contract.loading import read
from bucketwright.contract.problems import ContractError

BROKEN = Path(__file__).parent / "broken"
CASES = sorted(BROKEN.glob("*.yaml"))


def answer(case: Path) -> str:
    """What loading the file says."""
    try:
        read(case.read_bytes().decode(), case.name)
    except ContractError as error:
        return f"{error}\n"
    return "it loads\n"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_a_broken_contract_says_what_is_wrong_with_it(case: Path) -> None:
    """Place, message, excerpt, allowed values and help are as written beside the contract."""
    assert answer(case) == case.with_suffix(".txt").read_text()


def test_there_are_broken_contracts_of_every_kind() -> None:
    """At least forty contracts are kept, none without an answer, no answer without its contract."""
    assert len(CASES) >= 40
    assert {case.stem for case in CASES} == {case.stem for case in BROKEN.glob("*.txt")}
    assert not [case.name for case in CASES if answer(case) == "it loads\n"]


if __name__ == "__main__":
    for each in CASES:
        each.with_suffix(".txt").write_text(answer(each))
