"""Of which environment of which contract is an audit, and where does the contract speak of a finding?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bucketwright.audited import exemption_address
from bucketwright.circumstances import circumstances
from bucketwright.contract.problems import Path as Way
from bucketwright.contract.problems import spelled
from bucketwright.findings import Finding
from bucketwright.placing import path_of
from bucketwright.posture import Circumstances
from bucketwright.review import Place
from cli.git import within_repository
from cli.output import Output
from cli.sound import sound_stack

if TYPE_CHECKING:
    from bucketwright.contract.model import Contract, Environment


@dataclass(frozen=True, slots=True)
class Stack:
    """An environment of a contract, and the file that it stands in."""

    contract: "Contract"
    environment: "Environment"
    file: str

    def places(self, findings: tuple[Finding, ...]) -> Mapping[str, Place]:
        """Where the contract speaks of each finding."""
        return {one.fingerprint: self._place(way) for one in findings if (way := self._way(one)) is not None}

    def _way(self, finding: Finding) -> Way | None:
        for number, one in enumerate(self.environment.exemptions):
            if exemption_address(one) == finding.subject.address:
                return ("exemptions", number, "expires")
        return path_of(finding, self.environment)

    def _place(self, way: Way) -> Place:
        where = self.contract.where(self.environment.name, way)
        return Place(self.file, where.line, where.column, where.end_column, spelled(way))

    def around(self, now: datetime) -> Circumstances:
        """What a verdict may look at beside what is live."""
        return circumstances(self.contract, now, [self.environment.name])[self.environment.name]


def sound(named: Path | None, name: str, output: Output) -> Stack:
    """The one of that name, of a contract that loads and would be deployed; else that ends the run."""
    source, contract = sound_stack(named, name, output)
    return Stack(contract, contract.environments[name], within_repository(source))
