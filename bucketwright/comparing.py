"""What is new since the last time, what is gone, and what is as it was?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from bucketwright.contract.words import Severity
from bucketwright.findings import Finding
from bucketwright.verdicts import at_least


class Known(Protocol):
    """What has to be remembered of a finding to know it again."""

    @property
    def fingerprint(self) -> str: ...
    @property
    def forms(self) -> frozenset[str]: ...
    @property
    def severity(self) -> Severity: ...


@dataclass(frozen=True, slots=True)
class Comparison:
    """Findings that fail now or failed then."""

    new: tuple[Finding, ...] = ()
    """Not there before, or there in a lesser form."""
    fixed: tuple[Known, ...] = ()
    unchanged: tuple[Finding, ...] = ()
    worse: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Of a new finding that was there in a lesser form: what is wrong now that was not, by fingerprint."""


def compared(
    before: Iterable[Known], after: Iterable[Finding], decided: Iterable[Finding] = ()
) -> Comparison:
    """What became of the findings. One of which nothing is decided now is not fixed, it is only not seen."""
    earlier = {one.fingerprint: one for one in before}
    new, unchanged, worse = [], [], {}
    for finding in after:
        known = earlier.pop(finding.fingerprint, None)
        if known is not None and not _is_worse(finding, known):
            unchanged.append(finding)
            continue
        new.append(finding)
        if known is not None:
            worse[finding.fingerprint] = finding.forms - known.forms
    open_still = {one.fingerprint for one in decided if one.status == "unknown"}
    fixed = tuple(one for fingerprint, one in earlier.items() if fingerprint not in open_still)
    return Comparison(tuple(new), fixed, tuple(unchanged), worse)


def _is_worse(now: Finding, then: Known) -> bool:
    graver = not at_least(then.severity, now.severity)
    return graver or not now.forms <= then.forms
