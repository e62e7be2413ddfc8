"""Which of very many findings are told one by one? The gravest, by their addresses; the others are counted.

Whichever comes first, the same ones stay, so that one run can be compared with the next.
"""

from collections import Counter
from collections.abc import Iterator
from heapq import heappush, heappushpop
from typing import Final

from audits.object_scan import Unlooked
from bucketwright.judging import Judgement
from bucketwright.plain_text import counted
from bucketwright.verdicts import SEVERITIES

MOST_TOLD: Final = 20_000
"""Of one run: each takes some kilobytes until the report is written."""


class Gravest:
    """Takes what is to be said, and keeps so much of it."""

    def __init__(self, most: int = MOST_TOLD) -> None:
        self._most: Final = most
        self._kept: Final[list[_Ranked]] = []
        """The least grave on top."""
        self._others: Final[Counter[tuple[str, str]]] = Counter()
        """By bucket and rule."""

    def take(self, one: Judgement) -> None:
        """One more."""
        if len(self._kept) < self._most:
            heappush(self._kept, _Ranked(one))
            return
        left_out = heappushpop(self._kept, _Ranked(one)).judgement
        self._others[str(left_out.posture.told("bucket")), left_out.rule.id] += 1

    def told(self) -> list[Judgement]:
        """Those that are told."""
        return [one.judgement for one in self._kept]

    def others(self) -> Iterator[Unlooked]:
        """How many are not, bucket by bucket."""
        for bucket in sorted({bucket for bucket, _ in self._others}):
            rules = sorted(rule for where, rule in self._others if where == bucket)
            said = ", ".join(f"{counted(self._others[bucket, rule], 'finding')} of {rule}" for rule in rules)
            what = f"objects beyond the {self._most:,} gravest findings"
            yield Unlooked(bucket, what, f"not told one by one: {said}")


class _Ranked:
    """Less than another if it is told after it."""

    __slots__ = ("judgement", "rank")

    def __init__(self, judgement: Judgement) -> None:
        self.judgement: Final = judgement
        severity, rule = SEVERITIES.index(judgement.severity), judgement.rule.id
        self.rank: Final = (severity, judgement.posture.address, rule)

    def __lt__(self, other: "_Ranked") -> bool:
        return self.rank > other.rank
