"""What does a sound contract have to answer for: access, rules it breaks, exemptions that have ended?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from bucketwright.circumstances import circumstances
from bucketwright.contract.access.findings import (
    Escape,
    Finding,
    Oversize,
    Unusable,
)
from bucketwright.contract.access.isolation import check_isolation
from bucketwright.contract.problems import Path, Problem
from bucketwright.contract.words import Profile
from bucketwright.exempting import Exempted, exempted
from bucketwright.findings import findings_of
from bucketwright.judging import Selection, judge
from bucketwright.placing import path_of
from bucketwright.posture import Circumstances, intended_estate, reference
from bucketwright.reports.wording import manual, severity, subject
from bucketwright.verdicts import HIGH
from cli import exemptions
from cli.seen import Placed, Seen, once_each, problems
from cli.twins import twins

if TYPE_CHECKING:
    from bucketwright.contract.model import Contract, Environment

_OF_ACCESS: Final[dict[type[Finding], str]] = {
    Escape: "iam-prefix-overlap",
    Oversize: "policy-too-large",
    Unusable: "grant-unusable",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """All that is found, and what is to be said beside it."""

    found: tuple[Placed, ...]
    undecided: tuple[str, ...]
    unused: tuple[Problem, ...]
    """Exemptions from rules that are kept."""


def answer(
    contract: "Contract", environments: Sequence["Environment"], now: datetime, profile: Profile | None = None
) -> Answer:
    """Each finding once, in the order of the file."""
    judged = list(_judged_each(contract, environments, now, profile))
    seen = [
        one
        for each, rules in judged
        for one in (*_of_access(each), *_of_rules(each, rules), *exemptions.ended(each, now.date()))
    ]
    found = once_each(contract, seen)
    unused = [one for each, rules in judged for one in exemptions.unused(each, rules.unused)]
    return Answer(
        tuple(sorted(found, key=lambda one: (one.problem.line, one.problem.column))),
        tuple(dict.fromkeys(text for _, rules in judged for text in _undecided(rules))),
        problems(contract, unused),
    )


def _judged_each(
    contract: "Contract", environments: Sequence["Environment"], now: datetime, profile: Profile | None
) -> Iterator[tuple["Environment", Exempted]]:
    """What the rules say of each environment; of twins it is worked out once."""
    groups = tuple(twins(environments))
    around = circumstances(contract, now, [first.name for first, *_ in groups])
    for first, *others in groups:
        said = _judged(around[first.name], first, now, profile)
        yield first, said
        yield from ((other, said) for other in others)


def _judged(
    around: Circumstances, environment: "Environment", now: datetime, profile: Profile | None
) -> Exempted:
    """Access that reaches too far has been found by itself, and is not looked for twice."""
    selection = Selection.of(environment.rules, profile)
    judgements = judge(intended_estate(around), selection, without=frozenset(_OF_ACCESS.values()))
    return exempted(findings_of(judgements), environment.exemptions, now.date())


def _of_access(environment: "Environment") -> Iterator[Seen]:
    for finding in check_isolation(environment):
        rule = _OF_ACCESS[type(finding)]
        grave = HIGH if finding.stops_deployment else severity(rule)
        resource, expected = _whom(environment, finding.path), manual(rule).title
        yield Seen(environment, finding.path, str(finding), rule, grave, "", resource, expected)


def _whom(environment: "Environment", path: Path) -> str:
    """The address of the bucket or role that stands at a path; a grantee that is none has no address."""
    match path:
        case ("buckets", str(bucket_id), *_):
            return reference("bucket", bucket_id)
        case ("access", str(access_id), *_) if environment.access[access_id].makes_role():
            return reference("role", access_id)
    return ""


def _of_rules(environment: "Environment", judged: Exempted) -> Iterator[Seen]:
    for one in judged.findings:
        if one.counts:
            yield Seen(
                environment,
                path_of(one, environment) or (),
                f"{subject(one.subject)}: {one.seen}",
                one.rule,
                one.severity,
                manual(one.rule).fix,
                one.subject.address,
                one.expected,
            )


def _undecided(judged: Exempted) -> Iterator[str]:
    for one in judged.findings:
        if one.status == "unknown":
            yield f"not decided, {one.rule}: {subject(one.subject)}: {one.because}"
