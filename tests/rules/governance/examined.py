"""What a rule says of an example, for the tests of what the catalogue's own cannot show."""

from bucketwright.estate import BucketPosture
from bucketwright.rules import catalogue
from bucketwright.rules.examples import Example
from bucketwright.rules.rule import changed
from bucketwright.verdicts import Fails, Verdict


def examined(rule: str, example: Example, lens: str = "live") -> Verdict:
    """The verdict on it through a lens."""
    found = catalogue()[rule]
    return found.verdict(example.posture(found.kind), example.estate(found.kind, lens))


def texts(verdict: Verdict) -> list[str]:
    """What it says is wrong."""
    assert isinstance(verdict, Fails), verdict
    return [fault.text for fault in verdict.faults]


def mended(rule: str, example: Example) -> BucketPosture:
    """The bucket once the rule's fix is made."""
    found = catalogue()[rule]
    posture, estate = example.posture(found.kind), example.estate(found.kind, "live")
    assert found.repair is not None
    after = changed(posture, found.repair.make(posture, estate))
    assert isinstance(after, BucketPosture)
    return after
