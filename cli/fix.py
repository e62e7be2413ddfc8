"""`bucketwright fix`: which calls would end the findings of an audit, and, where told to, make them."""

from pathlib import Path
from typing import TypedDict, Unpack

import click

from bucketwright.contract.terms import Profile
from cli.audit_options import Access, Objects, access_options, objects_option, runs_option
from cli.commands import command
from cli.contract_file import contract_option
from cli.exits import Exit
from cli.forms import Form, form_option, profile_option
from cli.output import Output


class Wishes(TypedDict):
    """What is to be fixed, and how far."""

    buckets: tuple[str, ...]
    rules: tuple[str, ...]
    objects: Objects
    profile: Profile | None
    apply: bool
    yes: bool
    risky: bool
    remove_undeclared: bool
    delete_old_versions: bool
    undo: Path | None
    runs: Path
    form: Form


class Asked(Access, Wishes):
    """All that a fix is told beside its stack."""


@command("fix")
@click.argument("stack", required=False)
@contract_option
@click.option("--bucket", "buckets", multiple=True, metavar="NAME", help="Only this bucket; repeatable.")
@click.option("--rule", "rules", multiple=True, metavar="ID", help="Only findings of this rule; repeatable.")
@objects_option
@click.option("--apply", is_flag=True, help="Make the changes. Without it nothing is changed.")
@click.option("--yes", is_flag=True, help="With --apply on a terminal: do not ask before the first change.")
@click.option("--risky", is_flag=True, help="Also changes by which something may break.")
@click.option("--remove-undeclared", is_flag=True, help="Also take away what others added.")
@click.option(
    "--delete-old-versions", is_flag=True, help="Also delete older versions that break a rule, for good."
)
@click.option(
    "--undo",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Put back what an earlier fix changed, as the file that it wrote says.",
)
@runs_option
@access_options
@profile_option
@form_option("Lines, or JSON.")
@click.pass_obj
def fix(output: Output, stack: str | None, named: Path | None, **asked: Unpack[Asked]) -> Exit:
    """It looks as `audit` does, and prints for each finding that calls can end: what becomes what, the exact
    calls in their order, what may break, and the calls that put it back. With STACK what drifted becomes as
    declared; what others added stays.

    With --apply they are made: each fact is read before, and left alone where somebody changed it meanwhile,
    and read after; then all is judged again. What was there is kept in a file for --undo, and each call in a
    log, beside the runs of audits.
    """
    from cli.fixing import run_fix  # noqa: PLC0415 - brings boto3

    return run_fix(output, stack or "", named, asked)
