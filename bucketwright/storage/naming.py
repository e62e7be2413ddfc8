"""How is an object named in one word? By its prefix, a value for each variable of the path, and its name.

    files/documents/7/brief.pdf

Values hold no slash, so a word is read in one way only.
"""

from dataclasses import dataclass

from bucketwright.contract.keys.errors import Mismatch
from bucketwright.contract.keys.variable_types import Value, VariableType
from bucketwright.storage.place import DeclaredPrefix, Place


@dataclass(frozen=True, slots=True)
class Named:
    """A place of the contract, and what is meant below it."""

    place: Place
    name: str
    """Of an object, or how names begin where it ends in /; empty where the whole place is meant."""

    @property
    def spelled(self) -> str:
        """The word that names it."""
        return spelled(self.place, self.name)


def form(prefix: DeclaredPrefix) -> str:
    """How places of a prefix are named: `files/documents/{case_id:int}/`."""
    kinds = prefix.there.place.path.variables
    return "/".join((prefix.address, *(f"{{{name}:{kind.name}}}" for name, kind in kinds.items()), ""))


def spelled(place: Place, name: str = "") -> str:
    """The word that names a place, or an object in it."""
    kinds = place.there.place.path.variables
    values = (kind.spell(place.values[variable]) or "" for variable, kind in kinds.items())
    return "/".join((place.there.address, *values, name))


def below(prefix: DeclaredPrefix, rest: str) -> Named | None:
    """What the rest of a word names, after its prefix; None where values are missing.

    Refused where a value does not fit.
    """
    kinds = prefix.there.place.path.variables
    values = rest.split("/", len(kinds)) if rest else []
    if len([one for one in values if one]) < len(kinds):
        return None
    name = "" if len(values) == len(kinds) else values.pop()
    read = {one: _value(kind, text) for (one, kind), text in zip(kinds.items(), values, strict=True)}
    return Named(prefix.at(**read), name)


def of_key(prefix: DeclaredPrefix, key: str) -> Named | None:
    """The place of a prefix that a key lies in, and its name there; None where it is another's."""
    found = prefix.there.place.path.parse_below(key)
    return None if isinstance(found, Mismatch) else Named(prefix.at(**found.values), found.rest)


def _value(kind: VariableType, text: str) -> Value:
    """What a text stands for; the text itself where it does not fit, which the place then refuses."""
    return kind.read(text) if kind.fits(text) else text
