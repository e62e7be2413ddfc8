"""How is something written under a name, unless anything has it? Whatever else the contract allows there."""

from dataclasses import replace

from bucketwright.contract.prefixes import Write
from bucketwright.storage.place import Place


def creating(place: Place) -> Place:
    """The same place, where a write creates or raises AlreadyThere: nothing is replaced, no suffix added."""
    prefix = place.there.prefix.model_copy(update={"write": Write(mode="create")})
    return replace(place, there=replace(place.there, place=replace(place.there.place, prefix=prefix)))
