"""Do fixes of tags and ABAC do what they say, and who is it that a region has to suit?"""

from typing import Final

import pytest

from bucketwright.rules.example_replications import copying_by, other, to
from bucketwright.rules.examples import bad, declares, good
from bucketwright.verdicts import Fails, NotApplicable, Passes, Undecided, Verdict
from tests.rules.governance.examined import examined, mended

ASKED: Final = {"owner": [], "stage": ["prod", "test"], "team": "storage"}
CASES: Final = {"cases": {"path": "{env}/cases/{id:int}/", "data_class": "restricted"}}


def test_tags_are_corrected_where_their_value_is_known() -> None:
    """What the contract gives goes first, if it is allowed, then the only value that is; others stay."""
    alone = declares(rules={"required_tags": ASKED})
    declared = declares(
        buckets={"example": {"tags": {"owner": "ann", "stage": "prod", "team": "x", "more": "z"}}},
        rules={"required_tags": ASKED},
    )
    wrong = {"team": "x", "stage": "x", "mine": "y"}

    assert mended("required-tags", bad(tags=wrong, around=alone)).tags == {**wrong, "team": "storage"}
    assert mended("required-tags", bad(tags=wrong, around=declared)).tags == {
        "mine": "y",
        "owner": "ann",
        "stage": "prod",
        "team": "storage",
    }


def test_tags_that_are_right_stay() -> None:
    """One that is allowed is not replaced by another that is."""
    right = {"owner": "bob", "stage": "test", "team": "storage"}
    declared = declares(
        buckets={"example": {"tags": {"owner": "ann", "stage": "prod"}}}, rules={"required_tags": ASKED}
    )

    assert mended("required-tags", bad(tags=right, around=declared)).tags == right


def test_abac_follows_the_contract() -> None:
    """Without a contract it stays as it is."""
    on = declares(buckets={"example": {"abac": True}})

    assert mended("abac-on", bad(abac=False, around=on)).abac
    assert mended("abac-on", bad(abac=True)).abac


@pytest.mark.parametrize("verb", ["read", "list", "write", "delete"])
def test_whoever_is_granted_anything_uses_the_bucket(verb: str) -> None:
    """Programs that only write or delete are as far away as those that read."""
    around = declares(
        region="us-west-2",
        compute_region="eu-west-1",
        buckets={"example": {"prefixes": {"files": {"path": "files/"}}}},
        access={"program": {"trusts": "lambda.amazonaws.com", verb: "example/*"}},
    )

    assert isinstance(examined("region-matches", bad(region="us-west-2", around=around)), Fails)


def copied(below: str | None, path: str = "{env}/cases/{id:int}/") -> Verdict:
    """What is said where a rule copies what lies below this to a region that is not allowed."""
    around = declares(
        buckets={"example": {"prefixes": {"cases": {"path": path, "data_class": "restricted"}}}},
        rules={"regions": {"restricted": "eu-west-1"}},
    )
    copies = copying_by(to(below=below))
    return examined(
        "region-allowed",
        bad(other(region="us-east-1"), region="eu-west-1", replication=copies, around=around),
    )


@pytest.mark.parametrize("below", [None, "", "p", "prod/", "prod/cases/", "prod/cases/7/", "prod/cases/x"])
def test_a_rule_that_may_copy_such_data_is_found(below: str | None) -> None:
    """Whether a key begins like the prefix, or the prefix like the key."""
    assert isinstance(copied(below), Fails)


@pytest.mark.parametrize("below", ["dev/", "prod/other/", "x", "Prod/"])
def test_a_rule_for_other_keys_copies_no_such_data(below: str) -> None:
    """Where it copies to then does not matter."""
    assert isinstance(copied(below), Passes)


def test_where_a_stranger_lies_is_not_known() -> None:
    """It is asked only for data that is kept to certain regions, and beside what surely lies astray."""
    around = declares(
        buckets={"example": {"prefixes": CASES}}, rules={"regions": {"restricted": "eu-west-1"}}
    )
    copies = copying_by(to("arn:aws:s3:::theirs"))
    inside = good(region="eu-west-1", replication=copies, around=around)

    assert examined("region-allowed", inside) == Undecided(
        "arn:aws:s3:::theirs", "it is not in what was looked at"
    )
    assert isinstance(examined("region-allowed", inside, "intended"), NotApplicable)
    assert isinstance(
        examined("region-allowed", bad(region="us-east-1", replication=copies, around=around)), Fails
    )
