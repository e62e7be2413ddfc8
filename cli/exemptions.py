"""Which exemptions have ended, end soon, or exempt nothing?"""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from bucketwright.contract.problems import Path, Problem
from bucketwright.plain_text import counted
from bucketwright.rules.engine import ENGINE
from cli.seen import Seen, problems

if TYPE_CHECKING:
    from bucketwright.contract.model import Contract, Environment, Exemption

SOON: Final = timedelta(days=30)
"""How long before its end an exemption is spoken of."""
_RULE: Final = ENGINE["suppression-expired"]


def ending_soon(
    contract: "Contract", environments: Sequence["Environment"], today: date
) -> tuple[Problem, ...]:
    """Each exemption that still holds, and not for long."""
    return problems(contract, [one for each in environments for one in _ending(each, today)])


def ended(environment: "Environment", today: date) -> Iterator[Seen]:
    """Each exemption that holds no more."""
    for path, exemption in _exemptions(environment):
        if not exemption.holds_on(today):
            message = f"the exemption from {_about(exemption)} ended on {exemption.expires}"
            remedy = f"agree on a later day with {exemption.owner}, or remove it"
            yield Seen(environment, path, message, _RULE.id, _RULE.severity, remedy)


def unused(environment: "Environment", idle: Collection["Exemption"]) -> Iterator[Seen]:
    """Each exemption from a rule that is kept."""
    for path, exemption in _exemptions(environment):
        if exemption in idle:
            message = f"the exemption from {_about(exemption)} exempts nothing: the rule is kept"
            yield Seen(environment, path, message, _RULE.id, _RULE.severity)


def _ending(environment: "Environment", today: date) -> Iterator[Seen]:
    for path, exemption in _exemptions(environment):
        if exemption.holds_on(today) and exemption.expires - today <= SOON:
            left = (exemption.expires - today).days
            when = f"in {counted(left, 'day')}" if left else "today"
            message = f"the exemption from {_about(exemption)} ends {when}, on {exemption.expires}"
            yield Seen(environment, path, message, _RULE.id, _RULE.severity)


def _exemptions(environment: "Environment") -> Iterator[tuple[Path, "Exemption"]]:
    for index, exemption in enumerate(environment.exemptions):
        yield ("exemptions", index, "expires"), exemption


def _about(exemption: "Exemption") -> str:
    """The rule, and what does not have to keep it."""
    place = "/".join(filter(None, (exemption.bucket, exemption.prefix)))
    whom = [*filter(None, (place,)), *([f"role {exemption.role}"] if exemption.role else [])]
    return " for ".join((exemption.rule, *whom))
