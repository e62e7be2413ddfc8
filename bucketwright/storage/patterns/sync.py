"""How do a folder and a place, or two places, become the same by moving only what differs?

from bucketwright.storage.patterns.sync import plan, sync
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from os import PathLike
from pathlib import Path

from bucketwright.storage.errors import Refused
from bucketwright.storage.patterns.syncing.carrying import Done, carried_out
from bucketwright.storage.patterns.syncing.filters import Filter, Filters
from bucketwright.storage.patterns.syncing.folder_side import FolderSide
from bucketwright.storage.patterns.syncing.place_side import PlaceSide
from bucketwright.storage.patterns.syncing.planning import Plan, Side, Step, Wish, planned
from bucketwright.storage.patterns.syncing.remembered import read
from bucketwright.storage.place import Place
from bucketwright.storage.transfer.watching import Cancel

__all__ = ["Done", "Filter", "PlaceSide", "Plan", "Step", "Synced", "carry_out", "plan", "sync"]
End = Place | PlaceSide | PathLike[str]


@dataclass(frozen=True, slots=True)
class Synced:
    """What became of both sides."""

    done: tuple[Done, ...]
    left: tuple[Step, ...]
    """What could not be done by plan, and why."""
    same: int
    """How many were alike already."""

    @property
    def is_whole(self) -> bool:
        """Whether the target is now as the source."""
        return not self.left and all(one.error is None for one in self.done)


def plan(
    source: End,
    target: End,
    *,
    filters: Iterable[Filter] = (),
    delete: bool = False,
    notes: PathLike[str] | None = None,
) -> Plan:
    """What `sync` would do, and nothing is done.

    With `notes`, a folder for what was found to be alike, contents that are known are not read again.
    """
    here, there = _side(source), _side(target)
    _keep_apart(here, there)
    remembered = None if notes is None else read(Path(notes), _sides(here, there))
    return planned(here, there, Wish(Filters(filters), delete), remembered)


def carry_out(
    what: Plan, tell: Callable[[Done], object] | None = None, *, cancel: Cancel | None = None
) -> Synced:
    """Do what a plan says; each step is told when it is done, in the plan's order.

    Once `cancel` is set no step is begun, and transfers end with the next piece: the error of each is then
    Cancelled, and nothing is deleted.
    """
    done = []
    try:
        for one in carried_out(what, cancel):
            done.append(one)
            if tell is not None:
                tell(one)
    finally:
        if what.remembered is not None:
            what.remembered.write()
    left = tuple(step for step in what.steps if step.verb == "leave")
    return Synced(tuple(done), left, what.same)


def sync(
    source: End,
    target: End,
    *,
    filters: Iterable[Filter] = (),
    delete: bool = False,
    notes: PathLike[str] | None = None,
    cancel: Cancel | None = None,
) -> Synced:
    """Let the target be as the source, by moving only what differs."""
    return carry_out(plan(source, target, filters=filters, delete=delete, notes=notes), cancel=cancel)


def _side(end: End) -> Side:
    match end:
        case Place():
            return PlaceSide(end)
        case PlaceSide():
            return end
    return FolderSide(Path(end).absolute())


def _keep_apart(here: Side, there: Side) -> None:
    match here, there:
        case FolderSide(), FolderSide():
            raise Refused("both are folders of this machine: one of them is a place of the contract")
        case PlaceSide(), PlaceSide() if here.place.home.backend is there.place.home.backend:
            one, two = here.identity, there.identity
            if one.startswith(two) or two.startswith(one):
                raise Refused("one of the two places lies in the other")


def _sides(here: Side, there: Side) -> str:
    return " -> ".join(one.identity if isinstance(one, PlaceSide) else str(one.path) for one in (here, there))
