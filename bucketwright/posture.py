"""One vocabulary of facts, whoever tells them: a contract, a plan or a live account.

A fact is a value, or Unset (left to the default), or Unknown with the reason. A default is never guessed:
touching a fact that is no value raises, and whoever asked has to say *unknown*.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Final, Generic, TypeAlias, TypeVar, overload

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Unset:
    """Nothing is said of it: the default holds, whatever that is."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """It could not be learned."""

    reason: str


UNSET: Final = Unset()
Fact: TypeAlias = "Value | Unset | Unknown"


class Undetermined(Exception):  # noqa: N818 - no error of anybody's: a verdict cannot be given
    """A fact was needed that is no value."""

    def __init__(self, name: str, found: Unset | Unknown) -> None:
        reason = found.reason if isinstance(found, Unknown) else "nothing is said of it"
        super().__init__(f"{name}: {reason}")
        self.name, self.reason = name, reason


class fact(Generic[Value]):  # noqa: N801 - reads as the field it declares
    """A field of a posture that is read as its value, or raises Undetermined."""

    def __init__(self, about: str) -> None:
        self.about = about
        self.name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, posture: None, owner: type) -> "fact[Value]": ...
    @overload
    def __get__(self, posture: "Posture", owner: type) -> Value: ...
    def __get__(self, posture: "Posture | None", owner: type) -> "Value | fact[Value]":
        if posture is None:
            return self
        found = posture.told(self.name)
        if isinstance(found, Unset | Unknown):
            raise Undetermined(self.name, found)
        return found  # type: ignore[return-value] # the facet of that name made it


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
        return self.facts.get(name, Unknown("was not asked for"))

    @classmethod
    def fields(cls) -> dict[str, "fact[object]"]:
        """The facts a posture of this kind can hold."""
        inherited = (vars(owner).items() for owner in reversed(cls.__mro__))
        return {name: one for fields in inherited for name, one in fields if isinstance(one, fact)}


def reference(kind: str, identifier: str) -> str:
    """The contract address of something."""
    return f"{kind}:{identifier}"


@dataclass(frozen=True)
class Estate:
    """All postures one lens yields, under their addresses."""

    lens: str
    postures: Mapping[str, Posture]
    missing: Mapping[str, str] = field(default_factory=dict)
    """Addresses that are referred to but could not be read, with the reason."""

    def of_kind(self, kind: str) -> Iterator[Posture]:
        """The postures of one kind."""
        return (posture for posture in self.postures.values() if posture.kind == kind)

    def follow(self, address: str) -> Posture:
        """What a reference points to; Undetermined where this lens does not know it."""
        if address in self.postures:
            return self.postures[address]
        raise Undetermined(address, Unknown(self.missing.get(address, "it is not in what was looked at")))
