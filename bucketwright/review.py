"""What does a change of one stack mean, in one piece for whichever report?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from bucketwright.comparing import Comparison
from bucketwright.enforcing import blocks
from bucketwright.findings import Finding

if TYPE_CHECKING:
    from bucketwright.changes.access import AccessChange
    from bucketwright.changes.radius import Radius
    from bucketwright.changes.resources import ResourceChange
    from bucketwright.changes.retention import RetentionChange
    from bucketwright.contract.cost.differences import Difference
    from bucketwright.contract.model import Exemption
    from bucketwright.contract.usual import AnyTerms


@dataclass(frozen=True, slots=True)
class Place:
    """Where a file of the repository speaks of something."""

    file: str
    """Relative to the root of the repository."""
    line: int
    column: int
    end_column: int
    path: str = ""
    """The way there in the contract, such as `buckets.files.versioning`."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs from what it is held against."""

    reference: str
    """What it is held against, as the user named it."""
    findings: Comparison
    resources: tuple["ResourceChange", ...] = ()
    access: tuple["AccessChange", ...] = ()
    retention: tuple["RetentionChange", ...] = ()
    cost: "Difference | None" = None
    cost_unknown: str = ""
    """Why nothing is said of it."""
    exemptions: tuple["Exemption", ...] = ()
    """Those that were not there before."""
    radius: "Radius | None" = None
    """Which objects it hits; None where no ledger was asked."""


@dataclass(frozen=True, slots=True)
class Review:
    """One stack, judged."""

    project: str
    stack: str
    today: date
    terms: "AnyTerms"
    findings: tuple[Finding, ...]
    """All of them: failing, exempted, unknown, passing."""
    places: Mapping[str, Place] = field(default_factory=dict)
    """Where the contract speaks of a finding, by its fingerprint."""
    changes: Changes | None = None
    ended: tuple["Exemption", ...] = ()
    unused: tuple["Exemption", ...] = ()
    ending_soon: tuple["Exemption", ...] = ()

    @property
    def blocking(self) -> tuple[Finding, ...]:
        """What stops a deployment."""
        return tuple(one for one in self.findings if blocks(one, self.terms))

    @property
    def failing(self) -> tuple[Finding, ...]:
        """What nobody has exempted."""
        return tuple(one for one in self.findings if one.counts)

    @property
    def exempted(self) -> tuple[Finding, ...]:
        return tuple(one for one in self.findings if one.exemption is not None)

    @property
    def unknown(self) -> tuple[Finding, ...]:
        return tuple(one for one in self.findings if one.status == "unknown")
