"""How much lies in a bucket: by prefix, by storage class, by age, and what of it is old or unfinished?"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date
from typing import Final

from bucketwright.contract.cost.lots import Lots
from bucketwright.objects.headings import ELSEWHERE, Heading
from bucketwright.objects.lying import Lying
from bucketwright.objects.unfinished import Uploads

MOST_HEADINGS: Final = 10_000
"""Paths that are counted by themselves; of keys that begin otherwise only the sum is known."""
MOST_CLASSES: Final = 50
"""So many storage classes are told apart, whatever a server calls them."""
AGES: Final[tuple[tuple[int, str], ...]] = (
    (7, "up to 7 days"),
    (30, "8 to 30 days"),
    (90, "31 to 90 days"),
    (365, "91 days to a year"),
    (3 * 365, "1 to 3 years"),
)
"""Days of age at most, and what that is called."""
OLDER: Final = "more than 3 years"
UNKNOWN_AGE: Final = "of unknown age"
_OTHER_CLASSES: Final = "OTHER"


@dataclass(slots=True)
class Space:
    """What lies in one bucket, added up row by row and never held."""

    heading_of: Callable[[str], Heading]
    today: date
    prefixes: dict[Heading, Lots] = field(default_factory=dict)
    """Every version counts."""
    ages: dict[str, Lots] = field(default_factory=dict)
    current: Lots = field(default_factory=Lots)
    """What readers get."""
    old: Lots = field(default_factory=Lots)
    """Versions that newer ones took the place of."""
    markers: int = 0
    uploads: Uploads = field(default_factory=Uploads)

    def add(self, lying: Lying) -> None:
        """One version or delete marker."""
        if lying.is_marker:
            self.markers += 1
            return
        name, size = self._class(lying.storage_class), lying.size
        (self.current if lying.is_latest else self.old).add(name, size)
        self._under(self.heading_of(lying.key)).add(name, size)
        age = self._age(lying)
        if age not in self.ages:
            self.ages[age] = Lots()
        self.ages[age].add(name, size)

    def _class(self, name: str) -> str:
        current, old = self.current.by_class, self.old.by_class
        is_known = name in current or name in old
        return name if is_known or len(current) + len(old) < MOST_CLASSES else _OTHER_CLASSES

    def _under(self, heading: Heading) -> Lots:
        found = self.prefixes.get(heading)
        if found is not None:
            return found
        if len(self.prefixes) >= MOST_HEADINGS and not heading.declared:
            return self.prefixes.setdefault(ELSEWHERE, Lots())
        return self.prefixes.setdefault(heading, Lots())

    def _age(self, lying: Lying) -> str:
        if lying.modified is None:
            return UNKNOWN_AGE
        days = (self.today - lying.modified.astimezone(UTC).date()).days
        return next((name for most, name in AGES if days <= most), OLDER)
