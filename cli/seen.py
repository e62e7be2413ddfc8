"""Where in the contract does a finding stand, once for all environments in which it is the same?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bucketwright.contract.problems import Path, Problem, spelled
from bucketwright.contract.words import Severity

if TYPE_CHECKING:
    from bucketwright.contract.model import Contract, Environment


@dataclass(frozen=True, slots=True)
class Seen:
    """A finding in one environment."""

    environment: "Environment"
    path: Path
    message: str
    rule: str
    severity: Severity
    help: str = ""
    resource: str = ""
    """The address of what it is about, where it is about one resource."""
    expected: str = ""

    @property
    def anywhere(self) -> tuple[str, Path, str]:
        """What it has in common with the same finding in other environments."""
        return self.rule, self.path, self.message.replace(f"{self.environment.name}/", "")


@dataclass(frozen=True, slots=True)
class Placed:
    """A finding where it is declared, for all environments in which it is the same."""

    seen: Seen
    """In the first of them."""
    environments: tuple[str, ...]
    problem: Problem


def once_each(contract: "Contract", seen: Sequence[Seen]) -> Iterator[Placed]:
    """The first of those that differ by their environments alone, with all these environments named."""
    alike: dict[object, list[Seen]] = {}
    for one in seen:
        alike.setdefault(one.anywhere, []).append(one)
    for first, *others in alike.values():
        name = first.environment.name
        so = f" and so in {', '.join(other.environment.name for other in others)}" if others else ""
        place = contract.where(name, first.path)
        problem = Problem(
            source=contract.source,
            line=place.line,
            column=place.column,
            end_column=place.end_column,
            path=spelled(first.path),
            message=f"in {name}{so}, {first.message}",
            help=first.help,
        )
        yield Placed(first, (name, *(other.environment.name for other in others)), problem)


def problems(contract: "Contract", seen: Sequence[Seen]) -> tuple[Problem, ...]:
    """The same without what they were made of."""
    return tuple(one.problem for one in once_each(contract, seen))
