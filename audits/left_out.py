"""Of how many objects is no more to be learned, because the contract keeps everybody but a scanner out?"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from audits.object_facts import is_left_out
from bucketwright.findings import subject_of
from bucketwright.judging import Judgement
from bucketwright.left_out import LeftOut
from bucketwright.objects.layout import quarantine_of
from bucketwright.posture import Estate

Tell = Callable[[Judgement], object]


@dataclass(slots=True)
class _Counted:
    """Of one quarantine."""

    scanner: str
    objects: int = 0
    last: str = ""
    """All that is said of one object comes together."""
    rules: set[str] = field(default_factory=set)


class Apart:
    """Takes all that is to be said, counts what the contract leaves out, and passes on the rest."""

    def __init__(self, estate: Estate, tell: Tell) -> None:
        self._estate, self._tell = estate, tell
        self._counted: Final[dict[tuple[str, str], _Counted]] = {}

    def take(self, one: Judgement) -> None:
        """One more."""
        if not is_left_out(one.verdict) or not self._count(one):
            self._tell(one)

    def told(self) -> Iterator[LeftOut]:
        """Quarantine by quarantine."""
        for (bucket, prefix), one in sorted(self._counted.items(), key=lambda each: each[0]):
            yield LeftOut(bucket, prefix, one.scanner, one.objects, tuple(sorted(one.rules)))

    def _count(self, one: Judgement) -> bool:
        """Whether it waits in a quarantine that is known."""
        subject = subject_of(one.posture)
        place = quarantine_of(self._estate, subject.bucket)(subject.key)
        if place is None or place.prefix.quarantine is None:
            return False
        fresh = _Counted(place.prefix.quarantine.scanner)
        counted = self._counted.setdefault((subject.bucket, place.prefix_id), fresh)
        counted.objects += subject.address != counted.last
        counted.last = subject.address
        counted.rules.add(one.rule.id)
        return True
