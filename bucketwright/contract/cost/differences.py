"""What does a change of a contract do to its cost, line by line?"""

from dataclasses import dataclass
from decimal import Decimal

from bucketwright.contract.cost.estimates import Estimate
from bucketwright.contract.cost.measures import EXACT, sum_exactly
from bucketwright.contract.cost.pricing import Line
from bucketwright.contract.cost.uses import Gap, Kind

_Key = tuple[str, str | None, Kind, str, str]


@dataclass(frozen=True, slots=True)
class Shift:
    """One line's dollars a month before and after; a line that is not there costs nothing."""

    bucket: str
    prefix: str | None
    kind: Kind
    what: str
    region: str
    before: Decimal
    after: Decimal

    @property
    def delta(self) -> Decimal:
        """Dollars a month more, or fewer where it is negative."""
        return EXACT.subtract(self.after, self.before)


@dataclass(frozen=True, slots=True)
class Difference:
    """Two estimates side by side."""

    before: Decimal
    after: Decimal
    shifts: tuple[Shift, ...]
    """The lines that changed, the largest change first."""
    new_gaps: tuple[Gap, ...]
    """What could be counted before, or was not there."""
    closed_gaps: tuple[Gap, ...]
    """What can be counted now, or is gone."""
    same_prices: bool
    """Whether one price table made both, so that only the contract differs."""

    @property
    def delta(self) -> Decimal:
        """Dollars a month more, or fewer where it is negative."""
        return EXACT.subtract(self.after, self.before)


def difference(before: Estimate, after: Estimate) -> Difference:
    """Compare two estimates of what is meant to be the same environment."""
    old, new = _amounts(before), _amounts(after)
    zero = Decimal(0)
    shifts = [Shift(*key, old.get(key, zero), new.get(key, zero)) for key in {**old, **new}]
    changed = sorted((shift for shift in shifts if shift.delta), key=lambda shift: -abs(shift.delta))
    return Difference(
        before.total,
        after.total,
        tuple(changed),
        tuple(gap for gap in after.gaps if gap not in before.gaps),
        tuple(gap for gap in before.gaps if gap not in after.gaps),
        before.prices == after.prices,
    )


def _amounts(estimate: Estimate) -> dict[_Key, Decimal]:
    grouped: dict[_Key, list[Line]] = {}
    for line in estimate.lines:
        key = (line.bucket, line.prefix, line.kind, line.what, line.region)
        grouped.setdefault(key, []).append(line)
    return {key: sum_exactly(line.dollars for line in lines) for key, lines in grouped.items()}
