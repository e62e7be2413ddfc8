"""What is expected instead, where a rule of this theme is broken?"""

from collections.abc import Mapping
from typing import Final

import pytest

from bucketwright.rules import catalogue, theme_of
from bucketwright.verdicts import Fails

EXPECTED: Final[Mapping[str, str]] = {
    "acl-with-enforced-ownership": "no ACL",
    "acls-disabled": "ownership BucketOwnerEnforced",
    "bucket-acl-user-grants": "grants to the owner only",
    "cloudfront-origin-control": "an origin access control",
    "cloudfront-origin-missing": "origins that exist",
    "policy-absent": "a bucket policy",
    "policy-confused-deputy": "aws:SourceAccount, aws:SourceArn or aws:SourceOrgID with fixed values",
    "policy-exceeds-control": "no more than rules.policy_limit allows",
    "policy-foreign-dangerous-action": "other accounts change no access and no encryption",
    "policy-lockout": "no Deny of s3:PutBucketPolicy to everybody",
    "policy-required-statements": "all required statements",
    "policy-stale-principal": "roles and users that exist",
    "policy-unknown-account": "principals of known accounts",
    "replication-external": "copies in buckets of known accounts",
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
    assert EXPECTED.keys() == {one for one in catalogue() if theme_of(one) == "sharing"}
