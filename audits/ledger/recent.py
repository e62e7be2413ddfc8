"""What was used last? So much as a number of bytes holds."""

from collections import OrderedDict
from collections.abc import Hashable
from typing import Final, Generic, TypeVar

Name = TypeVar("Name", bound=Hashable)
Thing = TypeVar("Thing")


class Recent(Generic[Name, Thing]):
    """Things by name; those that nobody asked for the longest go first."""

    def __init__(self, most_bytes: int) -> None:
        self._most: Final = most_bytes
        self._things: Final[OrderedDict[Name, tuple[Thing, int]]] = OrderedDict()
        self._bytes = 0

    def get(self, name: Name) -> Thing | None:
        """The thing, if it is still there."""
        found = self._things.get(name)
        if found is None:
            return None
        self._things.move_to_end(name)
        return found[0]

    def put(self, name: Name, thing: Thing, size: int) -> None:
        """Keep a thing of so many bytes; at least this one is kept."""
        self._things[name] = (thing, size)
        self._bytes += size
        while self._bytes > self._most and len(self._things) > 1:
            self._bytes -= self._things.popitem(last=False)[1][1]

    def clear(self) -> None:
        """Keep nothing."""
        self._things.clear()
        self._bytes = 0
