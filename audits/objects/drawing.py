"""Of which objects is more asked than a list says: of all, or of some that stand for the others?"""

from typing import Final, Protocol, TypeAlias

from audits.object_facts import Home
from audits.object_scan import Unlooked
from audits.objects.crew import Crew
from audits.objects.verdicts import Judges, Waiting
from audits.objects.visits import Visit
from audits.sampling import Sample, told
from bucketwright.objects.headings import headings
from bucketwright.objects.layout import bucket_places
from bucketwright.posture import Estate

Item: TypeAlias = tuple[Waiting, Visit]


class Skip(Protocol):
    """Takes what could not be looked at."""

    def __call__(self, one: Unlooked, /) -> None: ...


class Everything:
    """Of all, while the list goes on."""

    def __init__(self, _home: Home, _estate: Estate, _skip: Skip, _judges: Judges) -> None:
        """Whatever the bucket is."""

    async def take(self, items: list[Item], crew: Crew[Item]) -> None:
        """Let these be asked about."""
        await crew.take(items)

    async def end(self, crew: Crew[Item]) -> None:
        """The list is at its end."""
        await crew.done()


class Sampled:
    """Of some from each prefix, once all are listed; how many the others are is told."""

    def __init__(self, home: Home, estate: Estate, skip: Skip, judges: Judges) -> None:
        declared = headings(bucket_places(estate, home.bucket_id))
        self._sample: Final = Sample[Item](declared, spare=lambda item: judges.leave(item[0]))
        self._address, self._skip, self._judges = home.address, skip, judges

    async def take(self, items: list[Item], _crew: Crew[Item]) -> None:
        """Let each be among those that may be drawn."""
        for item in items:
            row = item[0].one.row
            self._sample.offer(item, row.key, row.version)

    async def end(self, crew: Crew[Item]) -> None:
        """Ask about those that are drawn; the others were not looked at."""
        judges = self._judges
        for drawn in self._sample.drawn():
            before, left, shut = judges.wrong, judges.left, judges.shut
            await crew.take(drawn.rows)
            await crew.done()
            if drawn.seen > len(drawn.rows) and judges.left == left:
                looked = len(drawn.rows) - (judges.shut - shut)
                said = told(judges.wrong - before, looked, drawn.seen)
                self._skip(Unlooked(self._address, f"objects by sample, {drawn.stratum}", said))
