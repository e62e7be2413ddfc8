"""How is something written under a name, unless anything has it? Whatever else the contract allows there."""

from dataclasses import replace
from hashlib import sha256
from typing import Final

from bucketwright.contract.prefixes import Write
from bucketwright.plain_text import shown
from bucketwright.storage.content import Data
from bucketwright.storage.declared import FOR_EVER
from bucketwright.storage.errors import AlreadyThere, Damaged
from bucketwright.storage.place import Place
from bucketwright.storage.said import Said

_KEPT: Final = Said(cache_control=FOR_EVER)


def creating(place: Place) -> Place:
    """The same place, where a write creates or raises AlreadyThere: nothing is replaced, no suffix added."""
    prefix = place.there.prefix.model_copy(update={"write": Write(mode="create")})
    return replace(place, there=replace(place.there, place=replace(place.there.place, prefix=prefix)))


def put_by_hash(place: Place, name: str, data: Data, digest: str) -> None:
    """Store content under a name that has its hash, for caches to keep for ever, unless it is there already.

    Damaged where other content has the name.
    """
    try:
        creating(place).put(name, data, _KEPT)
    except AlreadyThere as clash:
        if not has_hash(place, name, digest):
            told = f"{shown(name, 120)} has not the content that it is named by"
            raise Damaged(told, clash.key) from None


def has_hash(place: Place, name: str, digest: str) -> bool:
    """Whether the content of that name has that hash; it is read where whoever put it noted none."""
    noted = place.info(name).sha256
    if noted:
        return noted == digest
    hashed = sha256()
    with place.stream(name) as pieces:
        for piece in pieces:
            hashed.update(piece)
    return hashed.hexdigest() == digest
