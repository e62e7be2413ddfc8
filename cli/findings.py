"""What does a sound contract have to answer for: access that reaches too far, exemptions that have ended?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from bucketwright.contract.access import check_isolation
from bucketwright.contract.model import Contract, Environment, Exemption
from bucketwright.contract.problems import Path, Problem, spelled
from bucketwright.contract.terms import Severity
from bucketwright.verdicts import HIGH, MEDIUM
from cli.output import counted

SOON: Final = timedelta(days=30)
"""How long before its end an exemption is spoken of."""


@dataclass(frozen=True, slots=True)
class Found:
    """A finding where it is declared, and how grave it is."""

    problem: Problem
    severity: Severity


@dataclass(frozen=True, slots=True)
class _Seen:
    """A finding in one environment."""

    environment: Environment
    path: Path
    message: str
    severity: Severity
    help: str = ""

    @property
    def anywhere(self) -> tuple[Path, str]:
        """What it has in common with the same finding in other environments."""
        return self.path, self.message.replace(f"{self.environment.name}/", "")


def findings(contract: Contract, environments: Sequence[Environment], today: date) -> tuple[Found, ...]:
    """Each finding once, in the order of the file."""
    seen = [one for each in environments for one in (*_of_access(each), *_ended(each, today))]
    found = [Found(problem, of.severity) for of, problem in _once_each(contract, seen)]
    return tuple(sorted(found, key=lambda one: (one.problem.line, one.problem.column)))


def ending_soon(contract: Contract, environments: Sequence[Environment], today: date) -> Iterator[Problem]:
    """Each exemption that still holds, and not for long."""
    seen = [one for each in environments for one in _ending(each, today)]
    return (problem for _, problem in _once_each(contract, seen))


def _once_each(contract: Contract, seen: Sequence[_Seen]) -> Iterator[tuple[_Seen, Problem]]:
    """The first of those that differ by their environments alone, with all these environments named."""
    alike: dict[object, list[_Seen]] = {}
    for one in seen:
        alike.setdefault(one.anywhere, []).append(one)
    for first, *others in alike.values():
        name = first.environment.name
        so = f" and so in {', '.join(other.environment.name for other in others)}" if others else ""
        place = contract.where(name, first.path)
        yield (
            first,
            Problem(
                source=contract.source,
                line=place.line,
                column=place.column,
                end_column=place.end_column,
                path=spelled(first.path),
                message=f"in {name}{so}, {first.message}",
                help=first.help,
            ),
        )


def _of_access(environment: Environment) -> Iterator[_Seen]:
    for finding in check_isolation(environment):
        yield _Seen(environment, finding.path, str(finding), HIGH if finding.stops_deployment else MEDIUM)


def _ended(environment: Environment, today: date) -> Iterator[_Seen]:
    for path, exemption in _exemptions(environment):
        if not exemption.holds_on(today):
            message = f"the exemption from {_about(exemption)} ended on {exemption.expires}"
            remedy = f"agree on a later day with {exemption.owner}, or remove it"
            yield _Seen(environment, path, message, MEDIUM, remedy)


def _ending(environment: Environment, today: date) -> Iterator[_Seen]:
    for path, exemption in _exemptions(environment):
        if exemption.holds_on(today) and exemption.expires - today <= SOON:
            left = (exemption.expires - today).days
            when = f"in {counted(left, 'day')}" if left else "today"
            message = f"the exemption from {_about(exemption)} ends {when}, on {exemption.expires}"
            yield _Seen(environment, path, message, MEDIUM)


def _exemptions(environment: Environment) -> Iterator[tuple[Path, Exemption]]:
    for index, exemption in enumerate(environment.exemptions):
        yield ("exemptions", index, "expires"), exemption


def _about(exemption: Exemption) -> str:
    """The rule, and what does not have to keep it."""
    place = "/".join(filter(None, (exemption.bucket, exemption.prefix)))
    whom = [*filter(None, (place,)), *([f"role {exemption.role}"] if exemption.role else [])]
    return " for ".join((exemption.rule, *whom))
