"""What cannot be read is unknown, with the permission that is missing, and changes nothing else."""

from collections.abc import Mapping
from functools import cache

import pytest

from audits.live import Looked, look
from bucketwright.calls import Answer, Call, Failure, Outcome
from bucketwright.contract.loading import load
from bucketwright.estate import READERS
from bucketwright.facets.reading import LiveFacet
from bucketwright.judging import judge
from bucketwright.looking.needs import needs
from bucketwright.looking.questions import BUCKETS, HEAD, TO_FIND, TO_KNOW_AGAIN
from bucketwright.looking.scope import Scope
from bucketwright.posture import Estate, Unknown
from bucketwright.verdicts import Undecided
from tests.audits.sandboxed import ALL, EVERYTHING, around_in, calm

FINDING = tuple(read for table in (TO_FIND, TO_KNOW_AGAIN) for reads in table.values() for read in reads)
EVERY = sorted(
    {
        read.operation
        for _, facets in READERS.values()
        for facet in facets.values()
        if isinstance(facet, LiveFacet)
        for read in facet.READS
    }
    | {read.operation for read in FINDING}
)
NEEDED = needs(Scope(around_in(load(EVERYTHING), "dev"), ALL))
Facts = Mapping[tuple[str, str], object]
Statuses = Mapping[tuple[str, str], type]


@cache
def without(operation: str) -> Looked:
    """The same account, for somebody who may do all but one thing."""
    around, looked = calm()

    def send(call: Call) -> Outcome:
        if call.operation == operation:
            return Failure("denied", "AccessDenied", "Access Denied")
        if call.identity not in looked.outcomes and call.operation == "GetCallerIdentity":
            return Answer({"Account": looked.account})
        if call.identity not in looked.outcomes and call.operation == "HeadBucket":
            return Answer({"BucketRegion": "us-west-2"})
        return looked.outcomes[call.identity]

    return look(send, Scope(around, ALL))


def permissions_of(operation: str) -> set[str]:
    """What it takes to be let do it; buckets that cannot be listed are asked for one by one."""
    several = [one for one in (*NEEDED.reads(), *FINDING) if one.operation == operation]
    return {one.permission for one in (*several, *([HEAD] if BUCKETS in several else []))}


def facts_of(estate: Estate) -> Facts:
    return {
        (address, name): fact
        for address, posture in estate.postures.items()
        for name, fact in posture.facts.items()
    }


def statuses_of(looked: Looked) -> Statuses:
    """What the rules say of what was asked about."""
    return {
        (one.rule.id, one.posture.address): type(one.verdict)
        for one in judge(looked.estate, ALL)
        if one.posture.address in looked.subjects
    }


@pytest.fixture(autouse=True)
def _worked_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is needed is the same each time, and takes longer than to look."""
    monkeypatch.setattr("audits.live.needs", lambda _: NEEDED)


@pytest.mark.parametrize("operation", EVERY)
def test_a_denied_read_makes_unknown_and_nothing_else(operation: str) -> None:
    """Each call in turn: every fact is as it was, or unknown for want of that permission."""
    whole, denied = calm()[1], without(operation)
    before, after = facts_of(whole.estate), facts_of(denied.estate)
    changed = {one: fact for one, fact in after.items() if before.get(one) != fact}
    reasons = [
        fact.reason if isinstance(fact, Unknown) else f"{one}: {fact}" for one, fact in changed.items()
    ]
    reasons += [why for address, why in denied.estate.missing.items() if address not in whole.estate.missing]
    reasons += [one.reason for one in denied.undiscovered]

    assert [one for one in reasons if not any(may in one for may in permissions_of(operation))] == []
    assert bool(reasons) == was_told(operation)
    gone = whole.subjects & whole.estate.postures.keys() - denied.estate.postures.keys()
    assert gone <= denied.estate.missing.keys() or denied.undiscovered


@pytest.mark.parametrize("operation", EVERY)
def test_a_verdict_without_a_read_is_undecided_or_the_same(operation: str) -> None:
    """No rule guesses: what it says with less known it says with all known."""
    whole, denied = statuses_of(calm()[1]), statuses_of(without(operation))
    decided = {one: status for one, status in denied.items() if status is not Undecided}

    assert {
        one: (status, whole.get(one)) for one, status in decided.items() if status != whole.get(one)
    } == {}


def was_told(operation: str) -> bool:
    """Whether it was asked, and anything but a refusal was answered."""
    asked = (outcome for call, outcome in calm()[1].outcomes.items() if f'"{operation}"' in call)
    return any(isinstance(one, Answer) or one.kind != "denied" for one in asked)
