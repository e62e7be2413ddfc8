"""The command `bucketwright`: what it is called, and what it says of itself."""

import gc
import signal
from typing import Final, NoReturn

import click

import bucketwright
from cli.commands import HELP_NAMES, RUN_OPTIONS
from cli.exits import exit_code_table
from cli.program import PROGRAM, Program, TerminatedError

SELDOM: Final = 400_000
"""So many new objects before garbage is looked for. Contracts and classes are large and stay to the end: to
look through them as often as Python does by itself costs a fifth of the time."""


@click.group(
    PROGRAM, cls=Program, context_settings=dict(HELP_NAMES), epilog=exit_code_table(), no_args_is_help=True
)
@click.version_option(bucketwright.__version__, prog_name=PROGRAM)
def program() -> None:
    """One storage contract for S3: checked, deployed, audited, and kept by what applications write."""


program.params.extend(RUN_OPTIONS)


def main() -> None:
    """Run the command line and exit with its code."""
    gc.set_threshold(SELDOM)
    signal.signal(signal.SIGTERM, _ended)
    try:
        program.main()
    finally:
        gc.freeze()  # all that is left goes with the program, and looking through it takes a tenth of a run


def _ended(_signal: int, _frame: object) -> NoReturn:
    """End as after Ctrl-C, so that no file stays half written."""
    raise TerminatedError
