"""`bucketwright audit`: what is live, held against the contract and the rules."""

from pathlib import Path
from typing import Unpack

import click

from bucketwright.contract.words import Profile
from cli.audit_options import Asked, Compared, audit_options, runs_option
from cli.commands import command_with_commands, subcommand
from cli.contract_option import contract_option
from cli.exits import Exit
from cli.forms import form_option, profile_option
from cli.output import Output


@command_with_commands("audit")
@click.argument("stack", required=False)
@audit_options
@click.pass_context
def audit(context: click.Context, stack: str | None, named: Path | None, **asked: Unpack[Asked]) -> Exit:
    """STACK is an environment of the contract, such as prod: what is live and not as declared is found, and
    what breaks a rule; a broken rule that follows from a drift stands inside that drift. Without STACK no
    contract is needed: every bucket of the account, or those named, are judged by the rules.

    Nothing is changed: only calls that read are sent. What cannot be read is not decided, with the permission
    that is missing. BUCKETWRIGHT_TODAY=2027-06-30 judges as on that day, in UTC.
    """
    from cli.audit_run import run_audit  # noqa: PLC0415 - brings boto3

    return run_audit(context, stack, named, asked)


@subcommand(audit, "permissions", "Print the least policy that an audit needs.")
@click.argument("stack", required=False)
@contract_option
@click.option("--objects", type=click.Choice(["none", "full"]), default="none", help="As an audit is told.")
@profile_option
@click.pass_obj
def permissions(
    output: Output, stack: str | None, named: Path | None, objects: str, profile: Profile | None
) -> Exit:
    """A policy document of IAM in JSON, for the rules of STACK, or without a contract of a profile."""
    from cli.audit_permissions import run_permissions  # noqa: PLC0415 - brings the rules

    return run_permissions(output, (stack, named), profile, objects=objects == "full")


@subcommand(audit, "diff", "Say what became of the findings from one run to another.")
@click.argument("before")
@click.argument("after")
@runs_option
@form_option("Lines, or JSON.")
@click.pass_obj
def diff(output: Output, before: str, after: str, **asked: Unpack[Compared]) -> Exit:
    """BEFORE and AFTER are names of runs, as an audit says at its end. What each run found when it looked is
    compared; both have to have looked at the same. What is new ends with 1, what cannot be told with 3.
    """
    from cli.audit_diff_run import run_diff  # noqa: PLC0415 - brings boto3

    return run_diff(output, (before, after), asked)
