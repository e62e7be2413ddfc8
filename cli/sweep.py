"""`bucketwright sweep`: sessions whose time is over and uploads that nobody finished are shown, or go."""

from datetime import timedelta
from typing import TYPE_CHECKING, Unpack

import click

from bucketwright.contract.quantities import spell_span
from bucketwright.plain_text import counted
from bucketwright.storage.errors import StorageError
from cli.commands import command
from cli.exits import Exit, gravest
from cli.output import Output
from cli.spelled import SPAN
from cli.store import Reach, ending, human, opened, store_options

if TYPE_CHECKING:  # the storage is loaded when a command runs
    from bucketwright.storage import Storage
    from bucketwright.storage.patterns.sweeping import Abandoned, Swept, Terms


class Asked(Reach):
    """All that is told."""

    idle: timedelta
    uploads_older_than: timedelta | None
    apply: bool


@command("sweep")
@click.option("--apply", is_flag=True, help="Delete it. Without it nothing is changed.")
@click.option(
    "--idle",
    type=SPAN,
    default="1 hour",
    show_default=True,
    metavar="TIME",
    help="How long nothing was written to a session that is swept.",
)
@click.option(
    "--uploads-older-than",
    type=SPAN,
    metavar="TIME",
    help="Age of unfinished uploads; by default 'abort_uploads' of their bucket.",
)
@store_options
@click.pass_obj
def sweep(output: Output, **asked: Unpack[Asked]) -> Exit:
    """Upload sessions that have lasted as long as 'session_ttl' of their bucket says, and to which nothing
    was written lately, with all their files; and uploads in parts that nobody finished. What is alive, and
    what the contract's paths do not own, is never touched; each session is looked at again just before it
    goes. TIME is such as '90 minutes' or '2 days'.
    """
    from bucketwright.storage.patterns.sweeping import Terms, abandoned  # noqa: PLC0415 - when a command runs

    terms = Terms(idle=asked["idle"], uploads=asked["uploads_older_than"])
    with opened(output, asked) as storage:
        found = [*abandoned(storage, terms)]
        ends = [_one(output, storage, what, terms if asked["apply"] else None) for what in found]
    verb = "swept" if asked["apply"] else "would be swept"
    output.summary(f"{verb}: {counted(len(found), 'thing')}" if found else "nothing to sweep")
    return gravest(ends)


def _one(output: Output, storage: "Storage", what: "Abandoned", terms: "Terms | None") -> Exit:
    """Sweep it, or without terms only show it."""
    from bucketwright.storage.patterns.sweeping import sweep as swept  # noqa: PLC0415 - when a command runs

    if terms is None:
        output.result(f"would sweep {_told(what)}")
        return Exit.CLEAN
    try:
        done = swept(storage, what, terms)
    except StorageError as error:
        output.error(error.message)
        return ending(error)
    return _ended(output, what, done)


def _ended(output: Output, what: "Abandoned", done: "Swept") -> Exit:
    if done.is_alive:
        output.note(f"left alone, for it came alive: {_told(what)}")
        return Exit.CLEAN
    for left in done.left:
        output.error(f"{left.key} stays: {left.reason}")
    output.result(f"swept {_told(what)}")
    return Exit.INCOMPLETE if done.left else Exit.CLEAN


def _told(what: "Abandoned") -> str:
    from bucketwright.storage.patterns.sweeping import Session, Unfinished  # noqa: PLC0415 - as above

    match what:
        case Session(bucket_id=bucket, session_id=session, seen=seen, ttl=ttl):
            begun = f"{seen.begun:%Y-%m-%d %H:%M} UTC" if seen.begun else "nobody knows when"
            uploads = f", {counted(seen.uploads, 'unfinished upload')}" if seen.uploads else ""
            size = f"{counted(seen.objects, 'object')}, {human(seen.size)}{uploads}"
            return f"session {session} of {bucket}: begun {begun}, over after {spell_span(ttl)}; {size}"
        case Unfinished(bucket_id=bucket, upload=upload):
            return f"unfinished upload to {upload.key} in {bucket}, begun {upload.begun:%Y-%m-%d %H:%M} UTC"
    return f"{counted(what.files, 'file')} in the folder that belong to no object"
