"""What is said of copies in a bucket that nobody shows, and of one that could not be read?"""

from typing import Final

import pytest

from bucketwright.estate import BucketPosture
from bucketwright.facets.replication_rules import ReplicationRule
from bucketwright.posture import Estate
from bucketwright.rules import catalogue
from bucketwright.rules.example_replications import copying_by, other, to
from bucketwright.rules.other_buckets import named_bucket, shown_bucket
from bucketwright.verdicts import Fails, NotApplicable, Passes, Undecided, Verdict

RULES: Final = ("replication-enabled", "replication-rule-broken", "replication-cross-region")
STRANGER: Final = to("arn:aws:s3:::theirs")
UNREAD: Final = to("bucket:unread")
READY: Final = other(versioning="Enabled", region="eu-west-1")


def said(rule: str, *rules: ReplicationRule, lens: str = "live", **facts: object) -> Verdict:
    """The verdict on a bucket that is copied by these rules."""
    known = {"versioning": "Enabled", "region": "us-west-2", **facts, "replication": copying_by(*rules)}
    bucket = BucketPosture("bucket:example", "example", known)
    estate = Estate(lens, {one.address: one for one in (bucket, READY)}, {"bucket:unread": "access denied"})
    return catalogue()[rule].verdict(bucket, estate)


@pytest.mark.parametrize("rule", RULES)
def test_what_is_not_shown_is_not_judged(rule: str) -> None:
    """Nobody knows how a stranger's bucket is set up, nor one that could not be read; the reason is told."""
    assert said(rule, STRANGER) == Undecided("arn:aws:s3:::theirs", "it is not in what was looked at")
    assert said(rule, STRANGER, lens="planned") == said(rule, STRANGER)
    assert said(rule, UNREAD) == Undecided("bucket:unread", "access denied")


@pytest.mark.parametrize("rule", RULES)
def test_a_contract_says_nothing_of_strangers(rule: str) -> None:
    """What a contract intends is not held up by another team's bucket."""
    assert isinstance(said(rule, STRANGER, lens="intended"), NotApplicable)


@pytest.mark.parametrize("rule", ["replication-enabled", "replication-cross-region"])
def test_one_good_copy_is_enough(rule: str) -> None:
    """Beside a rule that surely copies, the others need not be known."""
    assert isinstance(said(rule, STRANGER, to()), Passes)
    assert isinstance(said(rule, to("bucket:gone"), STRANGER), Undecided)


@pytest.mark.parametrize("rule", ["replication-enabled", "replication-cross-region"])
def test_the_first_that_is_not_known_is_told(rule: str) -> None:
    """Of several, one reason is enough."""
    assert said(rule, UNREAD, STRANGER) == said(rule, UNREAD)
    assert said(rule, STRANGER, UNREAD) == said(rule, STRANGER)


def test_a_fault_shows_beside_what_is_not_known() -> None:
    """A rule that surely cannot copy is broken, whatever the others do."""
    verdict = said("replication-rule-broken", STRANGER, to("bucket:gone"), versioning="Suspended")

    assert isinstance(verdict, Fails)
    assert len(verdict.faults) == 2


@pytest.mark.parametrize(
    "named", ["bucket:copies", "copies", "arn:aws:s3:::copies", "arn:aws-cn:s3:::copies"]
)
def test_a_bucket_goes_by_several_names(named: str) -> None:
    """Its address, its name and its ARN in any partition mean the same."""
    estate = Estate("live", {READY.address: READY})

    assert shown_bucket(named, estate) == named_bucket(named, estate) == READY


@pytest.mark.parametrize("named", ["", "arn:aws:s3:::", "copies-2", "key:copies"])
def test_what_has_no_name_yet_is_nobodys_target(named: str) -> None:
    """A bucket that is still to be named is not meant by a name that is empty, nor by one like it."""
    nameless = BucketPosture("bucket:new", "", {})

    assert shown_bucket(named, Estate("planned", {one.address: one for one in (nameless, READY)})) is None
