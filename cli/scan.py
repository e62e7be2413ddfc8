"""`bucketwright scan`: what waits in quarantine is scanned by ClamAV, and released or deleted."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final, Unpack

import click

from bucketwright.contract.access.quarantine import quarantines
from bucketwright.plain_text import counted
from cli.asked import S3
from cli.commands import command
from cli.exits import Exit, gravest
from cli.output import Output
from cli.spelled import SIZE
from cli.store import Reach, human, opened, store_options
from cli.store_names import STORED, meant, prefix_meant

if TYPE_CHECKING:  # the storage is loaded when a command runs
    from bucketwright.storage import Storage
    from bucketwright.storage.patterns.quarantine import End, Outcome, Quarantine
    from bucketwright.storage.scanning import Clamd

_TOLD: Final[Mapping["End", str]] = {
    "released": "released {0.key} to {0.told}",
    "deleted": "deleted {0.key}: {0.told}",
    "kept": "kept {0.key}: {0.told}",
    "gone": "gone {0.key}",
    "waiting": "waiting {0.key}: {0.told}",
}
_DONE: Final = frozenset({"released", "deleted"})
"""What a dry run does not do."""
_ENDS: Final[Mapping["End", Exit]] = {
    "deleted": Exit.FINDINGS,
    "kept": Exit.FINDINGS,
    "waiting": Exit.INCOMPLETE,
}


class Asked(Reach):
    """All that is told beside the quarantines."""

    clamd: str
    largest: int
    queue: str
    follow: bool
    dry_run: bool


@command("scan")
@click.argument("where", nargs=-1, type=STORED)
@click.option(
    "--clamd",
    metavar="ADDRESS",
    default="unix:/run/clamav/clamd.ctl",
    show_default=True,
    envvar="BUCKETWRIGHT_CLAMD",
    show_envvar=True,
    help="Where ClamAV's daemon listens: unix:PATH or HOST:PORT.",
)
@click.option(
    "--largest",
    type=SIZE,
    metavar="SIZE",
    default="25 MB",
    show_default=True,
    help="Of a file that is scanned; tried, and less where the daemon takes less.",
)
@click.option("--queue", metavar="URL", default="", help="Scan what this queue of arrivals tells of.")
@click.option("--follow", is_flag=True, help="Go on when the queue is empty, until interrupted.")
@click.option("--dry-run", is_flag=True, help="Scan, and change nothing.")
@store_options
@click.pass_obj
def scan(output: Output, where: tuple[str, ...], **asked: Unpack[Asked]) -> Exit:
    """WHERE is a quarantine of the contract, such as uploads/quarantine, a place in it, or an object; by
    default all of them are scanned. What is clean goes where the contract's 'release_to' says, what is
    infected is deleted or kept as its 'infected' says, and what the scanner cannot look into, or the
    contract does not take, waits. A daemon that would call such files clean is not used.

    Exit code 1: something was infected; 3: something waits.
    """
    _keep_sense(where, asked)
    with opened(output, asked) as storage:
        from bucketwright.storage.scanning import clamd  # noqa: PLC0415 - when a command runs

        scanner = clamd(asked["clamd"], asked["largest"])
        output.note(f"files up to {human(scanner.largest)} are scanned by {scanner.where}")
        if asked["queue"]:
            found = _arrived(storage, scanner, where[0], asked)
        else:
            found = _waiting(storage, scanner, where, dry_run=asked["dry_run"])
        number, end = 0, Exit.CLEAN
        for one in found:
            number, end = number + 1, gravest((end, _shown(output, one, dry_run=asked["dry_run"])))
    output.summary(f"scanned: {counted(number, 'object')}" if number else "nothing waits")
    return end


def _keep_sense(where: tuple[str, ...], asked: Asked) -> None:
    if asked["queue"] and (len(where) != 1 or where[0].count("/") != 1):
        raise click.UsageError("a queue tells of one quarantine: name it, as in uploads/quarantine")
    if asked["queue"] and asked["dry_run"]:
        raise click.UsageError("what is taken from a queue is dealt with: leave out --queue or --dry-run")
    if asked["follow"] and not asked["queue"]:
        raise click.UsageError("--follow follows a queue: name it with --queue")


def _waiting(
    storage: "Storage", scanner: "Clamd", where: tuple[str, ...], *, dry_run: bool
) -> "Iterator[Outcome]":
    """What becomes of all that lies there."""
    every = [place.address for place in quarantines(storage.opened.environment)]
    for word in where or every:
        prefix, rest = prefix_meant(storage, meant(storage, word).spelled if word.startswith(S3) else word)
        yield from _quarantine(storage, scanner, prefix.address, dry_run=dry_run).scan_all(rest)


def _arrived(storage: "Storage", scanner: "Clamd", address: str, asked: Asked) -> "Iterator[Outcome]":
    """What becomes of all that a queue tells of."""
    from bucketwright.storage.patterns.arrivals import Arrivals  # noqa: PLC0415 - when a command runs
    from bucketwright.storage.patterns.queues import LONGEST_WAIT, SqsQueue  # noqa: PLC0415 - brings the SDK

    queue = SqsQueue(asked["queue"], profile=asked["aws_profile"] or "")
    arrivals = Arrivals(_quarantine(storage, scanner, address), queue)
    wait = LONGEST_WAIT if asked["follow"] else 1
    while (outcome := arrivals.next(wait)) is not None or asked["follow"]:
        if outcome is not None:
            yield outcome


def _quarantine(storage: "Storage", scanner: "Clamd", address: str, *, dry_run: bool = False) -> "Quarantine":
    from bucketwright.storage.patterns.quarantine import quarantine  # noqa: PLC0415 - when a command runs

    return replace(quarantine(storage, address, scanner), is_trial=dry_run)


def _shown(output: Output, one: "Outcome", *, dry_run: bool) -> Exit:
    line = _TOLD[one.end].format(one)
    output.result(f"would be {line}" if dry_run and one.end in _DONE else line)
    return _ENDS.get(one.end, Exit.CLEAN)
