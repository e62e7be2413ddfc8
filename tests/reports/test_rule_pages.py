"""The page of a rule: written for a reader of the contract, not for one of the code."""

from typing import Final

import pytest
import yaml

from bucketwright.reports.rule_pages import markdown, page_of
from bucketwright.rules import catalogue
from bucketwright.rules.engine import ENGINE

ALL: Final = [*catalogue(), *ENGINE]


def _examples(rule_id: str) -> list[str]:
    page = page_of(rule_id)
    assert page is not None
    return [line for _, text in page.examples for line in text.split("\n")]


@pytest.mark.parametrize("rule_id", ALL)
def test_every_fact_of_a_page_says_something(rule_id: str) -> None:
    """No fact, part or example is empty."""
    page = page_of(rule_id)

    assert page is not None
    assert all(page.facts.values())
    assert all(page.parts.values())
    assert all(text.strip() for _, text in page.examples)
    assert markdown(page).startswith(f"# {rule_id}\n\n{page.title}\n")


@pytest.mark.parametrize("rule_id", list(catalogue()))
def test_policies_stand_as_they_are_written(rule_id: str) -> None:
    """As JSON, not as what the engine makes of them."""
    assert not any("Statement(" in line or "Names(" in line for line in _examples(rule_id))


@pytest.mark.parametrize("rule_id", list(catalogue()))
def test_what_the_contract_says_can_be_written_there(rule_id: str) -> None:
    """Each such line of an example is YAML."""
    said = (line.removeprefix("contract ") for line in _examples(rule_id) if line.startswith("contract "))

    assert all(isinstance(yaml.safe_load(line), dict) for line in said)


def test_a_rule_that_is_not_there_has_no_page() -> None:
    """Nor has one that waits."""
    assert page_of("no-such-rule") is None
