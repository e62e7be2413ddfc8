"""How does a long run keep its state, so that whatever ends it, the next one goes on from a whole checkpoint?

A checkpoint is one object, there whole or not at all. Only then does the pointer `latest` move to it, on the
condition that nobody has moved it meanwhile, and only then do old ones go. A run that is killed in between
has left a whole checkpoint that no pointer knows: `resume` finds it.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, Literal, Unpack, get_args

from bucketwright.plain_text import shown
from bucketwright.storage.backends.interface import AT_ONCE
from bucketwright.storage.content import Data, given
from bucketwright.storage.errors import (
    AlreadyThere,
    Changed,
    Misconfigured,
    NotFound,
    Refused,
    StorageError,
)
from bucketwright.storage.patterns.batches import Left, delete_keys, why_it_stays
from bucketwright.storage.patterns.checkpoint_names import (
    LARGEST_POINTER,
    Checkpoint,
    checkpoint_of,
    keep_names,
    metadata_of,
    name_of,
    pointer_text,
    read_pointer,
    step_of,
)
from bucketwright.storage.patterns.together import take_away
from bucketwright.storage.place import Place, Writing
from bucketwright.storage.reading import Reader
from bucketwright.storage.said import Said
from bucketwright.storage.transfer.watching import Putting, Saving
from bucketwright.storage.writing import Written

LATEST: Final = "latest"
BEST: Final = "best"
_LOOKS: Final = 5
"""How often a pointer is read again that others move."""
Better = Literal["lowest", "highest"]
__all__ = ["BEST", "LATEST", "Better", "Checkpoint", "Checkpoints"]


class Checkpoints:
    """The checkpoints of one run, with the pointers `latest` and, where a metric is compared, `best`."""

    def __init__(
        self, place: Place, pointers: Place, *, keep_last: int = 3, best: Better | None = None
    ) -> None:
        keep_names(place)
        if why := why_it_stays(place.there):
            raise Misconfigured(
                f"{place.there.address} {why}, and of checkpoints only the last and the best stay: "
                "let the contract keep them in another prefix"
            )
        if pointers.there.prefix.write.mode != "if-unchanged":
            raise Misconfigured(
                "pointers are replaced only by who has read them: let the contract say "
                f"'write: if-unchanged' of {pointers.there.address}"
            )
        if best not in (None, *get_args(Better)):
            raise Refused(f"the best checkpoint has the 'lowest' or the 'highest' metric, not {best!r:.40}")
        if keep_last < 1:
            raise Refused(f"at least the last checkpoint is kept, and keep_last is {keep_last}")
        self._place, self._pointers = place, pointers
        self._keep_last, self._better = keep_last, best
        self.left: tuple[Left, ...] = ()
        """Old checkpoints that could not be deleted when some were deleted last; they are tried again."""

    def save(
        self, step: int, data: Data, metric: float | None = None, **watched: Unpack[Putting]
    ) -> Checkpoint:
        """Store a checkpoint, let the pointers lead to it, and delete those that are not to be kept.

        Changed where the run has gone further already, and AlreadyThere where another checkpoint of the step
        is there: then nothing is stored. The same one again only moves the pointers.
        """
        name, said = self._begun(step, metric)
        try:
            written = self._own(self._place.put(name, data, said, **watched), step)
        except AlreadyThere:
            return self._saved_before(step, data)
        return self._publish(step, written, metric)

    @contextmanager
    def writing(self, step: int, metric: float | None = None) -> Iterator[Writing]:
        """A file to write a checkpoint to, stored and published when the block ends without an error."""
        name, said = self._begun(step, metric)
        with self._place.open(name, "wb", said) as file:
            yield file
        if file.written is not None:
            self._publish(step, self._own(file.written, step), metric)

    def latest(self) -> Checkpoint | None:
        """The checkpoint that was published last; None before the first."""
        return self._pointer(LATEST)[0]

    def best(self) -> Checkpoint | None:
        """The best of those that had a metric; None where none had."""
        return self._pointer(BEST)[0]

    def steps(self) -> list[int]:
        """The steps of all checkpoints that are there, in their order."""
        found = (step_of(self._place, entry.name) for entry in self._place.list())
        return sorted(step for step in found if step is not None)

    def resume(self) -> Checkpoint | None:
        """The newest whole checkpoint, to go on from; None where there is none.

        One that a killed run stored and did not publish is published now. Where somebody has deleted the
        latest, the pointer goes back to the one before.
        """
        steps, (latest, _) = self.steps(), self._pointer(LATEST)
        known = -1 if latest is None else latest.step
        for step in [one for one in steps if one > known] or ([] if known in steps else steps[-1:]):
            latest = self._stored(step)
            self._point_to_best(latest)
            self._point(LATEST, latest, back=step < known)
        self._prune()
        return latest if steps else None

    def open(self, checkpoint: Checkpoint | None = None) -> Reader:
        """A checkpoint as a file; the latest where none is named, also while others publish newer ones."""
        if checkpoint is not None:
            return self._place.open(checkpoint.name)
        for _ in range(_LOOKS):
            latest = self._needed()
            try:
                return self._place.open(latest.name)
            except NotFound:
                if self.latest() == latest:
                    told = (
                        f"the latest checkpoint, of step {latest.step}, is gone: resume from the one before"
                    )
                    raise NotFound(told) from None
        raise Changed("others publish checkpoints faster than they can be opened")

    def load(self, path: Path, checkpoint: Checkpoint | None = None, **watched: Unpack[Saving]) -> Checkpoint:
        """Write a checkpoint, or the latest, to a file, which is whole or as it was before."""
        found = checkpoint or self._needed()
        self._place.save(found.name, path, **watched)
        return found

    def _begun(self, step: int, metric: float | None) -> tuple[str, Said]:
        """The name of a checkpoint and what it carries; Changed where the run has gone further already."""
        name, said = name_of(self._place, step), Said(metadata=metadata_of(metric))
        latest = self.latest()
        if latest is not None and step < latest.step:
            raise Changed(f"the latest checkpoint is of step {latest.step} already, and this is step {step}")
        return name, said

    def _own(self, written: Written, step: int) -> Written:
        """What was written under its name; AlreadyThere where the contract gave it another at a clash."""
        if written.name != name_of(self._place, step):
            take_away(self._place, [written])
            raise _another(step, written.key)
        return written

    def _saved_before(self, step: int, data: Data) -> Checkpoint:
        """The checkpoint that is there, if it is the same one: of a run that was killed before its end."""
        found = self._stored(step)
        if not isinstance(data, bytes | bytearray | memoryview | os.PathLike):
            raise _another(step, found.name)
        with given(data) as content:
            if content.sha256 != found.sha256:
                raise _another(step, found.name)
        return self._publish_found(found)

    def _publish(self, step: int, written: Written, metric: float | None) -> Checkpoint:
        return self._publish_found(Checkpoint(step, written.name, written.size, written.sha256, metric))

    def _publish_found(self, checkpoint: Checkpoint) -> Checkpoint:
        """First the best, so that whoever is killed in between finds the checkpoint newer than the latest."""
        self._point_to_best(checkpoint)
        self._point(LATEST, checkpoint)
        self._prune()
        return checkpoint

    def _point_to_best(self, checkpoint: Checkpoint) -> None:
        if self._better is not None and checkpoint.metric is not None:
            self._point(BEST, checkpoint)

    def _point(self, pointer: str, checkpoint: Checkpoint, *, back: bool = False) -> None:
        """Let a pointer lead to a checkpoint, unless it leads further, or to a better one."""
        for _ in range(_LOOKS):
            current, etag = self._pointer(pointer)
            if current is not None and not back and not self._is_before(pointer, current, checkpoint):
                return
            with suppress(AlreadyThere, Changed):
                self._pointers.put(pointer, pointer_text(checkpoint), over=etag)
                return
        raise Changed(f"others move the pointer {pointer} at this very moment: the checkpoint is stored")

    def _is_before(self, pointer: str, current: Checkpoint, checkpoint: Checkpoint) -> bool:
        if pointer == LATEST:
            return current.step < checkpoint.step
        if current.metric is None or checkpoint.metric is None:
            return current.metric is None
        if self._better == "lowest":
            return checkpoint.metric < current.metric
        return checkpoint.metric > current.metric

    def _pointer(self, pointer: str) -> tuple[Checkpoint | None, str]:
        """Where a pointer leads, and its ETag; nowhere before the first checkpoint."""
        try:
            with self._pointers.open(pointer) as file:
                text = file.read(LARGEST_POINTER)
                return read_pointer(self._place, text, file.info.key), file.info.etag
        except NotFound:
            return None, ""

    def _stored(self, step: int) -> Checkpoint:
        name = name_of(self._place, step)
        return checkpoint_of(step, name, self._place.info(name))

    def _needed(self) -> Checkpoint:
        latest = self.latest()
        if latest is None:
            raise NotFound(f"no checkpoint was published at {shown(self._place.path, 120)}")
        return latest

    def _prune(self) -> None:
        """Delete all but the last, the best and the latest; what cannot be deleted now is tried next time."""
        backend, bucket = self._place.home.backend, self._place.there.bucket
        try:
            steps = self.steps()
            kept = {one.step for one in (self.latest(), self.best()) if one is not None}
            old = [one for one in steps[: -self._keep_last] if one not in kept]
            keys = [self._place.path + name_of(self._place, step) for step in old]
            failed = delete_keys(backend, bucket, keys[:AT_ONCE])
        except StorageError as error:
            self.left = (Left(self._place.path, error.message),)
        else:
            self.left = tuple(Left(key, reason) for key, reason in sorted(failed.items()))


def _another(step: int, key: str) -> AlreadyThere:
    return AlreadyThere(f"another checkpoint of step {step} is there already: resume before saving", key)
