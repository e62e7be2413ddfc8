"""What is asked of one object, and what becomes known of it by the answer?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from audits import object_facts as facts_of
from audits.object_facts import Home
from audits.object_locks import legal_hold, retention
from audits.objects.heads import LEGAL_HOLD, RETENTION, Heads
from audits.objects.known import KnownObject
from audits.objects.place import Place, Told
from audits.objects.purse import LISTS, Purse
from audits.still_listed import StillListed, is_gone, why_missing
from bucketwright.calls import Answer, Call, Failure, Outcome
from bucketwright.facets.reading import Read
from bucketwright.looking import object_reads

_READS: Final[Mapping[str, Read]] = {
    "acl": object_reads.ACL,
    "tagging": object_reads.TAGGING,
    RETENTION: object_reads.RETENTION,
    LEGAL_HOLD: object_reads.LEGAL_HOLD,
}
"""What is asked by a call of its own, by its question."""


class GoneError(Exception):
    """The object was listed, and is neither there nor listed any more."""


@dataclass(frozen=True, slots=True)
class Asker:
    """Asks about the objects of one bucket."""

    place: Place
    home: Home
    heads: Heads
    purse: Purse = field(default_factory=Purse)
    still_listed: StillListed = field(default_factory=StillListed)

    async def learn(self, one: KnownObject, question: str) -> None:
        """What the answer tells is known of the object from then on; GoneError where it is gone meanwhile."""
        if question == "head":
            await self._headed(one)
            return
        outcome = await self._asked(one, _READS[question])
        if is_gone(outcome):
            outcome = await self._listed(one)
        one.answers = {**one.answers, question: True}
        if question == "acl":
            one["acl"] = facts_of.acl(outcome, self.home)
            if not isinstance(one["owner"], str):
                one["owner"] = facts_of.owner_in_acl(outcome, self.home)
        elif question == "tagging":
            one["tags"] = facts_of.tags(outcome, self.home)
        elif question == RETENTION:
            one.update(retention(outcome, self.home.refer))
        else:
            one["legal_hold"] = legal_hold(outcome, self.home.refer)

    async def may_read_tags(self, one: KnownObject) -> bool | None:
        """Whether whoever asks may; None where the object is gone meanwhile."""
        outcome = await self._asked(one, object_reads.TAGGING)
        return None if is_gone(outcome) else isinstance(outcome, Answer)

    def begin_head(self, one: KnownObject, told: Told) -> None:
        """Ask for the headers alone, and wait for nothing."""
        self.purse.pay("head", one.row.storage_class)
        self.place.begin_head(one.row.key, one.row.version, told)

    def headed(self, one: KnownObject, headers: Mapping[str, str]) -> None:
        """What they tell is known of the object from then on."""
        one.answers = {**one.answers, "head": headers}
        one.update(self.heads.facts(headers))

    async def unheaded(self, one: KnownObject, failure: Failure) -> None:
        """What is to be made of no headers is known from then on; GoneError where it is gone meanwhile."""
        if is_gone(failure):
            failure = await self._listed(one)
        puzzling = facts_of.wants_key(failure)
        beside = await self._asked(one, object_reads.TAGGING) if puzzling else None
        one.update(self.heads.unanswered(one.row.key, failure, beside))

    async def _headed(self, one: KnownObject) -> None:
        self.purse.pay("head", one.row.storage_class)
        outcome = await self.place.head(one.row.key, one.row.version)
        if isinstance(outcome, Failure):
            await self.unheaded(one, outcome)
        else:
            self.headed(one, outcome)

    async def _listed(self, one: KnownObject) -> Failure:
        """Why nothing is known of what is listed and not there; GoneError where it is listed no more."""
        row, outcome = one.row, None
        call = self.still_listed.call(self.home, row.key, row.version)
        if call is not None:
            self.purse.pay(LISTS[call.operation])
            outcome = await self.place.ask(call)
        why = why_missing(row.key, row.version, outcome)
        if why is None:
            raise GoneError(row.key)
        return why

    async def _asked(self, one: KnownObject, read: Read) -> Outcome:
        target, row = self.home.target, one.row
        self.purse.pay("acl" if read is object_reads.ACL else "tagging", row.storage_class)
        named = {param: target.handles[param] for param in read.handles}
        version = {"VersionId": row.version} if row.version else {}
        params = {**named, "Key": row.key, **version}
        return await self.place.ask(Call(read.service, read.operation, params, target.region, target.signer))
