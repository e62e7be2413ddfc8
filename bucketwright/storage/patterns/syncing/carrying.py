"""How is a plan carried out? Side by side, each step whole or not at all, and deletions last."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Final

from bucketwright.storage.errors import ENDS_ALL, Cancelled, StorageError, Unreachable
from bucketwright.storage.patterns.syncing.folder_side import MTIME, FolderSide
from bucketwright.storage.patterns.syncing.place_side import PlaceSide
from bucketwright.storage.patterns.syncing.planning import Plan, Side, Step
from bucketwright.storage.patterns.syncing.sides import Item
from bucketwright.storage.said import Said
from bucketwright.storage.transfer.watching import Cancel

_LANES: Final = 8
"""Steps at once, where the contract does not say more of parts: files are often small."""


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a step."""

    step: Step
    error: StorageError | None = None
    """Why it was not done; None where it was."""


def carried_out(plan: Plan, cancel: Cancel | None = None) -> Iterator[Done]:
    """Each step and what became of it, in the plan's order; what is left by plan is not in it.

    Nothing is deleted after anything has failed, or was called off.
    """
    moves = [step for step in plan.steps if step.verb in {"add", "replace"}]
    deletions = [step for step in plan.steps if step.verb == "delete"]
    if not moves and not deletions:
        return
    failed: StorageError | None = None
    with _writing(plan.target):
        for done in _side_by_side(_Carrying(plan, ENDS_ALL, cancel), moves, None):
            failed = failed or done.error
            yield done
        yield from _side_by_side(_Carrying(plan, (StorageError,), cancel), deletions, failed)


@dataclass(frozen=True, slots=True)
class _Carrying:
    """How some steps of a plan are gone through."""

    plan: Plan
    ends: tuple[type[StorageError], ...]
    """After such an error none is tried any more."""
    cancel: Cancel | None


def _side_by_side(how: _Carrying, steps: list[Step], failed: StorageError | None) -> Iterator[Done]:
    """Each step; none is begun any more once it is called off, or after an error that ends all."""
    stopped = [failed] if failed else []

    def attempt(step: Step) -> Done:
        if how.cancel is not None and how.cancel.is_set():
            return Done(step, Cancelled("it was called off before this was begun"))
        if stopped:
            return Done(step, _after(stopped[0]))
        done = _attempted(how, step)
        if isinstance(done.error, how.ends):
            stopped.append(done.error)
        return done

    pool = ThreadPoolExecutor(_lanes(how.plan), "bucketwright-sync")
    try:
        yield from pool.map(attempt, steps)
    finally:
        pool.shutdown(cancel_futures=True)


def _lanes(plan: Plan) -> int:
    places = (side.place for side in (plan.source, plan.target) if isinstance(side, PlaceSide))
    return max(_LANES, *(place.there.transfer.concurrency for place in places))


def _attempted(how: _Carrying, step: Step) -> Done:
    plan = how.plan
    try:
        pair = _DOES[step.verb](how, step)
    except StorageError as error:
        return Done(step, error)
    except OSError as error:
        return Done(step, StorageError(error.strerror or str(error)))
    if plan.remembered is not None:
        if pair is None:
            plan.remembered.forget(step.name)
        else:
            plan.remembered.keep(*pair)
    return Done(step)


def _move(how: _Carrying, step: Step) -> tuple[Item, Item] | None:
    source, target, item = how.plan.source, how.plan.target, step.source
    if item is None:
        return None
    match source, target:
        case FolderSide(), PlaceSide():
            said = Said(metadata=source.metadata(step.name))
            written = target.put(step.name, source.file(step.name), said, step.target, how.cancel)
            return item, Item(step.name, written.size, "", written.etag)
        case PlaceSide(), PlaceSide():
            written = target.copy(source, step.name, step.target)
            return item, Item(step.name, written.size, "", written.etag)
        case PlaceSide(), FolderSide():
            return _fetched(how, target, step, item)
    return None


def _fetched(how: _Carrying, target: FolderSide, step: Step, item: Item) -> tuple[Item, Item] | None:
    source = how.plan.source
    if not isinstance(source, PlaceSide):
        return None
    coming = target.coming()
    stored = source.place.save(source.begin + step.name, coming, cancel=how.cancel)
    when = stored.metadata.get(MTIME, "")
    mark = target.publish(coming, step.name, step.target, when)
    return (item, Item(step.name, stored.size, mark)) if stored.etag == item.etag else None


def _delete(how: _Carrying, step: Step) -> None:
    if step.target is not None:
        how.plan.target.delete(step.target)


_DOES: Final[dict[str, Callable[[_Carrying, Step], tuple[Item, Item] | None]]] = {
    "add": _move,
    "replace": _move,
    "delete": _delete,
}


def _writing(target: Side) -> AbstractContextManager[None]:
    return target.writing() if isinstance(target, FolderSide) else nullcontext()


def _after(error: StorageError) -> StorageError:
    return Unreachable(f"not tried, after this: {error.message}")
