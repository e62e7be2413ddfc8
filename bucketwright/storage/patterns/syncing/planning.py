"""What has to be done so that the target is as the source? Decided before anything is."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from bucketwright.plain_text import shown
from bucketwright.storage.errors import NotFound, Refused
from bucketwright.storage.patterns.syncing.filters import Filters
from bucketwright.storage.patterns.syncing.folder_side import FolderSide
from bucketwright.storage.patterns.syncing.names import name_fault, parents
from bucketwright.storage.patterns.syncing.place_side import PlaceSide
from bucketwright.storage.patterns.syncing.remembered import Remembered
from bucketwright.storage.patterns.syncing.sides import Item, Listing
from bucketwright.storage.stored import Stored
from bucketwright.storage.writing import own_metadata

Side = FolderSide | PlaceSide
Verb = Literal["add", "replace", "delete", "leave"]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do, or to leave for a reason."""

    verb: Verb
    name: str
    size: int = 0
    source: Item | None = None
    target: Item | None = None
    why: str = ""
    """Why it is left; empty where it is not."""


@dataclass(frozen=True, slots=True)
class Plan:
    """All that is to be done, in its order, from one side to the other."""

    source: Side
    target: Side
    steps: tuple[Step, ...]
    same: int = 0
    """How many are on both sides alike."""
    remembered: Remembered | None = None
    """What is known to be alike, as far as it was asked to be remembered."""

    @property
    def is_complete(self) -> bool:
        """Whether the target is as the source once it is carried out."""
        return all(step.verb != "leave" for step in self.steps)


@dataclass(frozen=True, slots=True)
class Wish:
    """How the sides are to become the same."""

    filters: Filters
    delete: bool = False
    """Whether what only the target has goes."""


def planned(source: Side, target: Side, wish: Wish, remembered: Remembered | None = None) -> Plan:
    """The plan; both sides are listed once, and contents compared only where nothing else tells."""
    if isinstance(source, FolderSide) and not source.path.is_dir():
        raise NotFound(f"there is no folder {shown(str(source.path), 200)}")
    all_here, all_there = source.listed(), target.listed()
    known = remembered or Remembered()
    known.forget_all_but(all_here.items)
    here, there = _taking_part(all_here, wish.filters), _taking_part(all_there, wish.filters)
    same = {
        name
        for name in sorted(here.items.keys() & there.items.keys())
        if _is_same((source, here.items[name]), (target, there.items[name]), known)
    }
    steps = [*_left(here), *_moves((source, here), (target, there), same)]
    if wish.delete:
        steps += _deletions(here, there, target)
    return Plan(source, target, tuple(steps), len(same), remembered)


def _taking_part(listing: Listing, filters: Filters) -> Listing:
    return Listing(
        {name: item for name, item in listing.items.items() if filters.take(name)},
        {name: why for name, why in listing.unfit.items() if filters.take(name)},
        listing.unseen,
    )


def _left(here: Listing) -> Iterator[Step]:
    if here.unseen:
        yield Step("leave", "", why=here.unseen)
    for name, why in sorted(here.unfit.items()):
        yield Step("leave", name, why=why)


def _moves(here: tuple[Side, Listing], there: tuple[Side, Listing], same: set[str]) -> Iterator[Step]:
    (source, items), (target, present) = here, there
    refusal = _refusals(items, present, source, target)
    for name, item in sorted(items.items.items(), key=_by_bytes):
        if name not in same:
            replaced = present.items.get(name)
            why = refusal(item, replaced)
            verb: Verb = "leave" if why else "replace" if replaced else "add"
            yield Step(verb, name, item.size, item, replaced, why)


def _refusals(
    here: Listing, there: Listing, source: Side, target: Side
) -> Callable[[Item, Item | None], str]:
    """Why an item cannot come to the target; empty where it can."""
    if isinstance(target, FolderSide):
        return _Files(here, there)

    def refusal(item: Item, replaced: Item | None) -> str:
        why = target.refusal(item.name, item.size, replaces=replaced is not None)
        if not why and isinstance(source, FolderSide):
            why = target.refusal_of_file(item.name, source.file(item.name), item.size)
        return why

    return refusal


class _Files:
    """Why an object cannot become a file of a folder."""

    def __init__(self, here: Listing, there: Listing) -> None:
        self._here, self._there = here, there
        self._folders = {up for name in (*there.items, *there.unfit) for up in parents(name)}

    def __call__(self, item: Item, _replaced: Item | None) -> str:
        name = item.name
        if fault := name_fault(name):
            return fault
        if name in self._there.unfit:
            return f"something is there: {self._there.unfit[name]}"
        if name in self._folders:
            return "a folder is there"
        for up in parents(name):
            if up in self._here.items or up in self._there.items or up in self._there.unfit:
                return f"{shown(up, 120)} is no folder"
        return ""


def _deletions(here: Listing, there: Listing, target: Side) -> Iterator[Step]:
    """What only the target has; nothing where not all of the source is known, or it has nothing at all."""
    extra = sorted(there.items.keys() - here.items.keys(), key=str.encode)
    if extra and not here.items and not here.unfit:
        raise Refused(
            f"there is nothing at the source, and {len(extra):,} at {shown(target.told, 200)} would be "
            "deleted: name the right source, or delete them by name"
        )
    why = target.refusal_of_deletion() if isinstance(target, PlaceSide) else ""
    for name in extra:
        item = there.items[name]
        if here.unseen:
            yield Step("leave", name, item.size, None, item, "nobody knows whether the source has it")
        elif why:
            yield Step("leave", name, item.size, None, item, why)
        elif not ({name, *parents(name)} & here.unfit.keys()):
            yield Step("delete", name, item.size, None, item)


def _is_same(here: tuple[Side, Item], there: tuple[Side, Item], known: Remembered) -> bool:
    (source, one), (target, two) = here, there
    if one.size != two.size:
        return False
    if known.holds(one, two):
        return True
    try:
        same = _has_same_content(source, one, target, two)
    except (NotFound, OSError):
        return False
    if same:
        known.keep(one, two)
    return same


def _has_same_content(source: Side, one: Item, target: Side, two: Item) -> bool:
    match source, target:
        case PlaceSide(), PlaceSide():
            return _are_alike(source.info(one), target.info(two))
        case FolderSide(), PlaceSide():
            return _is_content(target.info(two), source, one)
        case PlaceSide(), FolderSide():
            return _is_content(source.info(one), target, two)
    raise Refused("one of the two sides is a place of the contract")


def _are_alike(one: Stored, two: Stored) -> bool:
    same = one.sha256 == two.sha256 if one.sha256 and two.sha256 else one.etag == two.etag
    return same and _kept(one.metadata) == _kept(two.metadata)


def _is_content(stored: Stored, folder: FolderSide, item: Item) -> bool:
    """Whether an object has the content of a file; no where neither hash nor ETag can tell."""
    if stored.sha256:
        return folder.digest(item, "sha256") == stored.sha256
    is_md5 = len(stored.etag) == 32 and set(stored.etag) <= set("0123456789abcdef")
    return is_md5 and folder.digest(item, "md5") == stored.etag


def _kept(metadata: Mapping[str, str]) -> Mapping[str, str]:
    return own_metadata(metadata)


def _by_bytes(pair: tuple[str, Item]) -> bytes:
    return pair[0].encode()
