"""Which numbers does the page draw: severities by resource, and what was open after each run?"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from bucketwright.contract.words import Severity
from bucketwright.history import Tally
from bucketwright.plain_text import clipped
from bucketwright.verdicts import SEVERITIES

if TYPE_CHECKING:
    from bucketwright.audited import Audit
    from bucketwright.reports.html.found import Resource

MOST_ROWS: Final = 500
MOST_DRAWN: Final = 20
MOST_RUNS: Final = 30
_LABEL: Final = 40


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a bar."""

    severity: Severity
    begins: float
    length: float


@dataclass(frozen=True, slots=True)
class Row:
    """A bar, and a row of the table under it."""

    label: str
    counts: Mapping[Severity, int]
    anchor: str = ""
    undecided: int = 0

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    def pieces(self, longest: int) -> Iterator[Piece]:
        """Its bar, the longest of all being a hundred long."""
        before = 0
        for severity in SEVERITIES:
            count = self.counts.get(severity, 0)
            if count:
                yield Piece(severity, round(100 * before / longest, 1), round(100 * count / longest, 1))
            before += count


def by_resource(resources: Iterable["Resource"]) -> tuple[Row, ...]:
    """In the order of the resources, each under a label of its own."""
    several = tuple(resources)
    labels = _distinct(clipped(one.name, _LABEL) for one in several)
    return tuple(Row(label, one.counts, one.anchor) for label, one in zip(labels, several, strict=True))


def by_run(audit: "Audit") -> tuple[Row, ...]:
    """How much was known to be open after each run; of many runs the last of each day."""
    moments = sorted({one.time for part in audit.parts for one in part.tallies})
    if len(moments) > MOST_RUNS:
        last: dict[date, datetime] = {one.date(): one for one in moments}
        moments = list(last.values())
    several = moments[-MOST_RUNS:]
    labels = _distinct(f"{one:%Y-%m-%d %H:%M}" for one in several)
    return tuple(_at(moment, label, audit) for moment, label in zip(several, labels, strict=True))


def _distinct(labels: Iterable[str]) -> Iterator[str]:
    """No two alike: figures know things by their labels."""
    used: Counter[str] = Counter()
    for label in labels:
        used[label] += 1
        yield f"{label} ({used[label]})" if used[label] > 1 else label


def _at(moment: datetime, label: str, audit: "Audit") -> Row:
    """Of all accounts together; of one that was not looked at then, what was known before."""
    known = [_last(part.tallies, moment) for part in audit.parts]
    told = [one for one in known if one is not None]
    counts = {severity: sum(one.counts.get(severity, 0) for one in told) for severity in SEVERITIES}
    return Row(label, counts, undecided=sum(one.undecided for one in told))


def _last(tallies: Sequence[Tally], moment: datetime) -> Tally | None:
    return next((one for one in reversed(tallies) if one.time <= moment), None)
