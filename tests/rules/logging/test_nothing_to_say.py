"""Where has a rule on logs nothing to say, and why?"""

from typing import Final

import pytest

from bucketwright.facets.bucket.logging import Logging
from bucketwright.rules.example_replications import other
from bucketwright.rules.examples import Example, good
from bucketwright.verdicts import not_applicable
from tests.rules.governance.examined import examined

LOGGED: Final = other("files", logging=Logging("bucket:example", ""))
SILENT: Final[dict[str, tuple[str, Example, str]]] = {
    "a target that is not logged": (
        "access-logging",
        good(LOGGED, logging=None),
        "access logs are delivered to it",
    ),
    "no log": ("log-target-valid", good(logging=None), "requests are logged nowhere"),
}


@pytest.mark.parametrize(("rule", "example", "because"), SILENT.values(), ids=SILENT)
def test_a_rule_says_why_it_does_not_apply(rule: str, example: Example, because: str) -> None:
    """It neither passes nor fails, and names the reason."""
    assert examined(rule, example) == not_applicable(because)
