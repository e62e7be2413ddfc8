"""Is the share of noticed mutants counted right, and never in favour of the tests?"""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from tools.mutants_killed import main, outcomes, results, row, share


def campaign(folder: Path, **files: Mapping[str, int | None]) -> None:
    """Leave results behind as `mutmut run` does."""
    for name, codes in files.items():
        path = folder / "mutants" / "bucketwright" / f"{name}.py.meta"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps({"exit_code_by_key": codes}))


@pytest.mark.parametrize(
    ("code", "end", "noticed"),
    [
        pytest.param(1, "killed", 1, id="a test failed"),
        pytest.param(-24, "timeout", 1, id="it never ended"),
        pytest.param(0, "survived", 0, id="all tests passed"),
        pytest.param(33, "untested", 0, id="no test reaches it"),
        pytest.param(None, "waiting", 0, id="not tried yet"),
        pytest.param(2, "unclear", 0, id="interrupted"),
        pytest.param(255, "unclear", 0, id="the test run itself broke"),
        pytest.param(-11, "unclear", 0, id="it crashed"),
    ],
)
def test_only_a_clear_end_counts_as_noticed(code: int | None, end: str, noticed: int) -> None:
    """A mutant counts as noticed when a test failed or never ended, and in no other case."""
    ends = outcomes([code])

    assert ends == {end: 1}
    assert share(ends) == noticed


def test_nothing_tried_is_nothing_noticed() -> None:
    """Without mutants there is no share to boast of."""
    assert share(outcomes([])) == 0


def test_the_table_names_what_was_missed(tmp_path: Path) -> None:
    """One line a file, with the reasons why mutants were not noticed."""
    campaign(tmp_path, keys={"a": 1, "b": 1, "c": 0, "d": 33}, empty={})

    ((name, ends),) = results(tmp_path / "mutants")

    assert row(name, ends) == " 50.0%      2 of     4  bucketwright/keys.py  (1 survived, 1 untested)"


@pytest.mark.parametrize(
    ("codes", "exit_code"),
    [
        pytest.param([1] * 9 + [0], 0, id="nine in ten noticed"),
        pytest.param([1] * 89 + [0] * 11, 1, id="89 in a hundred"),
        pytest.param([1] * 99 + [None], 1, id="one still waiting"),
        pytest.param([], 1, id="no campaign at all"),
    ],
)
def test_success_needs_nine_in_ten_of_all(tmp_path: Path, codes: list[int | None], exit_code: int) -> None:
    """The verb succeeds only for a whole campaign that noticed enough."""
    campaign(tmp_path, keys={str(number): code for number, code in enumerate(codes)})

    assert main(tmp_path / "mutants") == exit_code
