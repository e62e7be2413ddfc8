"""Does the page about delivery decide as `explain` does?"""

import pytest

from bucketwright.contract.delivery import DELIVERIES
from bucketwright.contract.words import DeliveryWay
from tests.cli.running import ROOT, run
from tools.delivery_reference import table

CONTRACT = """
project: shop
environments: {dev: {}}
buckets: {files: {prefixes: {all: {path: "all/", delivery: presigned}}}}
"""


@pytest.mark.requirement("FP-1")
def test_the_page_has_the_table() -> None:
    """Neither is kept by hand."""
    page = (ROOT / "docs" / "delivery.md").read_text()

    assert "\n".join(table()) in page


@pytest.mark.parametrize("via", DELIVERIES)
def test_every_way_is_decided_for(via: DeliveryWay) -> None:
    """The questions below the table come to each of them."""
    questions = (ROOT / "docs" / "delivery.md").read_text().partition("Ask in this order")[2]

    assert f"`{via}`." in questions


@pytest.mark.requirement("FP-1")
def test_explain_gives_the_reason_of_the_table() -> None:
    """The same words, filled to lines."""
    said = run("explain", "files/all", "--contract", "-", stdin=CONTRACT)

    assert DELIVERIES["presigned"].why in " ".join(said.output.split())
