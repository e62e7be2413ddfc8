"""Looks into buckets past the SDK, in a loop of its own that begins and ends here."""

import asyncio
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

from audits.left_out import Apart
from audits.object_facts import Home
from audits.object_scan import Unlooked
from audits.objects.bucket import Listener, Tally, Wanted
from audits.objects.buckets import look_into
from audits.objects.gravest import Gravest
from audits.objects.place import Place
from audits.objects.purse import Purse
from bucketwright.judging import Judgement
from bucketwright.left_out import LeftOut
from bucketwright.s3.endpoints import Server
from bucketwright.s3.limits import Deadline
from bucketwright.s3.sessions import Sessions

if TYPE_CHECKING:  # a ledger is loaded by those who keep one
    from audits.objects.recalling import Recalling
    from audits.objects.visits import Visits


@dataclass(frozen=True, slots=True)
class Found:
    """What is to be said, in any order."""

    judgements: list[Judgement]
    unlooked: list[Unlooked]
    left_out: tuple[LeftOut, ...] = ()
    """What the contract keeps everybody from looking into."""


class Engine(Protocol):
    """Looks into buckets."""

    def look(self, homes: Sequence[Home], wanted: Wanted) -> Found:
        """Into all of these."""


@dataclass(frozen=True, slots=True)
class Fast:
    """With whose credentials and whom it asks, until when, and what it knows already."""

    sessions: Sessions
    server: Server
    deadline: Deadline
    recalling: "Recalling | None" = None
    """None where nothing is known from earlier, and nothing is kept."""
    by_sample: bool = False
    """Whether some objects stand for all of which something has to be asked."""
    purse: Purse = field(default_factory=Purse)
    tally: Tally = field(default_factory=Tally)
    """How far it is; it can be read at any time."""

    def look(self, homes: Sequence[Home], wanted: Wanted) -> Found:
        """Into all of these buckets."""
        gravest, unlooked = Gravest(), list[Unlooked]()
        apart = Apart(wanted.estate, gravest.take)
        listener = Listener(apart.take, unlooked.append, self.tally, self.purse)
        try:
            asyncio.run(self._look(homes, wanted, listener))
        except BaseExceptionGroup as several:
            raise _first(several) from None
        return Found(gravest.told(), [*unlooked, *gravest.others()], tuple(apart.told()))

    async def _look(self, homes: Sequence[Home], wanted: Wanted, listener: Listener) -> None:
        """What is found is not returned: asyncio spells out whatever a loop comes to, as long as that is."""
        from bucketwright.s3.wire.wire import Wire  # noqa: PLC0415 - takes its time, and often is not needed

        async with Wire(self.sessions, self.deadline, server=self.server) as wire:

            async def reach(home: Home) -> Place:
                target = home.target
                return await wire.bucket(target.name, target.region, target.signer, wanted.account)

            def recall(home: Home) -> "AbstractContextManager[Visits | None]":
                if self.recalling is None:
                    return nullcontext()
                return self.recalling.of(home, wanted, listener.skip)

            await look_into(homes, reach, recall, replace(wanted, by_sample=self.by_sample), listener)


def _first(several: BaseExceptionGroup[BaseException]) -> BaseException:
    """What broke off one bucket, and with it all others."""
    found: BaseException = several
    while isinstance(found, BaseExceptionGroup):
        found = found.exceptions[0]
    return found
