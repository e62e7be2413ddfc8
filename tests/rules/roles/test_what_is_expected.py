"""What is expected instead, where a rule of this theme is broken?"""

from collections.abc import Mapping
from typing import Final

import pytest

from bucketwright.rules import catalogue, theme_of
from bucketwright.verdicts import Fails

EXPECTED: Final[Mapping[str, str]] = {
    "iam-kms-missing": "the keys of the buckets that are granted",
    "iam-list-unscoped": "lists of the prefixes that are granted",
    "iam-prefix-boundary": "prefixes that end with /",
    "iam-prefix-overlap": "the prefixes that are granted",
    "iam-s3-any-bucket": "objects of buckets that are named",
    "iam-s3-full-access": "the actions that are needed",
}


@pytest.mark.parametrize("rule_id", EXPECTED)
def test_what_is_expected(rule_id: str) -> None:
    """A finding says in a few words how it should be."""
    rule = catalogue()[rule_id]
    broken = [one for one in rule.examples if not one.is_good]
    verdicts = [rule.verdict(one.posture(rule.kind), one.estate(rule.kind, "live")) for one in broken]

    assert {one.expected for one in verdicts if isinstance(one, Fails)} == {EXPECTED[rule_id]}


def test_every_rule_of_the_theme_is_here() -> None:
    """A rule that is added says what it expects, too."""
    assert EXPECTED.keys() == {one for one in catalogue() if theme_of(one) == "roles"}
