"""What is to be said of all that lies in one bucket? Objects are asked about while the list goes on."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final, TypeAlias, TypeVar

from audits import object_facts as facts_of
from audits.object_facts import Home
from audits.object_scan import Needed, Unlooked
from audits.objects import known
from audits.objects.crew import Crew
from audits.objects.drawing import Everything, Item, Sampled
from audits.objects.heads import Heads
from audits.objects.lasting import later
from audits.objects.place import Place
from audits.objects.purse import LISTS, Purse, SpentError
from audits.objects.questions import Asker, GoneError
from audits.objects.verdicts import Judges, Tell, Waiting
from audits.objects.visits import AnyPage, Forgetful, Visit, Visits
from bucketwright.calls import Answer, Failure
from bucketwright.estate import BucketPosture
from bucketwright.facets.reading import Read, reason_of
from bucketwright.facets.said import Said
from bucketwright.judging import Judgement
from bucketwright.looking import object_reads
from bucketwright.objects.postures import ObjectPosture, UploadPosture
from bucketwright.objects.unfinished import Uploads
from bucketwright.posture import Estate, Posture
from bucketwright.rules.rule import Rule
from bucketwright.s3.wire.rows import Page, Upload
from bucketwright.verdicts import Fails, Undecided

_AT_ONCE: Final = 256
_WAITING: Final = 2_000
Listed = TypeVar("Listed")
Skip: TypeAlias = Callable[[Unlooked], None]


@dataclass(slots=True)
class Tally:
    """How far a run is."""

    listed: int = 0
    asked: int = 0
    expected: int = 0
    """How many may be listed in all; 0 where nobody knows."""


@dataclass(frozen=True, slots=True)
class Listener:
    """Whom to tell what is found, what cannot be looked at, and how far it is."""

    tell: Tell
    skip: Skip
    tally: Tally = field(default_factory=Tally)
    purse: Purse = field(default_factory=Purse)


@dataclass(frozen=True, slots=True)
class Wanted:
    """By what is judged."""

    rules: tuple[Rule[Posture], ...]
    estate: Estate
    account: str = ""
    """To whom the buckets have to belong; empty where that does not matter."""
    by_sample: bool = False
    """Whether some objects stand for all of which something has to be asked."""


class Contents:
    """What lies in one bucket, judged by some rules."""

    def __init__(
        self, place: Place, home: Home, wanted: Wanted, listener: Listener, visits: Visits | None = None
    ) -> None:
        """With `visits` there is something known from earlier."""
        self._place, self._home, self._listener = place, home, listener
        self._visits: Final = visits or Forgetful()
        estate = self._estate = wanted.estate
        self._rules: Final = wanted.rules
        self._skipped: Final[set[str]] = set()
        self._has_seen_tags = False
        needed = Needed.by(self._rules).facts[ObjectPosture.kind]
        bucket = estate.follow(home.address, BucketPosture)
        self._keeps_one = bucket.told("versioning") == "Disabled"
        asks_acl = bucket.told("ownership") != "BucketOwnerEnforced"
        self._base: Final = known.base(home, needed, asks_acl=asks_acl)
        self._asker: Final = Asker(place, home, Heads(home, needed), listener.purse)
        self._judges: Final = Judges(self._rules, estate, listener.tell, later if visits else None)
        draw = Sampled if wanted.by_sample else Everything
        self._draw: Final = draw(home, estate, listener.skip, self._judges)

    async def uploads(self) -> None:
        """The uploads that nobody finished."""
        rules = [one for one in self._rules if one.kind is UploadPosture]
        told, what = Uploads(), "unfinished uploads"
        async for page in self._whole(self._place.uploads(), what, object_reads.UPLOADS):
            for row in page.rows:
                told.add(row.size if isinstance(row.size, int) else None)
                posture = self._upload(row)
                for rule in rules:
                    verdict = rule.verdict(posture, self._estate)
                    if isinstance(verdict, Fails | Undecided):
                        self._listener.tell(Judgement(rule, posture, verdict))
        if what not in self._skipped:
            self._visits.uploads(told)

    async def objects(self) -> None:
        """Every object; where the bucket may hold older versions, every version and delete marker."""
        async with asyncio.TaskGroup() as group:
            with Crew(self._begin, group, _AT_ONCE, _WAITING) as crew:
                async for page in self._pages():
                    items = self._judged(self._visits.visit(page))
                    await self._see_tags(items)
                    await self._draw.take(items, crew)
                await self._draw.end(crew)

    async def _see_tags(self, items: Sequence[Item]) -> None:
        """Once, before the first headers: S3 counts tags in them only for whoever may read tags, which is
        seen by those of one object. A budget is for what is told beforehand."""
        if self._has_seen_tags or not self._visits.needs_tags_shown or self._listener.purse.tariff:
            return
        first = next((waiting.one for waiting, _ in items if "head" in waiting.questions), None)
        may_read = None if first is None else await self._asker.may_read_tags(first)
        self._has_seen_tags = may_read is not None
        if may_read:
            self._visits.show_tags()

    async def _pages(self) -> AsyncIterator[AnyPage]:
        if not self._keeps_one:
            async for several in self._whole(self._place.versions(), "objects", object_reads.VERSIONS):
                yield several
        if self._keeps_one:
            async for keys in self._whole(self._place.keys(), "objects", object_reads.OBJECTS):
                yield keys

    def _judged(self, visit: Visit) -> list[Item]:
        """Judge what needs no question; what has some is left."""
        things = known.keys if self._keeps_one else known.versions
        found: list[Item] = []
        for thing in things(visit.rows, self._base, self._home):
            visit.recall(thing)
            waiting = self._judges.first(thing)
            if waiting is not None:
                visit.begun()
                found.append((waiting, visit))
        visit.done()
        return found

    async def _whole(
        self, pages: AsyncIterator[Page[Listed]], what: str, read: Read
    ) -> AsyncIterator[Page[Listed]]:
        """All pages, as long as there is money; what of a list did not come is told."""
        async for page in pages:
            if page.failure is not None and page.failure.is_not_asked and read is object_reads.VERSIONS:
                self._keeps_one = True
                return
            try:
                self._listener.purse.pay(LISTS[read.operation])
            except SpentError as spent:
                self._skip(what, str(spent))
                return
            self._listener.tally.listed += len(page.rows)
            if page.failure is None:
                yield page
            else:
                self._skip(what, f"{read.operation}: {reason_of(page.failure, read)}")

    def _skip(self, what: str, reason: str) -> None:
        """Say once that not all of it was looked at."""
        if what not in self._skipped:
            self._skipped.add(what)
            self._listener.skip(Unlooked(self._home.address, what, reason))

    def _begin(self, item: Item, crew: Crew[Item]) -> None:
        """Ask for the headers, which is all that most need; nobody waits for them."""
        waiting, visit = item
        if "head" not in waiting.questions:
            crew.go_on(self._settle(item))
            return
        try:
            self._asker.begin_head(waiting.one, partial(self._headed, item, crew))
        except SpentError as spent:
            self._leave(waiting, visit, spent)
            crew.ended()

    def _headed(
        self, item: Item, crew: Crew[Item], came: Mapping[str, str] | Failure | BaseException
    ) -> None:
        """Go on with what the headers tell."""
        if crew.is_over:
            return
        if isinstance(came, BaseException):
            crew.broken(came)
        elif isinstance(came, Failure):
            crew.go_on(self._settle(item, came))
        else:
            try:
                self._judge_again(item, crew, came)
            except Exception as error:  # noqa: BLE001 - the group raises it
                crew.broken(error)

    def _judge_again(self, item: Item, crew: Crew[Item], headers: Mapping[str, str]) -> None:
        waiting, visit = item
        self._asker.headed(waiting.one, headers)
        more = self._judges.again(waiting)
        if more is None:
            self._asked(visit)
            crew.ended()
        else:
            crew.go_on(self._settle((more, visit)))

    async def _settle(self, item: Item, failure: Failure | None = None) -> None:
        """Ask until every rule can tell; `failure`: why there are no headers."""
        first, visit = item
        what: Waiting | None = first
        try:
            if failure is not None:
                await self._asker.unheaded(first.one, failure)
                what = self._judges.again(first)
            while what is not None:
                for question in sorted(what.questions):
                    await self._asker.learn(what.one, question)
                what = self._judges.again(what)
        except GoneError:
            first.one.is_gone = True  # of what is gone meanwhile there is nothing to say
        except SpentError as spent:
            what = self._judges.again(what or first)  # by what was answered before
            if what is not None:
                self._leave(what, visit, spent)
                return
        self._asked(visit)

    def _leave(self, what: Waiting, visit: Visit, spent: SpentError) -> None:
        """There is nothing left to ask about it with; what is under way of others is still answered."""
        self._skip("objects", str(spent))
        self._judges.leave(what)
        visit.done()

    def _asked(self, visit: Visit) -> None:
        """All is known of one thing."""
        self._listener.tally.asked += 1
        visit.done()

    def _upload(self, row: Upload) -> UploadPosture:
        said = {"Key": row.key, "UploadId": row.upload, "Initiated": row.initiated}
        by = {} if row.initiator is None else {"Initiator": {"ID": row.initiator}}
        parts = row.size if isinstance(row.size, Failure) else Answer({"Parts": [{"Size": row.size}]})
        facts = facts_of.upload(Said({**said, **by}, self._home.refer), self._home, parts)
        address = facts_of.beside_address(UploadPosture.kind, self._home, row.key, row.upload)
        return UploadPosture(address, row.key, facts)
