"""Where does what is known of a thing lead, look by look, when very many things are alike?

What was looked at on the way to an end is kept as a way. Whatever later shows the same in each of these
respects comes to the same end, and only what is looked at on that way is looked at.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final, Generic, Protocol, TypeAlias, TypeVar, cast

End = TypeVar("End")
Look: TypeAlias = str | Callable[[str], object]
"""What of a thing is looked at: a fact by its name, or what follows from its key."""
_MOST_WAYS: Final = 256
"""A fact with more values is as good as endless."""
_MOST_ENDS: Final = 4_096
_BEGIN: Final = ""


class Known(Protocol):
    """What is known of one thing, whatever of it is looked at."""

    def __getitem__(self, look: Look, /) -> object: ...


class Noted:
    """What is known, noting what of it is looked at."""

    def __init__(self, known: Known) -> None:
        self._known: Final = known
        self.seen: Final[dict[Look, object]] = {}

    def __getitem__(self, look: Look) -> object:
        found = self.seen[look] = self._known[look]
        return found


class Endless:
    """By what is looked at there, things are hardly ever alike."""


ENDLESS: Final = Endless()


@dataclass(slots=True)
class _Fork:
    """What is looked at next, and where each answer leads."""

    look: Look
    ways: dict[object, object] = field(default_factory=dict)
    """By the answer: a fork, or an end."""


class Ways(Generic[End]):
    """All ways that were kept."""

    def __init__(self) -> None:
        self._ways: Final[dict[object, object]] = {}
        self._kept = 0
        self.is_endless = False
        """Whether things come by that are hardly ever alike in what is looked at."""

    @property
    def is_full(self) -> bool:
        """Whether no more are kept."""
        return self._kept >= _MOST_ENDS

    def end(self, known: Known) -> End | Endless | None:
        """Where a thing comes to; None where nothing like it came by."""
        at = self._ways.get(_BEGIN)
        try:
            while type(at) is _Fork:
                at = at.ways.get(known[at.look])
        except TypeError:  # a value that cannot be told from others by its hash
            return ENDLESS
        return cast("End | Endless | None", at)

    def keep(self, seen: Iterable[tuple[Look, object]], end: End) -> None:
        """Make the way along what was seen, unless it has become endless."""
        if self.is_full:
            return
        self._kept += 1
        ways, way = self._ways, cast("object", _BEGIN)
        for look, value in seen:
            fork = ways.setdefault(way, _Fork(look))
            if not isinstance(fork, _Fork) or fork.look != look:
                return
            if not _is_hashable(value) or (len(fork.ways) >= _MOST_WAYS and value not in fork.ways):
                ways[way] = ENDLESS
                self.is_endless = True
                return
            ways, way = fork.ways, value
        ways[way] = end


def _is_hashable(value: object) -> bool:
    try:
        hash(value)
    except TypeError:
        return False
    return True
