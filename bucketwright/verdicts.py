"""What can be said of a resource under a rule, and how grave is it?"""

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias, get_args

from bucketwright.contract.words import Severity

CRITICAL: Final = "critical"
HIGH: Final = "high"
MEDIUM: Final = "medium"
LOW: Final = "low"
SEVERITIES: Final[tuple[Severity, ...]] = get_args(Severity)
"""The gravest first."""
Confidence = Literal["certain", "likely"]


def at_least(severity: Severity, threshold: Severity) -> bool:
    """Whether one is as grave as another."""
    return SEVERITIES.index(severity) <= SEVERITIES.index(threshold)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong."""

    text: str
    form: str = ""
    """What stays the same of it from run to run, where the text holds an age or a count."""
    fact: str = ""
    """The fact of the resource that is wrong, where a rule goes by several."""

    @property
    def lasting(self) -> str:
        return self.form or self.text


@dataclass(frozen=True, slots=True)
class Passes:
    """It is as the rule wants."""

    because: str = ""


@dataclass(frozen=True, slots=True)
class Fails:
    """It is not as the rule wants."""

    faults: tuple[Fault, ...]
    expected: str
    severity: Severity | None = None
    """Where it is graver, or less grave, than the rule usually is."""
    confidence: Confidence | None = None


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """The rule has nothing to say of it."""

    because: str


@dataclass(frozen=True, slots=True)
class Undecided:
    """It cannot be known: what is missing, and why."""

    missing: str
    reason: str


Verdict: TypeAlias = Passes | Fails | NotApplicable | Undecided


def passes(because: str = "") -> Passes:
    return Passes(because)


def fails(
    *faults: str | Fault,
    expected: str = "",
    severity: Severity | None = None,
    confidence: Confidence | None = None,
) -> Fails:
    """At least one thing is wrong."""
    if not faults:
        raise ValueError("a verdict that fails says what is wrong")
    several = tuple(Fault(one) if isinstance(one, str) else one for one in faults)
    return Fails(several, expected, severity, confidence)


def fails_if(*faults: str | Fault | Literal[False] | None, expected: str = "", because: str = "") -> Verdict:
    """Passes where none of these is wrong."""
    found = [fault for fault in faults if fault]
    return fails(*found, expected=expected) if found else Passes(because)


def not_applicable(because: str) -> NotApplicable:
    return NotApplicable(because)
