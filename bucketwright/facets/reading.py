"""What is asked of a live account to learn a fact, and what do the answers mean?

A facet that can be read live says so in `READS`, and reads the answers in `from_api(asked)`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Final, Protocol, TypeVar, runtime_checkable

from bucketwright.calls import Answer, Call, Failure, FailureKind, Outcome
from bucketwright.facets.said import Refer, Said
from bucketwright.posture import Undetermined, Unknown, Unset

Value_co = TypeVar("Value_co", covariant=True)
_REASONS: Final[Mapping[FailureKind, str]] = {
    "refused": "{code} was answered{message}",
    "denied": "{permission} is denied",
    "throttled": "the service asked for fewer requests until time was up",
    "unsupported": "this server cannot answer {operation}",
    "gone": "it was there, and was gone when it was asked",
    "bad answer": "the answer makes no sense{message}",
    "unreachable": "the server cannot be reached{message}",
    "credentials": "the credentials do not hold{message}",
    "late": "time was up before it was answered",
}


@dataclass(frozen=True, slots=True)
class Each:
    """A call for every entry that another read's answer lists."""

    read: "Read"
    entries: str
    """The list in that answer."""
    param: str
    """What the entry becomes in this call."""
    entry: str = ""
    """Of an entry with fields, the field; empty where the entry is a text."""


@dataclass(frozen=True, slots=True, eq=False)
class Read:
    """One call that tells something of a thing. It equals only itself, for facets share theirs."""

    service: str
    operation: str
    permission: str
    """What the caller has to be let do."""
    handles: tuple[str, ...] = ()
    """The parameters that name the thing: of a bucket `Bucket`."""
    absent: frozenset[str] = frozenset()
    """The error codes that mean that nothing is configured. No other does."""
    fixed: Mapping[str, object] = field(default_factory=dict)
    """What is asked for besides."""
    each: Each | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """A live thing, as calls name it."""

    kind: str
    name: str
    handles: Mapping[str, str]
    """What stands for it in each parameter: of a bucket `Bucket`, of a role `RoleName`."""
    region: str = ""
    account: str = ""
    """Whose it is."""
    signer: str = ""
    """Whose credentials ask, where not those that the run began with."""
    _calls: dict[Read, Call] = field(default_factory=dict, init=False, compare=False, repr=False)

    def call(self, read: Read) -> Call:
        """The call that a read takes which is made once."""
        found = self._calls.get(read)
        if found is None:
            found = self._calls[read] = self.call_with(read, {})
        return found

    def call_with(self, read: Read, more: Mapping[str, object]) -> Call:
        """The call with parameters besides."""
        named = {param: self.handles[param] for param in read.handles}
        return Call(read.service, read.operation, {**named, **read.fixed, **more}, self.region, self.signer)


@dataclass(frozen=True, slots=True)
class Asked:
    """A live thing, with all that was answered so far."""

    target: Target
    outcomes: Mapping[str, Outcome]
    """By the identities of the calls."""
    refer: Refer
    """The contract address of what an answer names."""

    def said(self, read: Read) -> Said | None:
        """What one read tells; None where nothing is configured, Undetermined where it is not known."""
        return self._said(read, self.target.call(read))

    def answered(self, read: Read) -> Said:
        """The same of a read to which there is always an answer."""
        said = self.said(read)
        if said is None:
            raise Undetermined(read.operation, Unknown("says that nothing is configured"))
        return said

    def each(self, read: Read) -> Iterator[Said]:
        """What a read tells that is made for every entry of another; in the order of the entries."""
        for call in self.calls(read):
            said = self._said(read, call)
            if said is not None:
                yield said

    def calls(self, read: Read) -> tuple[Call, ...]:
        """The calls that a read takes; of one made for every entry, Undetermined until these are known."""
        if read.each is None:
            return (self.target.call(read),)
        listing = self.said(read.each.read)
        entries = () if listing is None else self._names(listing, read.each)
        return tuple(self.target.call_with(read, {read.each.param: entry}) for entry in entries)

    @staticmethod
    def _names(listing: Said, each: Each) -> tuple[str, ...]:
        if not each.entry:
            return listing.texts(each.entries)
        return tuple(one.needed(each.entry, one.text(each.entry)) for one in listing.parts(each.entries))

    def _said(self, read: Read, call: Call) -> Said | None:
        return told(self.outcomes.get(call.identity), read, self.refer)


def told(outcome: Outcome | None, read: Read, refer: Refer) -> Said | None:
    """What one outcome tells; None where nothing is configured, Undetermined where it is not known."""
    match outcome:
        case Answer(values):
            return Said(values, refer, read.operation)
        case Failure(code=code) if code in read.absent:
            return None
        case Failure() as failure:
            raise Undetermined(read.operation, Unknown(reason_of(failure, read)))
        case None:
            raise Undetermined(read.operation, Unknown("was not asked for"))


def reason_of(failure: Failure, read: Read) -> str:
    """Why a read told nothing, for people: with the permission that is missing."""
    message = f": {failure.message}" if failure.message else ""
    words = {"code": failure.code or "an error", "message": message}
    return _REASONS[failure.kind].format(permission=read.permission, operation=read.operation, **words)


@runtime_checkable
class LiveFacet(Protocol[Value_co]):
    """A setting that a live account can tell; a facet module that is none has no live answer."""

    @property
    def READS(self) -> tuple[Read, ...]:  # noqa: N802 - a constant of the module
        """All that is asked for it."""

    def from_api(self, asked: Asked, /) -> Value_co | Unset | Unknown:
        """What was answered. May raise Undetermined."""


def as_live(facet: object) -> LiveFacet[object] | None:
    """A setting where a live account can tell it."""
    return _as_live(facet)


@cache
def _as_live(facet: object) -> LiveFacet[object] | None:
    """What a module offers is looked up once: that takes longer than to read most answers."""
    return facet if isinstance(facet, LiveFacet) else None
