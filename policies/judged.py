"""What is found in a plan by the terms of a contract, whoever tells the plan?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from itertools import starmap
from pathlib import PurePath
from typing import Final

from bucketwright.circumstances import circumstances
from bucketwright.contract.model import Contract, Exemption
from bucketwright.contract.usual import USUAL, AnyTerms
from bucketwright.contract.words import Profile
from bucketwright.exempting import Exempted, exempted
from bucketwright.findings import Finding, findings_of
from bucketwright.judging import Judgement, Selection, judge
from bucketwright.placing import path_of
from bucketwright.plan import Plan, Resource
from bucketwright.posture import Circumstances, Estate
from policies.planned import Seen, seen

_NOON: Final = time(12, tzinfo=UTC)
_NOBODY: Final[frozenset[str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Measure:
    """By what a plan is judged."""

    selection: Selection
    around: Circumstances
    today: date
    contract: Contract | None = None

    @property
    def terms(self) -> AnyTerms:
        environment = self.around.environment
        return USUAL if environment is None else environment.rules

    @property
    def exemptions(self) -> tuple[Exemption, ...]:
        environment = self.around.environment
        return () if environment is None else environment.exemptions

    @property
    def holding(self) -> tuple[Exemption, ...]:
        """Those that hold on the day."""
        return tuple(one for one in self.exemptions if one.holds_on(self.today))

    @property
    def account(self) -> str | None:
        """The account that deploys, where the contract says which."""
        environment = self.around.environment
        return None if environment is None else environment.account

    def place(self, finding: Finding) -> str:
        """Where the contract speaks of what a finding is about; empty where it does not."""
        contract, environment = self.contract, self.around.environment
        path = path_of(finding, environment) if environment is not None else None
        if contract is None or environment is None or path is None:
            return ""
        return f"{PurePath(contract.source).name}:{contract.where(environment.name, path).line}"


@dataclass(frozen=True, slots=True)
class Judged:
    """All that is said of a plan."""

    estate: Estate
    exempted: Exempted
    """The findings, failing and passing ones, each with the exemption that holds for it."""
    said_by: Mapping[str, tuple[Resource, ...]]
    """The resources of the plan that speak of what has an address."""
    left_open: frozenset[str] = _NOBODY
    """Fingerprints of what is not decided for this alone: the program leaves something as it is."""


def measure(
    contract: Contract | None, environment: str, today: date, profile: Profile | None = None
) -> Measure:
    """The terms of an environment; without a contract the usual ones. A profile that is named goes before."""
    noon = datetime.combine(today, _NOON)
    around = (
        Circumstances(now=noon)
        if contract is None
        else circumstances(contract, noon, [environment])[environment]
    )
    terms = USUAL if around.environment is None else around.environment.rules
    return Measure(Selection.of(terms, profile), around, today, contract)


def findings_in(
    plan: Plan, contract: Contract | None, environment: str, today: date, profile: Profile | None = None
) -> Judged:
    """What is found in the plan of a stack that is made new."""
    return judged(plan, measure(contract, environment, today, profile))


def judged(plan: Plan, by: Measure, there: frozenset[str] = _NOBODY) -> Judged:
    """What is found in a plan; `there` are the URNs of what an earlier one made.

    Of that, what the program leaves unsaid must neither be wrong where AWS makes it new, nor depend on what
    else has become of it since.
    """
    found = seen(plan, account=by.account)
    findings = tuple(findings_of(_judge(found, by)))
    left_open: frozenset[str] = _NOBODY
    if there:
        before = tuple(findings_of(_judge(seen(plan, account=by.account, there=there), by)))
        left_open = frozenset(starmap(_left_open, zip(findings, before, strict=True))) - {""}
        findings = tuple(map(_stricter, findings, before))
    marked = exempted(findings, by.exemptions, by.today)
    return Judged(_around(found, by), marked, found.said_by, left_open)


def _judge(found: Seen, by: Measure) -> Iterator[Judgement]:
    return judge(_around(found, by), by.selection)


def _around(found: Seen, by: Measure) -> Estate:
    """What is seen, with what a verdict may look at beside."""
    return replace(found.estate, circumstances=by.around)


def _stricter(made_new: Finding, was_there: Finding) -> Finding:
    """The two differ only where what is there decides: a fault of the new one holds whatever that is."""
    return made_new if made_new.status == "fail" else was_there


def _left_open(made_new: Finding, was_there: Finding) -> str:
    is_open = was_there.status == "unknown" and made_new.status in {"pass", "not-applicable"}
    return made_new.fingerprint if is_open else ""
