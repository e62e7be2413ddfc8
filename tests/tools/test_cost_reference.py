"""Does the page about the contract say of costs what every estimate says?"""

import pytest

from tools.cost_reference import PARTS
from tools.generated import ROOT


@pytest.mark.parametrize("part", PARTS)
def test_the_page_says_what_an_estimate_says(part: str) -> None:
    """Neither list is kept by hand."""
    page = (ROOT / "docs" / "contract.md").read_text()
    lines = "".join(f"- {what}\n" for what in PARTS[part])

    assert f"<!-- generated: markdown python tools/cost_reference.py {part} -->\n{lines}<!-- end -->" in page
