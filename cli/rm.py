"""`bucketwright rm`: objects that are named, or all of a place where that is said, are deleted."""

from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Unpack

import click

from bucketwright.plain_text import clipped, counted
from bucketwright.storage.backends.interface import AT_ONCE
from bucketwright.storage.declared import key_of
from bucketwright.storage.errors import Refused, StorageError
from bucketwright.storage.naming import Named, spelled
from cli.commands import command
from cli.exits import Exit
from cli.output import Output
from cli.store import Reach, human, opened, store_options
from cli.store_names import STORED, object_meant, place_meant
from cli.store_overwriting import kept_option, may_delete
from cli.store_steps import Step, carry_out, dry_run_option

if TYPE_CHECKING:  # the storage is loaded when a command runs
    from bucketwright.storage.place import Entry


class Asked(Reach):
    """All that is told beside what is to go."""

    recursive: bool
    kept: bool
    dry_run: bool


@command("rm")
@click.argument("words", nargs=-1, required=True, metavar="OBJECT...", type=STORED)
@click.option("-r", "--recursive", is_flag=True, help="OBJECT is a place: delete all its objects.")
@kept_option
@dry_run_option
@store_options
@click.pass_obj
def rm(output: Output, words: tuple[str, ...], **asked: Unpack[Asked]) -> Exit:
    """OBJECT is such as files/documents/7/brief.pdf; one that is not there is told, and ends with 1. With
    --recursive it is a place, such as files/batch-tmp/7/b-1/. Nothing is asked: --dry-run shows before what
    would go. Where the bucket keeps versions, what is deleted stays as an old one.
    """
    with opened(output, asked) as storage:
        understood = place_meant if asked["recursive"] else object_meant
        found = [understood(storage, word) for word in words]
        for one in found:
            may_delete(one.place, kept=asked["kept"])
        if not asked["recursive"]:
            return carry_out(output, map(_step, found), dry_run=asked["dry_run"])
        return _emptied(output, found, dry_run=asked["dry_run"])


def _step(meant: Named) -> Step:
    return Step(f"delete {meant.spelled}", partial(_delete, meant), partial(_look, meant))


def _look(meant: Named) -> str:
    odd = _odd(meant)
    return _told(meant, meant.place.info(meant.name).size if odd is None else odd.size)


def _delete(meant: Named) -> str:
    odd = _odd(meant)
    if odd is None:
        told = _look(meant)
        meant.place.delete(meant.name)
        return told
    why = _deleted(meant, [odd]).get(odd.key)
    if why is not None:
        raise StorageError(f"{meant.spelled} stays: {clipped(why, 200)}", odd.key)
    return _told(meant, odd.size)


def _odd(meant: Named) -> "Entry | None":
    """What others wrote under a name that no contract takes, as it is listed; None where the name is one."""
    try:
        key_of(meant.place.there, meant.place.path, meant.name)
    except Refused:
        entry = next(meant.place.list(meant.name), None)
        if entry is not None and entry.name == meant.name:
            return entry
        raise
    return None


def _told(meant: Named, size: int) -> str:
    return f"delete {meant.spelled} ({human(size)})"


def _emptied(output: Output, places: list[Named], *, dry_run: bool) -> Exit:
    gone = size = left = 0
    for meant in places:
        rows = meant.place.list(meant.name)
        while page := [*islice(rows, AT_ONCE)]:
            why = {} if dry_run else _deleted(meant, page)
            for row in page:
                word = spelled(meant.place, row.name)
                if row.key in why:
                    output.error(f"{word} stays: {clipped(why[row.key], 200)}")
                    left += 1
                    continue
                output.result(f"{'would ' if dry_run else ''}delete {word} ({human(row.size)})")
                gone, size = gone + 1, size + row.size
    output.summary(f"{'would delete ' if dry_run else 'deleted '}{counted(gone, 'object')}, {human(size)}")
    return Exit.INCOMPLETE if left else Exit.CLEAN


def _deleted(meant: Named, page: "list[Entry]") -> dict[str, str]:
    """Why not, for each key that could not be deleted."""
    from bucketwright.storage.patterns.batches import delete_keys  # noqa: PLC0415 - when a command runs

    place = meant.place
    return dict(delete_keys(place.home.backend, place.there.bucket, [row.key for row in page]))
