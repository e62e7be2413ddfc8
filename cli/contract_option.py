"""How is a contract named on the command line, and where does it lie where it is not?"""

from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

import click

Function = TypeVar("Function", bound=Callable[..., object])

PLACES: Final = ("stacks/contract.yaml", "contract.yaml")
PROJECT_FILE: Final = "Pulumi.yaml"
VARIABLE: Final = "BUCKETWRIGHT_CONTRACT"


def contract_option(function: Function) -> Function:
    """Add `--contract FILE`, which may also be given in the environment."""
    return click.option(
        "--contract",
        "named",
        type=click.Path(path_type=Path),
        metavar="FILE",
        envvar=VARIABLE,
        show_envvar=True,
        help=f"The contract; - is stdin. Without it: {' or '.join(PLACES)} here, "
        f"or in a parent folder up to the one with {PROJECT_FILE}.",
    )(function)
