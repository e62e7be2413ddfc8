"""What does a sound contract have to answer for: access, rules it breaks, exemptions that have ended?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bucketwright.contract.access import Escape, Finding, Oversize, Unusable, check_isolation
from bucketwright.contract.model import Contract, Environment
from bucketwright.contract.problems import ContractError, Path, Problem
from bucketwright.contract.terms import Profile, Severity
from bucketwright.exempting import Exempted, exempted
from bucketwright.findings import findings_of
from bucketwright.judging import Selection, circumstances, intended_estate, judge
from bucketwright.placing import path_of
from bucketwright.plain_text import did_you_mean, shown
from bucketwright.posture import Circumstances
from bucketwright.reports.wording import manual, severity, subject
from bucketwright.rules import catalogue
from bucketwright.rules.engine import ENGINE, WAITING
from bucketwright.verdicts import HIGH
from cli import exemptions
from cli.seen import Seen, once_each, problems
from cli.twins import twins

_OF_ACCESS: Final[dict[type[Finding], str]] = {
    Escape: "iam-prefix-overlap",
    Oversize: "policy-too-large",
    Unusable: "grant-unusable",
}


@dataclass(frozen=True, slots=True)
class Found:
    """A finding where it is declared, and how grave it is."""

    problem: Problem
    severity: Severity
    rule: str


@dataclass(frozen=True, slots=True)
class Answer:
    """All that is found, and what is to be said beside it."""

    found: tuple[Found, ...]
    undecided: tuple[str, ...]
    unused: tuple[Problem, ...]
    """Exemptions from rules that are kept."""


def answer(
    contract: Contract, environments: Sequence[Environment], now: datetime, profile: Profile | None = None
) -> Answer:
    """Each finding once, in the order of the file."""
    judged = list(_judged_each(contract, environments, now, profile))
    seen = [
        one
        for each, rules in judged
        for one in (*_of_access(each), *_of_rules(each, rules), *exemptions.ended(each, now.date()))
    ]
    found = [Found(problem, of.severity, of.rule) for of, problem in once_each(contract, seen)]
    unused = [one for each, rules in judged for one in exemptions.unused(each, rules.unused)]
    return Answer(
        tuple(sorted(found, key=lambda one: (one.problem.line, one.problem.column))),
        tuple(dict.fromkeys(text for _, rules in judged for text in _undecided(rules))),
        problems(contract, unused),
    )


def knowing(contract: Contract, text: str) -> Contract:
    """The contract, if every rule it names is known; ContractError with each that is not."""
    known = {*catalogue(), *ENGINE, *WAITING}
    seen = [
        Seen(each, path, f"no rule is called {shown(rule_id)}", rule_id, HIGH, did_you_mean(rule_id, known))
        for each in contract.environments.values()
        for path, rule_id in _named(each)
        if rule_id not in known
    ]
    if seen:
        raise ContractError(problems(contract, seen), text)
    return contract


def _named(environment: Environment) -> Iterator[tuple[Path, str]]:
    yield from ((("exemptions", n, "rule"), one.rule) for n, one in enumerate(environment.exemptions))
    yield from ((("rules", "also", n), one) for n, one in enumerate(environment.rules.also))
    yield from ((("rules", "enforcement", one), one) for one in environment.rules.enforcement)


def _judged_each(
    contract: Contract, environments: Sequence[Environment], now: datetime, profile: Profile | None
) -> Iterator[tuple[Environment, Exempted]]:
    """What the rules say of each environment; of twins it is worked out once."""
    groups = tuple(twins(environments))
    around = circumstances(contract, now, [first.name for first, *_ in groups])
    for first, *others in groups:
        said = _judged(around[first.name], first, now, profile)
        yield first, said
        yield from ((other, said) for other in others)


def _judged(
    around: Circumstances, environment: Environment, now: datetime, profile: Profile | None
) -> Exempted:
    """Access that reaches too far has been found by itself, and is not looked for twice."""
    selection = Selection.of(environment.rules, profile)
    judgements = judge(intended_estate(around), selection, without=frozenset(_OF_ACCESS.values()))
    return exempted(findings_of(judgements), environment.exemptions, now.date())


def _of_access(environment: Environment) -> Iterator[Seen]:
    for finding in check_isolation(environment):
        rule = _OF_ACCESS[type(finding)]
        grave = HIGH if finding.stops_deployment else severity(rule)
        yield Seen(environment, finding.path, str(finding), rule, grave)


def _of_rules(environment: Environment, judged: Exempted) -> Iterator[Seen]:
    for one in judged.findings:
        if one.counts:
            what = f"{one.rule}: {subject(one.subject)}: {one.seen}"
            path = path_of(one, environment) or ()
            yield Seen(environment, path, what, one.rule, one.severity, manual(one.rule).fix)


def _undecided(judged: Exempted) -> Iterator[str]:
    for one in judged.findings:
        if one.status == "unknown":
            yield f"not decided, {one.rule}: {subject(one.subject)}: {one.because}"
