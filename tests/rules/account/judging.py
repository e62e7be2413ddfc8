"""What a rule says of something through a lens, and how it says it."""

from collections.abc import Mapping

from bucketwright.posture import Estate, Posture
from bucketwright.rules import catalogue
from bucketwright.verdicts import Fails, Verdict

NOTHING: Mapping[str, str] = {}


def verdict(
    rule: str, posture: Posture, *beside: Posture, lens: str = "live", missing: Mapping[str, str] = NOTHING
) -> Verdict:
    """The verdict on it, beside these others."""
    several = {one.address: one for one in (posture, *beside)}
    return catalogue()[rule].verdict(posture, Estate(lens, several, missing))


def texts(found: Verdict) -> tuple[str, ...]:
    """What is wrong, as it is said."""
    assert isinstance(found, Fails), found
    return tuple(fault.text for fault in found.faults)
