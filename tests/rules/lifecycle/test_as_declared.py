"""Are settings that a contract declares held against it, and set back to what it says?"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import pytest

from bucketwright.contract.lifecycle.rules import Expiration
from bucketwright.estate import BucketPosture
from bucketwright.facets.bucket.intelligent_tiering import Tiering
from bucketwright.posture import Estate
from bucketwright.rules.example_lifecycles import LONG_AGO, below, having, on
from bucketwright.rules.examples import declares
from bucketwright.rules.lifecycle.intelligent_tiering import intelligent_tiering, tier_as_declared
from bucketwright.rules.lifecycle.lifecycle_prod_expiry import lifecycle_prod_expiry, switch_off
from bucketwright.rules.lifecycle.requester_pays import charge_as_declared, requester_pays
from bucketwright.rules.lifecycle.transfer_acceleration import accelerate_as_declared, transfer_acceleration
from bucketwright.rules.rule import Fix, Rule
from bucketwright.verdicts import Fails
from tests.rules.exposure.judging import faults

Settings = Mapping[str, object]
NOTHING: Final[Settings] = {}
TIERED: Final[Settings] = {"intelligent_tiering": {"archive": "90 days"}}
FAST: Final[Settings] = {"acceleration": True}
SOLD: Final[Settings] = {"requester_pays": True}
ENDING: Final = on(filter=below("tmp/"), expiration=Expiration(days=7))
DELETING: Final = on(expiration=Expiration(date=LONG_AGO))
EARLY: Final = (Tiering("another", archive=80, deep_archive=80),)


def world(
    fact: str, found: object, says: Settings | None, called: str = "example"
) -> tuple[BucketPosture, Estate]:
    """A bucket with one setting, and a contract that protects it and says this of it; or none."""
    bucket = BucketPosture("bucket:example", called, {fact: found})
    around = declares(protect=True, buckets={} if says is None else {"example": says})
    return bucket, Estate("live", {bucket.address: bucket}, {}, around.circumstances())


@pytest.mark.parametrize(
    ("rule", "found", "says", "wrong", "expected"),
    [
        (requester_pays, True, NOTHING, ["callers pay"], "the owner pays, as declared"),
        (requester_pays, False, SOLD, ["the owner pays"], "callers pay, as declared"),
        (transfer_acceleration, True, NOTHING, ["acceleration is on"], "acceleration off, as declared"),
        (transfer_acceleration, False, FAST, ["acceleration is off"], "acceleration on, as declared"),
        (
            lifecycle_prod_expiry,
            having(ENDING, DELETING),
            NOTHING,
            [
                "rule 1 deletes objects below 'tmp/' after 7 days, which nobody declared",
                "rule 2 deletes objects by a date, which nobody declared",
            ],
            "expirations of the contract alone",
        ),
        (
            intelligent_tiering,
            EARLY,
            TIERED,
            [
                "'another' has archive after 80 days, and S3 takes 90 to 730",
                "'another' has deep_archive after 80 days, and S3 takes 180 to 730",
                "'another' has deep_archive after 80 days, no later than archive",
                "'another' is there and not declared",
                "'bucket' is declared and not there",
            ],
            "the tiers of the contract, within S3's bounds",
        ),
    ],
    ids=["callers pay", "the owner pays", "accelerated", "not accelerated", "deleted", "other tiers"],
)
def test_what_differs_from_the_contract_is_said(
    rule: Rule[BucketPosture], found: object, says: Settings, wrong: list[str], expected: str
) -> None:
    """What is there, and what should be."""
    verdict = rule.verdict(*world(rule.reads[0], found, says))
    assert isinstance(verdict, Fails)

    assert faults(verdict) == wrong
    assert verdict.expected == expected


@pytest.mark.parametrize(
    ("fix", "fact", "found", "says", "called", "after"),
    [
        pytest.param(charge_as_declared, "requester_pays", False, SOLD, "example", True, id="callers pay"),
        pytest.param(accelerate_as_declared, "acceleration", False, FAST, "example", True, id="accelerated"),
        pytest.param(accelerate_as_declared, "acceleration", True, NOTHING, "example", False, id="not so"),
        pytest.param(accelerate_as_declared, "acceleration", True, FAST, "a.b", False, id="dots in the name"),
        pytest.param(
            tier_as_declared,
            "intelligent_tiering",
            EARLY,
            TIERED,
            "example",
            (Tiering("bucket", archive=90),),
            id="tiers",
        ),
        pytest.param(
            switch_off,
            "lifecycle",
            having(ENDING, DELETING),
            {"prefixes": {"tmp": {"path": "tmp/", "expire": "7 days"}}},
            "example",
            having(ENDING, replace(DELETING, status="Disabled")),
            id="only the rule that nobody declared",
        ),
        pytest.param(
            switch_off,
            "lifecycle",
            having(ENDING),
            NOTHING,
            "example",
            having(replace(ENDING, status="Disabled")),
            id="a rule with days",
        ),
        pytest.param(
            switch_off,
            "lifecycle",
            having(ENDING),
            None,
            "example",
            having(ENDING),
            id="no contract, no change",
        ),
        pytest.param(
            charge_as_declared, "requester_pays", True, None, "example", True, id="whoever pays pays"
        ),
        pytest.param(tier_as_declared, "intelligent_tiering", EARLY, None, "example", (), id="no tiers"),
    ],
)
def test_a_fix_sets_what_the_contract_says(
    fix: Fix[BucketPosture], fact: str, found: object, says: Settings | None, called: str, after: object
) -> None:
    """Whatever was there, and what S3 refuses is taken away where it says nothing."""
    assert fix.make(*world(fact, found, says, called)).after == after
