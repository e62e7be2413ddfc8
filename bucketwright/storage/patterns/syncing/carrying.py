"""How is a plan carried out? Side by side, each step whole or not at all, and deletions last."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Final

from bucketwright.storage.errors import ENDS_ALL, StorageError, Unreachable
from bucketwright.storage.patterns.syncing.folder_side import MTIME, FolderSide
from bucketwright.storage.patterns.syncing.place_side import PlaceSide
from bucketwright.storage.patterns.syncing.planning import Plan, Side, Step
from bucketwright.storage.patterns.syncing.sides import Item
from bucketwright.storage.said import Said

_LANES: Final = 8
"""Steps at once, where the contract does not say more of parts: files are often small."""


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a step."""

    step: Step
    error: StorageError | None = None
    """Why it was not done; None where it was."""


def carried_out(plan: Plan) -> Iterator[Done]:
    """Each step and what became of it, in the plan's order; what is left by plan is not in it.

    Nothing is deleted after anything has failed.
    """
    moves = [step for step in plan.steps if step.verb in {"add", "replace"}]
    deletions = [step for step in plan.steps if step.verb == "delete"]
    if not moves and not deletions:
        return
    failed: StorageError | None = None
    with _writing(plan.target):
        for done in _side_by_side(plan, moves, ENDS_ALL, None):
            failed = failed or done.error
            yield done
        yield from _side_by_side(plan, deletions, (StorageError,), failed)


def _side_by_side(
    plan: Plan, steps: list[Step], ends: tuple[type[StorageError], ...], failed: StorageError | None
) -> Iterator[Done]:
    """Each step; none is tried any more after an error of these kinds."""
    stopped = [failed] if failed else []

    def attempt(step: Step) -> Done:
        if stopped:
            return Done(step, _after(stopped[0]))
        done = _attempted(plan, step)
        if isinstance(done.error, ends):
            stopped.append(done.error)
        return done

    pool = ThreadPoolExecutor(_lanes(plan), "bucketwright-sync")
    try:
        yield from pool.map(attempt, steps)
    finally:
        pool.shutdown(cancel_futures=True)


def _lanes(plan: Plan) -> int:
    places = (side.place for side in (plan.source, plan.target) if isinstance(side, PlaceSide))
    return max(_LANES, *(place.there.transfer.concurrency for place in places))


def _attempted(plan: Plan, step: Step) -> Done:
    try:
        pair = _DOES[step.verb](plan, step)
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


def _move(plan: Plan, step: Step) -> tuple[Item, Item] | None:
    source, target, item = plan.source, plan.target, step.source
    if item is None:
        return None
    match source, target:
        case FolderSide(), PlaceSide():
            written = target.put(
                step.name, source.file(step.name), Said(metadata=source.metadata(step.name)), step.target
            )
            return item, Item(step.name, written.size, "", written.etag)
        case PlaceSide(), PlaceSide():
            written = target.copy(source, step.name, step.target)
            return item, Item(step.name, written.size, "", written.etag)
        case PlaceSide(), FolderSide():
            return _fetched(source, target, step, item)
    return None


def _fetched(source: PlaceSide, target: FolderSide, step: Step, item: Item) -> tuple[Item, Item] | None:
    coming = target.coming()
    stored = source.place.save(source.begin + step.name, coming)
    when = stored.metadata.get(MTIME, "")
    mark = target.publish(coming, step.name, step.target, when)
    return (item, Item(step.name, stored.size, mark)) if stored.etag == item.etag else None


def _delete(plan: Plan, step: Step) -> None:
    if step.target is not None:
        plan.target.delete(step.target)


_DOES: Final[dict[str, Callable[[Plan, Step], tuple[Item, Item] | None]]] = {
    "add": _move,
    "replace": _move,
    "delete": _delete,
}


def _writing(target: Side) -> AbstractContextManager[None]:
    return target.writing() if isinstance(target, FolderSide) else nullcontext()


def _after(error: StorageError) -> StorageError:
    return Unreachable(f"not tried, after this: {error.message}")
