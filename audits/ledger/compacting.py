"""How are many parts made few again, without a moment at which something is lost?

Parts that only say what changed are laid over each other, and over what they change once they are many.
The new parts are written first, then the manifest names them in place of the old ones, whose files go later.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import Final, NamedTuple

import pyarrow as pa

from audits.ledger.manifest import Manifest, Part
from audits.ledger.merging import standing
from audits.ledger.parts import GROUP_ROWS, PartReader, PartWriter
from audits.ledger.reading import Reading
from audits.ledger.shelf import SETTLED, Shelf, utc_now
from audits.ledger.spans import EVERYTHING, Range, within
from audits.ledger.view import View

MOST_CHANGES: Final = 8
"""So many parts that say what changed are read beside the others."""
_WORTH: Final = 4
"""What changed is put in its place once it is so large a part of all."""
_SCATTERED: Final = 32
_PART_ROWS: Final = 1 << 19
_NOTHING: Final[Range] = ("", "")
_NAME: Final = "compacted"
"""Where the names of runs stand in those of their parts."""


class Kind(NamedTuple):
    """What is put together."""

    is_all: bool
    """Whether no part is left beside."""
    is_complete: bool
    """Whether the parts tell of every key."""


def compact(shelf: Shelf, reader: PartReader, now: datetime | None = None) -> bool:
    """Whether parts were put together. Nothing is done while another run is under way: it goes by what is
    there."""
    moment = now or utc_now()
    _adopt_the_dead(shelf, moment)
    if shelf.unfinished():
        return False
    manifest = shelf.manifest()
    old = worth_merging(manifest)
    if old:
        _replace(shelf, reader, old, Kind(len(old) == len(manifest.parts), manifest.is_complete))
    shelf.clean(moment)
    return bool(old)


def worth_merging(manifest: Manifest) -> tuple[Part, ...]:
    """The parts that had better be fewer: all, those that say what changed, or none."""
    changes = tuple(part for part in manifest.parts if not part.whole)
    whole = [part for part in manifest.parts if part.whole]
    rows, ranges = sum(part.rows for part in whole), sum(len(part.whole) for part in whole)
    scattered = ranges > _SCATTERED and ranges * GROUP_ROWS > 2 * rows
    if scattered or (changes and sum(part.rows for part in changes) * _WORTH >= rows):
        return manifest.parts if len(manifest.parts) > 1 else ()
    return changes if len(changes) > MOST_CHANGES else ()


def _adopt_the_dead(shelf: Shelf, now: datetime) -> None:
    """What runs wrote that have not been heard of for long counts, and they are at an end."""
    for one in shelf.unfinished():
        if now - one.touched >= SETTLED:
            shelf.change(partial(_with_parts, one.journal.parts))
            shelf.drop_journal(one.journal.run)


def _with_parts(parts: tuple[Part, ...], manifest: Manifest) -> Manifest:
    return manifest.with_parts(parts)


def _replace(shelf: Shelf, reader: PartReader, old: Sequence[Part], kind: Kind) -> None:
    new = tuple(put_together(shelf, reader, old, kind))
    names = frozenset(part.name for part in old)

    def swapped(manifest: Manifest) -> Manifest:
        if not names <= {part.name for part in manifest.parts}:
            return manifest
        return manifest.without_parts(names, utc_now()).with_parts(new)

    after = shelf.change(swapped)
    if not {part.name for part in new} <= {part.name for part in after.parts}:
        for part in new:
            shelf.store.remove(f"{shelf.folder}/parts/{part.name}")


def put_together(shelf: Shelf, reader: PartReader, old: Sequence[Part], kind: Kind) -> Iterator[Part]:
    """The rows of old parts in new ones; what is gone is still said where there are parts below."""
    reading = Reading(reader, shelf.folder, View(old))
    names = tuple(dict.fromkeys(name for part in old for name in reader.columns(shelf.folder, part)))
    times = (min(part.oldest for part in old), max(part.newest for part in old))
    known = (EVERYTHING,) if kind.is_all and kind.is_complete else reading.view.whole
    steps = reading.steps()
    low: str | None = ""
    while low is not None:
        writer = PartWriter(shelf.store, names)
        try:
            high = _fill(writer, reading, steps, (names, kind))
            whole = within(known, (low, high))
            part = writer.published(shelf.folder, _NAME, whole, times)
        except BaseException:
            writer.drop()
            raise
        low = high
        if part is not None:
            yield part


def _fill(
    writer: PartWriter, reading: Reading, steps: Iterator[Range], what: tuple[tuple[str, ...], Kind]
) -> str | None:
    """Write rows until a part has enough; up to which key they go."""
    names, kind = what
    held = reading.rows(_NOTHING, names)
    for span in steps:
        table = reading.rows(span, names)
        held = pa.concat_tables([held, standing(table) if kind.is_all else table])
        is_full = writer.rows + held.num_rows >= _PART_ROWS and span[1] is not None
        ready = held.num_rows if is_full else held.num_rows - held.num_rows % GROUP_ROWS
        writer.add(held.slice(0, ready))
        held = held.slice(ready)
        if is_full:
            return span[1]
    writer.add(held)
    return None
