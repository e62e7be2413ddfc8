"""`bucketwright fix`: which calls would end the findings of an audit, and, where told to, make them."""

from pathlib import Path
from typing import Literal, TypedDict, Unpack, get_args

import click

from bucketwright.contract.words import Profile
from cli.audit_options import Access, access_options, runs_option
from cli.bucket_names import buckets_option
from cli.commands import command
from cli.contract_option import contract_option
from cli.exits import Exit
from cli.forms import Form, form_option, profile_option
from cli.output import Output

Objects = Literal["none", "full"]


class Extent(TypedDict):
    """What is to be fixed: a run that is taken up again goes by it, too."""

    buckets: tuple[str, ...]
    rules: tuple[str, ...]
    objects: Objects
    profile: Profile | None
    risky: bool
    remove_undeclared: bool
    delete_old_versions: bool


class Asked(Access, Extent):
    """All that a fix is told beside its stack."""

    apply: bool
    yes: bool
    resume: str | None
    undo: str | None
    runs: Path
    form: Form


@command("fix")
@click.argument("stack", required=False)
@contract_option
@buckets_option("Only this bucket; repeatable.")
@click.option("--rule", "rules", multiple=True, metavar="ID", help="Only findings of this rule; repeatable.")
@click.option(
    "--objects",
    type=click.Choice(get_args(Objects)),
    default="none",
    show_default=True,
    help="Look at every object of every bucket, too, which takes a call for each.",
)
@click.option("--apply", is_flag=True, help="Make the changes. Without it nothing is changed.")
@click.option("--yes", is_flag=True, help="With --apply on a terminal: do not ask before the first change.")
@click.option("--risky", is_flag=True, help="Also changes by which something may break.")
@click.option("--remove-undeclared", is_flag=True, help="Also take away what others added.")
@click.option(
    "--delete-old-versions", is_flag=True, help="Also delete older versions that break a rule, for good."
)
@click.option("--resume", metavar="RUN", help="Take up again a fix that was cut off.")
@click.option("--undo", metavar="RUN", help="Put back what an earlier fix changed.")
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
    and read after; then all is judged again. Each change is noted in a journal before and after: --resume
    takes up a run that was cut off, and --undo puts back what one changed. RUN is its name, or the file.
    """
    from cli.fixing import run_fix  # noqa: PLC0415 - brings boto3

    return run_fix(output, stack or "", named, asked)
