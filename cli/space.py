"""`bucketwright space`: how much lies where, and what it costs."""

from pathlib import Path
from typing import Final, Unpack

import click

from bucketwright.contract.model import Environment
from cli.audit_options import access_options
from cli.bucket_names import buckets_option
from cli.commands import command
from cli.contract_option import contract_option
from cli.cost import price_option
from cli.exits import Exit
from cli.forms import form_option
from cli.output import Output
from cli.sound import sound_stack
from cli.space_run import Asked, run_space

_DEEPEST: Final = 20


@command("space")
@click.argument("stack", required=False)
@contract_option
@buckets_option("Only this bucket; repeatable.")
@click.option(
    "--ledger", metavar="URL", help="Ask no server, but what audits keep: a folder or s3://BUCKET/PREFIX."
)
@click.option(
    "--depth",
    type=click.IntRange(0, _DEEPEST),
    default=1,
    show_default=True,
    help="Segments of the path by which keys outside of the contract's prefixes are put together.",
)
@click.option(
    "--top", type=click.IntRange(1), default=20, show_default=True, help="Rows of a table; JSON has all."
)
@price_option
@access_options
@form_option("Tables, or JSON.")
@click.pass_obj
def space(output: Output, stack: str | None, named: Path | None, **asked: Unpack[Asked]) -> Exit:
    """Objects, bytes and dollars a month, by declared prefix, storage class and age; old versions, delete
    markers and unfinished uploads beside them. STACK takes the contract's buckets and prefixes. With --ledger
    it is as the last audit saw it and costs nothing; else the buckets are listed, a call for each 1,000 keys.
    """
    environment = None if stack is None else sound_stack(named, stack, output)[1].environments[stack]
    _refuse_contradictions(environment, asked)
    return run_space(output, environment, asked)


def _refuse_contradictions(environment: Environment | None, asked: Asked) -> None:
    if asked["ledger"] is None and environment is None and not asked["buckets"]:
        raise click.UsageError("which buckets? Name STACK, --bucket, or a --ledger that has some")
    told = {
        "plain_http": asked["plain_http"],
        "server": asked["server"],
        "aws_profile": asked["aws_profile"],
        "assume_role": asked["roles"],
    }
    needless = next((name for name, value in told.items() if value), "")
    if asked["ledger"] is not None and needless:
        raise click.UsageError(f"--ledger asks no server; leave out --{needless.replace('_', '-')}")
    if len(asked["roles"]) > 1:
        raise click.UsageError("buckets of one account are listed: name one role with --assume-role")
