"""What is required of rules is judged by rules: each named here finds what breaks the requirement."""

from collections.abc import Iterator

import pytest

from bucketwright.rules import catalogue
from bucketwright.verdicts import Fails

RULES = catalogue()


def _rules(mark: pytest.MarkDecorator, *names: str) -> Iterator[object]:
    for name in names:
        yield pytest.param(name, marks=mark, id=f"{mark.args[0]} {name}")


@pytest.mark.parametrize(
    "name",
    [
        *_rules(pytest.mark.requirement("CS-1"), "object-outside-layout"),
        *_rules(pytest.mark.requirement("CS-5"), "object-content-type-default"),
        *_rules(pytest.mark.requirement("CS-10"), "object-tags-missing", "lifecycle-prefix-literal"),
        *_rules(pytest.mark.requirement("CS-13"), "object-secret-name"),
        *_rules(pytest.mark.requirement("FP-7"), "stale-multipart-upload", "lifecycle-abort-multipart"),
        *_rules(pytest.mark.requirement("FP-8"), "cloudfront-origin-control"),
        *_rules(pytest.mark.requirement("FP-14"), "cors-open"),
        *_rules(pytest.mark.requirement("FP-17"), "policy-denies-unencrypted-puts", "tls-only"),
        *_rules(pytest.mark.requirement("AP-1"), "iam-prefix-boundary", "iam-prefix-overlap"),
        *_rules(pytest.mark.requirement("AP-7"), "acls-disabled", "object-public-acl"),
        *_rules(pytest.mark.requirement("TC-3"), "region-matches"),
        *_rules(
            pytest.mark.requirement("TC-8"),
            "bucket-public-access-block",
            "account-public-access-block",
            "acl-public-read",
            "bucket-public-read",
        ),
    ],
)
def test_a_rule_finds_what_breaks_a_requirement(name: str) -> None:
    """Its own bad examples are broken through every lens that it has."""
    rule = RULES[name]
    bad = [one for one in rule.examples if not one.is_good]
    verdicts = [
        rule.verdict(one.posture(rule.kind), one.estate(rule.kind, lens))
        for one in bad
        for lens in rule.lenses
    ]

    assert verdicts
    assert all(isinstance(one, Fails) for one in verdicts)
