"""`bucketwright sync`: a folder and a place, or two places, become the same by moving only what differs."""

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, Unpack

import click

from bucketwright.contract.placement import addresses
from bucketwright.plain_text import counted, shown
from cli.commands import command_of
from cli.exits import Exit
from cli.output import Output
from cli.store import Reach, human, keep_begun, opened, store_options
from cli.store_bar import bar
from cli.store_names import STORED, is_stored, place_meant
from cli.store_steps import dry_run_option

if TYPE_CHECKING:  # the storage is loaded when a command runs
    from bucketwright.storage import Storage
    from bucketwright.storage.patterns.sync import Done, End, Plan, Step

_FILTERS: Final = {"--include": True, "--exclude": False}
_META: Final = "cli.sync.filters"
_DONE: Final = {"add": "added", "replace": "replaced", "delete": "deleted"}


class Filtering(click.Command):
    """Remembers in which order patterns were given, for the last that fits decides."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Note the order, and go on as always."""
        ctx.meta[_META] = _ordered(args)
        return super().parse_args(ctx, args)


class Asked(Reach):
    """All that is told beside the two sides."""

    include: tuple[str, ...]
    exclude: tuple[str, ...]
    delete: bool
    notes: bool
    dry_run: bool


@command_of("sync", Filtering)
@click.argument("source", type=STORED)
@click.argument("target", type=STORED)
@click.option("--include", multiple=True, metavar="PATTERN", help="Names that take part; repeatable.")
@click.option("--exclude", multiple=True, metavar="PATTERN", help="Names that do not; repeatable.")
@click.option("--delete", is_flag=True, help="Delete what only TARGET has.")
@click.option("--notes/--no-notes", default=True, help="Trust what earlier runs noted, or compare contents.")
@dry_run_option
@store_options
@click.pass_context
def sync(context: click.Context, source: str, target: str, **asked: Unpack[Asked]) -> Exit:
    """SOURCE and TARGET are folders of this machine or places of the contract, such as files/documents/7/;
    where a word could be both, say ./PATH or store:PLACE. Only what differs in content is moved, whatever
    its time says. In a PATTERN * stands for anything, / included; the last one that fits a name decides, and
    without one every name takes part. What the contract does not let in, and names that could lead out of
    the folder, are left and told; then the run ends with 3. Nothing is deleted after anything has failed.
    """
    output = context.find_object(Output) or Output()
    from bucketwright.storage.patterns.sync import Filter, plan  # noqa: PLC0415 - when a command runs

    filters = [Filter(*row) for row in context.meta[_META]]
    with opened(output, asked, begins=True) as storage:
        ends = _end(storage, source), _end(storage, target)
        notes = _notes() if asked["notes"] else None
        what = plan(*ends, filters=filters, delete=asked["delete"], notes=notes)
        if not isinstance(ends[0], Path):
            keep_begun(asked)
        for step in what.steps:
            if step.verb == "leave":
                output.error(f"{shown(step.name, 200)} is left: {step.why}" if step.name else step.why)
        if asked["dry_run"]:
            return _shown(output, what)
        return _carried_out(output, what)


def _shown(output: Output, what: "Plan") -> Exit:
    steps = [step for step in what.steps if step.verb != "leave"]
    for step in steps:
        output.result(f"would {_told(step)}")
    output.summary(_summary("would be ", steps, what.same))
    return Exit.CLEAN if what.is_complete else Exit.INCOMPLETE


def _carried_out(output: Output, what: "Plan") -> Exit:
    from bucketwright.storage.patterns.sync import carry_out  # noqa: PLC0415 - when a command runs

    size = sum(step.size for step in what.steps if step.verb in {"add", "replace"})
    moved = 0
    with bar(output, "sync") as progress:

        def tell(done: "Done") -> None:
            nonlocal moved
            if done.error is None:
                output.result(_told(done.step))
            else:
                output.error(f"{shown(done.step.name, 200)}: {done.error.message}")
            moved += done.step.size if done.step.verb != "delete" else 0
            progress(moved, size)

        found = carry_out(what, tell)
    steps = [one.step for one in found.done if one.error is None]
    output.summary(_summary("", steps, found.same, failed=len(found.done) - len(steps)))
    return Exit.CLEAN if found.is_whole else Exit.INCOMPLETE


def _told(step: "Step") -> str:
    return f"{step.verb} {step.name} ({human(step.size)})"


def _summary(mood: str, steps: "Sequence[Step]", same: int, failed: int = 0) -> str:
    """`2 added, 1 replaced, 1 failed; 3.4 MB; 12 alike`."""
    counts = {verb: sum(step.verb == verb for step in steps) for verb in _DONE}
    parts = [f"{number} {mood}{_DONE[verb]}" for verb, number in counts.items() if number]
    told = ", ".join([*parts, f"{failed} failed"] if failed else parts)
    size = sum(step.size for step in steps if step.verb != "delete")
    moved = f"; {human(size)} {mood}moved" if size else ""
    return f"{told or 'nothing to do'}{moved}; {counted(same, 'object')} alike"


def _end(storage: "Storage", word: str) -> "End":
    """A folder, or a place; wrong use where it could be both."""
    from bucketwright.storage.patterns.sync import PlaceSide  # noqa: PLC0415 - when a command runs

    known = set(addresses(storage.opened.environment))
    is_address = "/".join(word.split("/", 2)[:2]) in known
    if not is_stored(word) and not is_address:
        return Path(word)
    if not is_stored(word) and Path(word).exists():
        raise click.UsageError(f"{shown(word, 120)} is a folder and a place: say ./{word} or store:{word}")
    found = place_meant(storage, word)
    return PlaceSide(found.place, found.name)


def _ordered(words: Sequence[str]) -> list[tuple[bool, str]]:
    """The patterns, and whether each lets names in, as they stand on the command line."""
    found: list[tuple[bool, str]] = []
    rest = iter(words)
    for word in rest:
        if word == "--":
            break
        name, equals, value = word.partition("=")
        if name in _FILTERS:
            found.append((_FILTERS[name], value if equals else next(rest, "")))
    return found


def _notes() -> Path | None:
    """Where what was found alike is noted; nowhere for who has no home."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    with suppress(RuntimeError):
        return (Path(base) if base else Path.home() / ".cache") / "bucketwright" / "sync"
    return None
