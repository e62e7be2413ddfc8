"""One vocabulary of facts, whoever tells them: a contract, a plan or a live account.

A fact is a value, or Unset (left to the default), or Unknown with the reason. A default is never guessed:
touching a fact that is no value raises, and whoever asked has to say *unknown*.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Final, Generic, TypeVar, cast, overload
from urllib.parse import quote

from bucketwright.contract.usual import USUAL, AnyTerms

if TYPE_CHECKING:  # what is live is looked at without a contract, too
    from bucketwright.contract.model import Environment

Value = TypeVar("Value")
SomePosture = TypeVar("SomePosture", bound="Posture")


@dataclass(frozen=True, slots=True)
class Unset:
    """Nothing is said of it: the default holds, whatever that is."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """It could not be learned."""

    reason: str


@dataclass(frozen=True, slots=True)
class Unsaid(Unknown):
    """A plan says nothing of it, and does not make what it is of."""


UNSET: Final = Unset()
_NOT_ASKED: Final = Unknown("was not asked for")


def or_unset(found: Value | None) -> Value | Unset:
    """What was read, where there was something to read."""
    return UNSET if found is None else found


class Undetermined(Exception):  # noqa: N818 - no error of anybody's: a verdict cannot be given
    """A fact was needed that is no value."""

    def __init__(self, name: str, found: Unset | Unknown) -> None:
        reason = found.reason if isinstance(found, Unknown) else "nothing is said of it"
        super().__init__(f"{name}: {reason}")
        self.name, self.reason, self.is_unsaid = name, reason, isinstance(found, Unset)


class Fact(Generic[Value]):
    """A field of a posture that is read as its value, or raises Undetermined.

    What it answers stands atop the facet of its name, or is told here where there is no facet.
    """

    def __init__(self, about: str = "") -> None:
        self.about = about
        self.name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, posture: None, owner: type) -> "Fact[Value]": ...
    @overload
    def __get__(self, posture: "Posture", owner: type) -> Value: ...
    def __get__(self, posture: "Posture | None", owner: type) -> "Value | Fact[Value]":
        if posture is None:
            return self
        found = posture.told(self.name)
        if isinstance(found, Unset | Unknown):
            raise Undetermined(self.name, found)
        return cast("Value", found)


@dataclass(frozen=True)
class Posture:
    """All facts of one resource."""

    kind: ClassVar[str]
    address: str
    """Its contract address, such as `bucket:files`; of a stranger its kind and name."""
    name: str
    """What AWS calls it."""
    facts: Mapping[str, object] = field(default_factory=dict)

    def told(self, name: str) -> object:
        """A fact as it was told, Unset and Unknown too."""
        return self.facts.get(name, _NOT_ASKED)

    @classmethod
    def fields(cls) -> dict[str, "Fact[object]"]:
        """The facts a posture of this kind can hold."""
        inherited = (vars(owner).items() for owner in reversed(cls.__mro__))
        return {name: one for fields in inherited for name, one in fields if isinstance(one, Fact)}


def reference(kind: str, identifier: str) -> str:
    """The contract address of something."""
    return f"{kind}:{identifier}"


def reference_beside(kind: str, bucket: str, key: str, told: str) -> str:
    """Of what is known by more than its key: a version by its id, an upload by its own."""
    return reference(kind, f"{bucket}@{quote(told, safe='')}/{key}")


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a verdict may look at beside what a lens shows."""

    environment: "Environment | None" = None
    """What the contract says; None where there is no contract."""
    intended: "Estate | None" = None
    """What it wants of everything it makes."""
    elsewhere: Mapping[str, "Estate"] = field(default_factory=dict)
    """What it wants in its other environments."""
    now: datetime | None = None


@dataclass(frozen=True)
class Estate:
    """All postures one lens yields, under their addresses."""

    lens: str
    postures: Mapping[str, Posture]
    missing: Mapping[str, str] = field(default_factory=dict)
    """Addresses that are referred to but could not be read, and kinds of which none can be, with reasons."""
    circumstances: Circumstances = Circumstances()
    foreign: frozenset[str] = frozenset()
    """Addresses of buckets that are referred to and that other accounts have."""
    _known: dict[object, object] = field(default_factory=dict, compare=False, repr=False, init=False)

    def once(self, work_out: Callable[["Estate"], Value]) -> Value:
        """What follows from the whole estate, worked out for the first of many who ask."""
        if work_out not in self._known:
            self._known[work_out] = work_out(self)
        return cast("Value", self._known[work_out])

    def every(self, kind: type[SomePosture]) -> Iterator[SomePosture]:
        """The postures of one kind."""
        if kind not in self._known:
            self._known[kind] = tuple(one for one in self.postures.values() if isinstance(one, kind))
        return iter(cast("tuple[SomePosture, ...]", self._known[kind]))

    def follow(self, address: str, kind: type[SomePosture]) -> SomePosture:
        """What a reference points to; Undetermined where this lens does not know it."""
        found = self.postures.get(address)
        if isinstance(found, kind):
            return found
        raise Undetermined(address, Unknown(self.missing.get(address, "it is not in what was looked at")))

    def only(self, kind: type[SomePosture]) -> SomePosture:
        """The one posture of a kind, such as the account; Undetermined where there is none, or more."""
        found = tuple(self.every(kind))
        if len(found) == 1:
            return found[0]
        none = self.missing.get(kind.kind, "it was not looked at")
        reason = f"{len(found)} of them are in what was looked at" if found else none
        raise Undetermined(kind.kind, Unknown(reason))

    @property
    def environment(self) -> "Environment | None":
        """What the contract says, where there is one."""
        return self.circumstances.environment

    @property
    def terms(self) -> AnyTerms:
        """By which terms is judged: those of the contract, else the usual ones."""
        return USUAL if self.environment is None else self.environment.rules

    @property
    def now(self) -> datetime:
        """When this was looked at."""
        if self.circumstances.now is None:
            raise Undetermined("time", Unknown("when this was looked at is not known"))
        return self.circumstances.now

    def intended(self, posture: SomePosture) -> SomePosture | None:
        """What the contract wants of the same thing; None where it wants nothing of it."""
        wanted = self.circumstances.intended
        found = None if wanted is None else wanted.postures.get(posture.address)
        return found if isinstance(found, type(posture)) else None


def intended_estate(around: Circumstances) -> Estate:
    """What the contract intends, ready to be judged."""
    if around.intended is None:
        raise ValueError("without a contract nothing is intended")
    return replace(around.intended, circumstances=around)
