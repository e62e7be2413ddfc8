"""`bucketwright ledger`: what audits remember of objects, counted, checked and forgotten."""

from collections.abc import Callable
from typing import Final, TypedDict, TypeVar, Unpack

import click

from cli.commands import group, subcommand
from cli.exits import Exit
from cli.forms import Form, form_option
from cli.output import Output

Function = TypeVar("Function", bound=Callable[..., object])
_OPTIONS: Final = (
    click.option("--endpoint-url", metavar="URL", help="The server of an s3:// ledger; by default AWS."),
    click.option("--plain-http", is_flag=True, help="Take http:// to another machine, where all can listen."),
    click.option("--aws-profile", metavar="NAME", help="The profile of the AWS configuration to sign with."),
    click.option("--region", metavar="NAME", help="Where the bucket of an s3:// ledger is asked first."),
)


class Place(TypedDict):
    """Which ledger, and how to get at it."""

    url: str
    endpoint_url: str | None
    plain_http: bool
    aws_profile: str | None
    region: str | None


def _ledger_options(function: Function) -> Function:
    """Add what says where a ledger is."""
    for add in reversed((click.argument("url", metavar="LEDGER"), *_OPTIONS)):
        function = add(function)
    return function


@group("ledger")
def ledger() -> None:
    """A ledger is a folder or s3://BUCKET/PREFIX, into which `audit --ledger` writes. It holds names of
    objects and what was answered of them, no contents. docs/ledger.md says what is in it.
    """


@subcommand(ledger, "stats", "Count what is kept of each bucket.")
@_ledger_options
@form_option("Text, or JSON.")
@click.pass_obj
def stats(output: Output, form: Form, **place: Unpack[Place]) -> Exit:
    """Objects, bytes, how much was asked of them and when, as the last finished run left it. A bucket that
    cannot be read is named with the reason and with what takes it away; the others are counted. Where one
    cannot be read, or was never listed to its end, the exit code is 3.
    """
    from cli.ledger_run import run_stats  # noqa: PLC0415 - brings pyarrow

    return run_stats(output, place, form)


@subcommand(ledger, "verify", "Check that all that is kept is whole.")
@_ledger_options
@form_option("Text, or JSON.")
@click.pass_obj
def verify(output: Output, form: Form, **place: Unpack[Place]) -> Exit:
    """Reads every file: digests, checksums, the order of the rows. Where something is damaged the exit code
    is 1; `ledger forget` then makes the next audit ask anew.
    """
    from cli.ledger_run import run_verify  # noqa: PLC0415 - brings pyarrow

    return run_verify(output, place, form)


@subcommand(ledger, "forget", "Remove all that is kept of a bucket.")
@_ledger_options
@click.option("--bucket", required=True, metavar="NAME", help="The bucket that is forgotten.")
@click.option(
    "--at", "server", metavar="URL", help="The server it is on, where the ledger knows several of that name."
)
@click.option("--yes", is_flag=True, help="Do it; without it, say what would be removed.")
@click.pass_obj
def forget(output: Output, bucket: str, server: str | None, yes: bool, **place: Unpack[Place]) -> Exit:
    """The bucket itself is not touched; the next audit looks at all of it."""
    from cli.ledger_run import run_forget  # noqa: PLC0415 - brings pyarrow

    return run_forget(output, place, (bucket, server), sure=yes)
