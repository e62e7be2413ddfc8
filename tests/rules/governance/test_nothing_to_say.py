"""Where has a rule on governance nothing to say, and why?"""

from typing import Final

import pytest

from bucketwright.rules.example_controls import STRICT
from bucketwright.rules.examples import Declares, Example, declares, good
from bucketwright.verdicts import not_applicable
from tests.rules.governance.examined import examined

EMPTY: Final[dict[str, object]] = {"example": {}}
PLAIN: Final[Declares] = declares(buckets=EMPTY)
ELSEWHERE: Final = declares({"staging": STRICT}, buckets=EMPTY)
SILENT: Final[dict[str, tuple[str, Example, str]]] = {
    "no tags are wanted": ("required-tags", good(tags={}, around=PLAIN), "no tags are asked for"),
    "no convention": (
        "name-convention",
        good(called="x", around=PLAIN),
        "no convention for names is stated",
    ),
    "no contract for names": ("name-convention", good(), "no convention for names is stated"),
    "no contract for regions": (
        "region-matches",
        good(region="eu-west-1"),
        "no contract says where the bucket is to be",
    ),
    "no classes": (
        "region-allowed",
        good(region="eu-west-1", around=PLAIN),
        "nothing in it is kept to certain regions",
    ),
    "no contract for classes": (
        "region-allowed",
        good(region="eu-west-1"),
        "nothing in it is kept to certain regions",
    ),
    "no contract for tags that decide": (
        "abac-on",
        good(abac=True),
        "no contract says whether tags decide",
    ),
    "no environment": (
        "env-parity",
        good(versioning="Disabled"),
        "no contract protects its environment",
    ),
    "an environment that is not protected": (
        "env-parity",
        good(versioning="Disabled", around=ELSEWHERE),
        "no contract protects its environment",
    ),
    "no other environment": (
        "env-parity",
        good(versioning="Disabled", around=declares(protect=True, buckets=EMPTY)),
        "no other environment has the bucket",
    ),
}


@pytest.mark.parametrize(("rule", "example", "because"), SILENT.values(), ids=SILENT)
def test_a_rule_says_why_it_does_not_apply(rule: str, example: Example, because: str) -> None:
    """It neither passes nor fails, and names the reason."""
    assert examined(rule, example) == not_applicable(because)
