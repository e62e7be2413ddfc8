"""Is every requirement held by a test, and does every test that cites one cite one that there is?"""

from functools import cache
from pathlib import Path

import pytest

from tools.requirements_reference import PARTS, Requirement, holding, marks, page, systems

held = cache(holding)
REQUIREMENTS = [one for several in systems().values() for one in several]


@pytest.mark.parametrize("one", REQUIREMENTS, ids=lambda one: one.id)
def test_a_test_holds_each_requirement(one: Requirement) -> None:
    """What is promised is shown by at least one test that says so."""
    assert held().get(one.id), f"no test is marked with {one.id}: {one.says}"


def test_only_what_is_required_is_cited() -> None:
    """A mark with a typing error holds nothing."""
    assert sorted(held().keys() - {one.id for one in REQUIREMENTS}) == []


def test_the_list_is_whole() -> None:
    """Numbers have no gaps, each says a sentence, and each is done by some part."""
    for system in systems().values():
        short = system[0].id.partition("-")[0]

        assert [one.id for one in system] == [f"{short}-{number}" for number in range(1, len(system) + 1)]

    for one in REQUIREMENTS:
        assert one.says.endswith(".")
        assert set(one.parts) <= set(PARTS)
        assert one.parts


def test_marks_are_read_as_pytest_reads_them() -> None:
    """Decorators of functions, marks of a whole file, and no other call of that name."""
    source = """
import pytest
pytestmark = pytest.mark.requirement("AP-1")
@pytest.mark.requirement("CS-1")
@pytest.mark.requirement("CS-2")
def test_it(requirement): requirement("CS-3")
"""

    assert sorted(marks(source)) == ["AP-1", "CS-1", "CS-2"]


def test_files_are_counted_and_named(tmp_path: Path) -> None:
    """Below the folder that is looked through."""
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "test_a.py").write_text('@pytest.mark.requirement("CS-1")\ndef test_a(): ...\n' * 2)
    (tmp_path / "contracts.py").write_text('@pytest.mark.requirement("CS-9")\ndef a(): ...\n')

    assert holding(tmp_path) == {"CS-1": {"deep/test_a.py": 2}}


def test_the_page_has_a_row_for_each() -> None:
    """With its sentence."""
    rows = "\n".join(page())

    assert all(f"| {one.id} | {one.says} |" in rows for one in REQUIREMENTS)
