"""`bucketwright cp`: the same content at another place, by the rules that hold there."""

from typing import Unpack

import click

from cli.commands import command
from cli.exits import Exit
from cli.output import Output
from cli.store import store_options
from cli.store_copying import Asked, run_copies
from cli.store_names import STORED
from cli.store_overwriting import overwrite_option
from cli.store_steps import dry_run_option


@command("cp")
@click.argument("words", nargs=-1, required=True, metavar="SOURCE... TARGET", type=STORED)
@click.option("-r", "--recursive", is_flag=True, help="SOURCE is a place: all its objects.")
@overwrite_option
@dry_run_option
@store_options
@click.pass_obj
def cp(output: Output, words: tuple[str, ...], **asked: Unpack[Asked]) -> Exit:
    """SOURCE is an object, such as files/documents/7/brief.pdf; TARGET is one, too, or a place, such as
    files/exports/7/, where objects keep their names. The content does not pass through this machine; types,
    tags and limits are those of the target. Files of this machine go by put and get.
    """
    return run_copies(output, "copy", words, asked, kept=False)
