"""Exit codes: one meaning each, and the gravest outcome decides."""

from itertools import permutations

import pytest

from cli.exits import MEANINGS, Exit, exit_code_table, gravest


def test_codes_are_the_documented_numbers() -> None:
    """Scripts may rely on the numbers."""
    assert [code.value for code in Exit] == [0, 1, 2, 3, 130, 143]


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        pytest.param([], Exit.CLEAN, id="nothing happened"),
        pytest.param([Exit.CLEAN, Exit.CLEAN], Exit.CLEAN, id="all clean"),
        pytest.param([Exit.CLEAN, Exit.INCOMPLETE], Exit.INCOMPLETE, id="incomplete beats clean"),
        pytest.param([Exit.FINDINGS, Exit.INCOMPLETE], Exit.FINDINGS, id="findings beat incomplete"),
        pytest.param([Exit.FINDINGS, Exit.WRONG_USE], Exit.WRONG_USE, id="wrong use beats findings"),
        pytest.param([Exit.INTERRUPTED, Exit.WRONG_USE], Exit.INTERRUPTED, id="an interrupt beats all"),
    ],
)
def test_gravest_outcome_decides(codes: list[Exit], expected: Exit) -> None:
    """The order in which outcomes came does not matter."""
    for order in permutations(codes):
        assert gravest(order) is expected


def test_table_names_every_code_with_its_meaning() -> None:
    """The help shows each code once."""
    rows = exit_code_table().split("\n")[2:]

    assert [row.split(maxsplit=1) for row in rows] == [[str(code.value), MEANINGS[code]] for code in Exit]
