"""What does a plan of a stack say when it is judged, and held against the plan of another commit?"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from bucketwright.changes.access import access_changes
from bucketwright.changes.resources import resource_changes
from bucketwright.changes.retention import retention_changes
from bucketwright.comparing import compared
from bucketwright.contract.cost.differences import Difference, difference
from bucketwright.contract.cost.estimates import estimate
from bucketwright.contract.cost.meters import UnknownPrice
from bucketwright.contract.cost.prices import Prices
from bucketwright.contract.model import Contract, Environment, Exemption
from bucketwright.contract.problems import spelled
from bucketwright.contract.usual import AnyTerms
from bucketwright.contract.words import Profile
from bucketwright.enforcing import blocks
from bucketwright.exempting import Exempted
from bucketwright.findings import Finding
from bucketwright.placing import path_of
from bucketwright.plan import Plan
from bucketwright.posture import Estate
from bucketwright.review import Changes, Place, Review
from bucketwright.verdicts import SEVERITIES
from cli.exemptions import SOON
from policies.judged import findings_in


@dataclass(frozen=True, slots=True)
class Side:
    """A stack as one commit declares it."""

    contract: Contract
    environment: Environment
    plan: Plan
    estate: Estate
    exempted: Exempted

    @property
    def failing(self) -> tuple[Finding, ...]:
        return tuple(one for one in self.exempted.findings if one.status == "fail")


def side(contract: Contract, name: str, plan: Plan, today: date, profile: Profile | None) -> Side:
    """A plan, judged."""
    environment = contract.environments[name]
    found = findings_in(plan, contract, name, today, profile)
    graver_first = tuple(sorted(found.exempted.findings, key=lambda one: _weight(one, environment.rules)))
    return Side(contract, environment, plan, found.estate, replace(found.exempted, findings=graver_first))


def _weight(finding: Finding, terms: AnyTerms) -> tuple[bool, int]:
    """What stops a deployment comes before what does not, and graver before lesser."""
    return not blocks(finding, terms), SEVERITIES.index(finding.severity)


def review(now: Side, file: str, today: date, changes: Changes | None = None) -> Review:
    """The report of a stack."""
    findings = now.exempted.findings
    soon = (one for one in now.environment.exemptions if timedelta(0) <= one.expires - today <= SOON)
    return Review(
        project=now.contract.project,
        stack=now.environment.name,
        today=today,
        terms=now.environment.rules,
        findings=findings,
        places={one.fingerprint: place for one in findings if (place := _place(one, now, file)) is not None},
        changes=changes,
        ended=now.exempted.ended,
        unused=now.exempted.unused,
        ending_soon=tuple(soon),
    )


def changes(reference: str, then: Side | None, now: Side, prices: Prices, today: date) -> Changes:
    """What differs from another commit; where that has no such stack, everything is new."""
    failing = tuple(one for one in now.exempted.findings if one.counts)
    if then is None:
        nothing = Plan(now.plan.project, now.plan.stack, ())
        return Changes(reference, compared((), failing), resource_changes(nothing, now.plan))
    cost = _cost(then, now, prices)
    known = tuple(one for one in then.failing if one.counts)
    return Changes(
        reference=reference,
        findings=compared(known, failing, now.exempted.findings),
        resources=resource_changes(then.plan, now.plan),
        access=access_changes(then.estate, now.estate),
        retention=retention_changes(then.estate, now.estate, today),
        cost=cost if isinstance(cost, Difference) else None,
        cost_unknown=cost if isinstance(cost, str) else "",
        exemptions=_new_exemptions(then, now),
    )


def _cost(then: Side, now: Side, prices: Prices) -> Difference | str:
    try:
        return difference(estimate(then.environment, prices), estimate(now.environment, prices))
    except UnknownPrice as unknown:
        return str(unknown)


def _new_exemptions(then: Side, now: Side) -> tuple[Exemption, ...]:
    return tuple(one for one in now.environment.exemptions if one not in then.environment.exemptions)


def _place(finding: Finding, side: Side, file: str) -> Place | None:
    path = path_of(finding, side.environment)
    if path is None:
        return None
    where = side.contract.where(side.environment.name, path)
    return Place(file, where.line, where.column, where.end_column, spelled(path))
