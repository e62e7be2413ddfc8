"""`bucketwright scheduled-audit`: an audit that nobody watches, from its start to the message about it."""

from collections.abc import Callable
from typing import Final, TypedDict, TypeVar, Unpack

import click

from cli.commands import command
from cli.exits import Exit
from cli.output import Output


class Where(TypedDict):
    """Where it is told."""

    reports: str
    history: str
    topic: str


Function = TypeVar("Function", bound=Callable[..., object])
_FOLDER: Final = "s3://BUCKET/PREFIX/"
_OPTIONS: Final = (
    ("reports", _FOLDER, "Where reports and evidence go, each run in a folder of its own."),
    ("history", _FOLDER, "Where it is kept what earlier runs found."),
    ("topic", "ARN", "The topic that is told what is new."),
)


def _options(function: Function) -> Function:
    for name, form, about in reversed(_OPTIONS):
        function = click.option(
            f"--{name}",
            required=True,
            metavar=form,
            envvar=f"BUCKETWRIGHT_{name.upper()}",
            show_envvar=True,
            help=about,
        )(function)
    return function


@command("scheduled-audit")
@click.argument("words", nargs=-1, metavar="[-- AUDIT WORDS...]", envvar="BUCKETWRIGHT_AUDIT")
@_options
@click.pass_obj
def scheduled_audit(output: Output, words: tuple[str, ...], **where: Unpack[Where]) -> Exit:
    """AUDIT WORDS are what `bucketwright audit` is told, such as: -- prod --objects full. Unsaid, they are
    those of BUCKETWRIGHT_AUDIT.

    The audit only reads, as it always does. Once it is over, its reports are put into a bucket, what is new
    is told by a topic, and what it found is kept for the next run: these are the only writes. The last line
    says in JSON how it ended: clean, findings, incomplete or failed.
    """
    from cli.scheduled_run import orders, scheduled  # noqa: PLC0415 - brings boto3

    return scheduled(orders(words, **where), output)
