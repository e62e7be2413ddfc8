"""What do several rules say of one object, most of which are alike in all that any of them looks at?"""

from collections.abc import Iterable

from audits.objects.alike import Alike, Reached
from audits.objects.ways import Endless, Known, Noted, Ways


class Together:
    """Rules that are judged in one go; one by which hardly any are alike is left to itself."""

    def __init__(self, rules: Iterable[Alike]) -> None:
        self._steady = tuple(rules)
        self._apart: tuple[Alike, ...] = ()
        self._all = self._steady
        self._ways = Ways[tuple[Reached, ...]]()

    def reached(self, known: Known) -> tuple[tuple[Alike, ...], tuple[Reached, ...]]:
        """The rules, in an order that is not always the same, and what each of them reached."""
        found = self._ways.end(known)
        if not isinstance(found, tuple):
            found = self._unknown(known, found)
        return self._all, found + _each(self._apart, known) if self._apart else found

    def _unknown(self, known: Known, found: Endless | None) -> tuple[Reached, ...]:
        """What the steady ones reached where nothing like it came by."""
        if any(one.is_endless for one in self._steady):
            self._part()
            found = None
        if found is not None or self._ways.is_full:
            return _each(self._steady, known)
        noted = Noted(known)
        reached = _each(self._steady, noted)
        self._ways.keep(noted.seen.items(), reached)
        return reached

    def _part(self) -> None:
        """Begin anew, without those that became endless."""
        self._apart += tuple(one for one in self._steady if one.is_endless)
        self._steady = tuple(one for one in self._steady if not one.is_endless)
        self._all = self._steady + self._apart
        self._ways = Ways()


def _each(rules: Iterable[Alike], known: Known) -> tuple[Reached, ...]:
    return tuple([one.reached(known) for one in rules])
