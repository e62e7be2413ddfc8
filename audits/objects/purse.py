"""What may still be asked, for the money that a run may take?"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from audits.objects_budget import SpendingMeter
from bucketwright.contract.lifecycle.classes import USUAL_CLASS
from bucketwright.looking import object_reads
from bucketwright.objects.sources import Source

if TYPE_CHECKING:  # prices are loaded where a budget is named
    from audits.objects_tariff import Tariff

LISTS: Final[Mapping[str, Source]] = {
    object_reads.OBJECTS.operation: "list",
    object_reads.VERSIONS.operation: "list-versions",
    object_reads.UPLOADS.operation: "uploads",
}


class SpentError(Exception):
    """There is nothing left to ask with."""


@dataclass(frozen=True, slots=True)
class Purse:
    """A meter, and what it counts by; without a tariff everything may be asked."""

    meter: SpendingMeter = field(default_factory=SpendingMeter)
    tariff: "Tariff | None" = None
    calls: Counter[Source] = field(default_factory=Counter)
    """How many were made of each sort."""
    _prices: dict[tuple[Source, str], Decimal | None] = field(default_factory=dict)

    def pay(self, source: Source, storage_class: str = "") -> None:
        """For one call; SpentError where that would be one too many."""
        if self.tariff is not None:
            about = (source, storage_class or USUAL_CLASS)
            if about not in self._prices:
                self._prices[about] = self.tariff.each(*about)
            if not self.meter.take(1, self._prices[about]):
                raise SpentError(self.meter.told())
        self.calls[source] += 1
