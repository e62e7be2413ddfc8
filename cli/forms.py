"""In which form is a result wanted: as people read it, or as JSON?"""

from collections.abc import Callable
from typing import Literal, TypeVar, get_args

import click

Form = Literal["text", "json"]
Function = TypeVar("Function", bound=Callable[..., object])


def form_option(about: str) -> Callable[[Function], Function]:
    """Add `--format`, with what its help says."""
    return click.option("--format", "form", type=click.Choice(get_args(Form)), default="text", help=about)
