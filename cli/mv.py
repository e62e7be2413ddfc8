"""`bucketwright mv`: objects go to another place, and from where they were."""

from typing import Unpack

import click

from cli import store_copying
from cli.commands import command
from cli.exits import Exit
from cli.output import Output
from cli.store import store_options
from cli.store_copying import run_copies
from cli.store_names import STORED
from cli.store_overwriting import kept_option, overwrite_option
from cli.store_steps import dry_run_option


class Asked(store_copying.Asked):
    """The same as for copies, and whether what is kept for ever may go."""

    kept: bool


@command("mv")
@click.argument("words", nargs=-1, required=True, metavar="SOURCE... TARGET", type=STORED)
@click.option("-r", "--recursive", is_flag=True, help="SOURCE is a place: all its objects.")
@overwrite_option
@kept_option
@dry_run_option
@store_options
@click.pass_obj
def mv(output: Output, words: tuple[str, ...], **asked: Unpack[Asked]) -> Exit:
    """SOURCE and TARGET are as for cp. Each object is copied, and then deleted where it was, unless somebody
    changed it meanwhile; else it is there as before, or the error says where it is.
    """
    return run_copies(output, "move", words, asked, kept=asked["kept"])
