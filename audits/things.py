"""What was found in an account, or looked for there, and what was answered so far?"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

from bucketwright.calls import Call, Outcome
from bucketwright.contract.own_tags import ADDRESS_TAG, ENVIRONMENT_TAG, PROJECT_TAG
from bucketwright.contract.partitions import partition_of
from bucketwright.estate import READERS
from bucketwright.facets.facet import ReadFacet
from bucketwright.facets.reading import Read, Target, told
from bucketwright.facets.said import Said
from bucketwright.looking.needs import Needs
from bucketwright.looking.scope import Scope
from bucketwright.posture import Posture

State = Literal["there", "gone", "foreign", "unknown"]


class Place(NamedTuple):
    """What tells a thing from all others: its kind, and a name or ARN that no other of the kind has."""

    kind: str
    key: str


@dataclass(frozen=True, slots=True)
class Thing:
    """Something live, or something that was looked for."""

    place: Place
    target: Target
    arn: str = ""
    state: State = "there"
    reason: str = ""
    """Why it is not known, where it is not."""
    is_subject: bool = True
    """Whether it is asked about; else something that is asked about refers to it."""
    tags: Mapping[str, str] = field(default_factory=dict)
    called: frozenset[str] = frozenset()
    """As what others refer to it; of a distribution, the buckets it stands before."""
    declared: str = ""
    """The address of what the contract calls so."""
    told_by: frozenset[str] = frozenset()
    """The calls that found it, by identity."""

    @property
    def is_open(self) -> bool:
        """Whether it is not known what it is, or whether it is there."""
        return self.state == "unknown"


@dataclass(frozen=True, slots=True)
class Undiscovered:
    """What could not be listed, so that it is not known whether there is more."""

    kind: str
    reason: str
    call: str
    """The identity of the call."""


@dataclass(slots=True)
class Looking:
    """One look at one account, while it goes on."""

    scope: Scope
    needs: Needs
    account: str
    """Its number; empty where the server knows none."""
    outcomes: dict[str, Outcome]
    """All answers so far."""
    things: dict[Place, Thing] = field(default_factory=dict)
    undiscovered: list[Undiscovered] = field(default_factory=list)
    listed: dict[str, str] = field(default_factory=dict)
    """The account's buckets with their regions, where the list said these."""
    is_listed: bool = False
    """Whether these are all."""
    subjects: frozenset[str] = frozenset()
    """The names of the buckets that are asked about."""
    regions: set[str] = field(default_factory=set)
    """Where was looked for what is of one region."""
    _facets: dict[tuple[str, bool], Mapping[str, ReadFacet[object]]] = field(default_factory=dict)
    settled: dict[tuple[Place, object], tuple[Target, object]] = field(default_factory=dict)
    """The facts in which nothing is named, by thing and facet: whatever else is found, they are these."""

    def call(self, read: Read, region: str = "", **params: object) -> Call:
        """A call that finds things."""
        return Call(read.service, read.operation, params, region or self.scope.home, self.scope.signer)

    def said(self, read: Read, call: Call) -> Said | None:
        """What it told; Undetermined where that is not known."""
        return told(self.outcomes.get(call.identity), read, nothing)

    def facets(self, thing: Thing) -> Mapping[str, ReadFacet[object]]:
        """The facts that are needed of a thing, by their names."""
        kind, is_subject = thing.place.kind, thing.is_subject
        if (kind, is_subject) not in self._facets:
            _, facets = READERS[kind]
            needed = self.needs.facts(kind, is_subject=is_subject)
            self._facets[kind, is_subject] = {name: facets[name] for name in needed}
        return self._facets[kind, is_subject]

    def target(self, kind: str, name: str, handles: Mapping[str, str], region: str = "") -> Target:
        """Something of this account, asked by whoever asks here."""
        return Target(kind, name, handles, region or self.scope.home, self.account, self.scope.signer)

    def know(self, thing: Thing) -> Thing:
        """Remember a thing, with what was known of it before."""
        before = self.things.get(thing.place)
        if before is not None:
            thing = replace(
                thing,
                is_subject=thing.is_subject or before.is_subject,
                called=thing.called | before.called,
                declared=thing.declared or before.declared,
                told_by=thing.told_by | before.told_by,
                tags=thing.tags or before.tags,
            )
        self.things[thing.place] = thing
        return thing

    @property
    def wanted(self) -> Mapping[str, Posture]:
        """What the contract declares, where all of it is asked about."""
        wanted = self.scope.around.intended
        return {} if wanted is None or self.scope.buckets else wanted.postures

    def tagged(self, thing: Thing) -> str:
        """The address that a thing's tags give it, where they are the contract's."""
        environment = self.scope.around.environment
        if environment is None or thing.state != "there":
            return ""
        own = {PROJECT_TAG: environment.project, ENVIRONMENT_TAG: environment.name}
        return thing.tags.get(ADDRESS_TAG, "") if own.items() <= thing.tags.items() else ""

    def cannot_list(self, kind: str, call: Call, reason: str) -> None:
        """Remember that there may be more of a kind."""
        self.undiscovered.append(Undiscovered(kind, reason, call.identity))

    @property
    def unlisted(self) -> Mapping[str, str]:
        """Why there may be more of a kind, whatever the order in which that was learned."""
        return {one.kind: one.reason for one in sorted(self.undiscovered, key=lambda one: one.call)}

    def arn(self, service: str, region: str, account: str, resource: str) -> str:
        """An ARN in the partition that is looked at."""
        return f"arn:{partition_of(region or self.scope.home)}:{service}:{region}:{account}:{resource}"


def nothing(_kind: str, _name: str, _value: object) -> None:
    """Refers to nothing: while things are still looked for no address is known."""
