"""Which findings are exempted, which exemptions have ended, and which exempt nothing?"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from bucketwright.findings import Finding, Subject
from bucketwright.posture import reference

if TYPE_CHECKING:
    from bucketwright.contract.model import Exemption


@dataclass(frozen=True, slots=True)
class Exempted:
    """Findings with the exemptions that hold for them, and what is to be said of the exemptions."""

    findings: tuple[Finding, ...]
    ended: tuple["Exemption", ...]
    """Past their last day: what they were for is found again."""
    unused: tuple["Exemption", ...]
    """Of rules that were judged and found nothing where these would hold."""


def exempted(findings: Iterable[Finding], exemptions: Sequence["Exemption"], today: date) -> Exempted:
    """The findings, each failing one with the exemption that holds for it today."""
    holding = [one for one in exemptions if one.holds_on(today)]
    marked = tuple(_marked(finding, holding) for finding in findings)
    used = {id(finding.exemption) for finding in marked if finding.exemption is not None}
    idle = (one for one in holding if id(one) not in used and _is_judged(one, marked))
    return Exempted(marked, tuple(one for one in exemptions if not one.holds_on(today)), tuple(idle))


def covers(exemption: "Exemption", finding: Finding) -> bool:
    """Whether an exemption is about this rule and this resource."""
    return exemption.rule == finding.rule and _is_about(exemption, finding.subject)


def _marked(finding: Finding, holding: Sequence["Exemption"]) -> Finding:
    if finding.status != "fail":
        return finding
    found = next((one for one in holding if covers(one, finding)), None)
    return finding if found is None else replace(finding, exemption=found)


def _is_judged(exemption: "Exemption", findings: Iterable[Finding]) -> bool:
    """Whether its rule was decided where it would hold; what is unknown may need it still."""
    about = [one for one in findings if covers(exemption, one)]
    return bool(about) and all(one.status in {"pass", "not-applicable"} for one in about)


def _is_about(exemption: "Exemption", subject: Subject) -> bool:
    return all(_demands(exemption, subject))


def _demands(exemption: "Exemption", subject: Subject) -> Iterator[bool]:
    """One for each thing the exemption is limited to."""
    if exemption.bucket is not None:
        yield subject.bucket == exemption.bucket
    if exemption.prefix is not None:
        yield subject.prefix == exemption.prefix
    if exemption.role is not None:
        yield subject.address == reference("role", exemption.role)
