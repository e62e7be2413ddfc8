"""`bucketwright adopt`: a contract for buckets that are there already."""

from pathlib import Path
from typing import Unpack

import click

from cli import audit_options
from cli.audit_options import access_options
from cli.bucket_names import buckets_option
from cli.commands import command
from cli.exits import Exit
from cli.output import Output


class Asked(audit_options.Access):
    """All that an adoption is told."""

    buckets: tuple[str, ...]
    all_buckets: bool
    project: str | None
    env: str | None
    folder: Path
    force: bool


@command("adopt")
@buckets_option("Adopt this bucket; repeatable.")
@click.option("--all-buckets", is_flag=True, help="Adopt every bucket of the account.")
@click.option(
    "--project", metavar="NAME", help="Id of the project; by default as the buckets' tags or names say."
)
@click.option("--env", metavar="NAME", help="The environment they are; by default as tags or names say.")
@click.option(
    "--out",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default="adopted",
    show_default=True,
    metavar="FOLDER",
    help="Where the files go.",
)
@click.option("--force", is_flag=True, help="Overwrite files that are already there.")
@access_options
@click.pass_obj
def adopt(output: Output, **asked: Unpack[Asked]) -> Exit:
    """Looks at live buckets and writes three files: contract.yaml describes them, not-expressed.jsonl lists
    what no contract can say of them, and import.json is what `pulumi import --file` takes.

    Nothing is changed: only calls that read are sent. The contract is loaded again and held against what is
    live; whatever differs is listed. Where anything is, the run ends with 3.
    """
    from cli.adopt_run import run_adopt  # noqa: PLC0415 - brings boto3

    return run_adopt(output, asked)
