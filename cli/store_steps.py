"""What is done to a storage, step by step: planned as data, then shown by a dry run, or carried out."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

import click

from bucketwright.plain_text import counted, shown
from bucketwright.storage.errors import ENDS_ALL, AlreadyThere, StorageError
from cli.exits import Exit, gravest
from cli.output import Output
from cli.store import ending

dry_run_option: Final = click.option(
    "--dry-run", is_flag=True, help="Change nothing; print what would be done."
)


@dataclass(frozen=True, slots=True)
class Step:
    """One change."""

    told: str
    """What it does, as `delete files/documents/7/brief.pdf`."""
    act: Callable[[], str | None]
    """Does it; what comes back is told in place of `told`, where it turned out otherwise."""
    looked: Callable[[], str | None] | None = None
    """Changes nothing, and raises what `act` would, as far as that can be seen; what comes back is told."""
    replaced: str = ""
    """What it replaces if it is there: only one step of a run may."""


def carry_out(output: Output, steps: Iterable[Step], *, dry_run: bool) -> Exit:
    """Do one after the other and tell each; those after one that fails are done, unless all would fail."""
    ends: list[Exit] = []
    replaced: set[str] = set()
    for step in steps:
        do = step.looked if dry_run else step.act
        try:
            _keep_first(step, replaced)
            done = (do and do()) or step.told
        except StorageError as error:
            output.error(error.message)
            ends.append(ending(error))
            if isinstance(error, ENDS_ALL):
                break
        else:
            output.result(f"would {done}" if dry_run else done)
            ends.append(Exit.CLEAN)
    failed = sum(one is not Exit.CLEAN for one in ends)
    if failed and len(ends) > 1:
        output.note(f"{counted(failed, 'step')} of {len(ends)} failed")
    return gravest(ends)


def _keep_first(step: Step, replaced: set[str]) -> None:
    if step.replaced in replaced:
        just = f"what is in {shown(step.replaced, 120)} was written by this run just before"
        raise AlreadyThere(f"{step.told}: left as it is, for {just}")
    if step.replaced:
        replaced.add(step.replaced)
