"""Is what is done with objects recorded? What examples cannot show: an account without a trail."""

import pytest

from bucketwright.estate import AccountPosture
from bucketwright.facets.event_selectors import MANAGEMENT
from bucketwright.posture import Posture, Unknown
from bucketwright.rules.example_trails import BOTH, MOST, READS, SOME, WRITES, trail
from bucketwright.verdicts import Fails, NotApplicable, Passes, Undecided
from tests.rules.account.judging import texts, verdict

ACCOUNT = AccountPosture("account:own", "", {})
RULES = pytest.mark.parametrize(
    ("rule", "direction"),
    [("account-object-read-logging", "reads"), ("account-object-write-logging", "writes")],
)


@RULES
def test_an_account_without_a_trail_records_nothing(rule: str, direction: str) -> None:
    """A plan without one says nothing of it: another stack may make it."""
    found = verdict(rule, ACCOUNT)

    assert texts(found) == ("there is no trail",)
    assert isinstance(found, Fails)
    assert found.expected == f"a trail of every region that records {direction} of all objects"
    assert verdict(rule, ACCOUNT, lens="planned") == NotApplicable("the stack declares no trail")


@RULES
def test_each_trail_is_said_to_miss_something(rule: str, direction: str) -> None:
    """And what."""
    beside: tuple[Posture, ...] = (
        trail(MANAGEMENT, name="idle", logging=False, multi_region=False),
        trail(WRITES if direction == "reads" else READS, name="other"),
        trail(SOME, MOST, name="most"),
        trail(SOME, name="some"),
    )

    assert texts(verdict(rule, ACCOUNT, *beside)) == (
        f"trail 'idle' is stopped and records one region alone and records no {direction} of objects",
        f"trail 'other' records no {direction} of objects",
        f"trail 'most' leaves out some {direction} of objects",
        f"trail 'some' records {direction} of some objects only",
    )


@RULES
@pytest.mark.parametrize("fact", ["logging", "multi_region", "selectors"])
def test_a_trail_nobody_could_read_may_record_all(rule: str, direction: str, fact: str) -> None:
    """Unless another one surely does, or something else of it is surely wrong."""
    unread = trail(BOTH, name="unread", **{fact: Unknown("access denied")})
    wrong = {"logging": False} if fact != "logging" else {"multi_region": False}
    surely = trail(BOTH, name="unread", **{fact: Unknown("access denied"), **wrong})

    assert verdict(rule, ACCOUNT, unread) == Undecided(fact, "access denied")
    assert verdict(rule, ACCOUNT, trail(SOME), unread) == Undecided(fact, "access denied")
    assert verdict(rule, ACCOUNT, unread, trail(BOTH)) == Passes()
    assert isinstance(verdict(rule, ACCOUNT, surely), Fails)
    assert direction
