"""Which options do several commands share: the form of a result, and what counts as a finding?"""

from collections.abc import Callable
from typing import Literal, TypeVar, get_args

import click

from bucketwright.contract.words import Profile
from bucketwright.verdicts import SEVERITIES

Form = Literal["text", "json"]
Function = TypeVar("Function", bound=Callable[..., object])


def form_option(about: str) -> Callable[[Function], Function]:
    """Add `--format`, with what its help says."""
    return click.option("--format", "form", type=click.Choice(get_args(Form)), default="text", help=about)


def fail_on_option(function: Function) -> Function:
    """Add `--fail-on`."""
    add: Callable[[Function], Function] = click.option(
        "--fail-on",
        type=click.Choice(SEVERITIES),
        default="high",
        show_default=True,
        help="The mildest finding that ends with 1; it changes nothing but the exit code.",
    )
    return add(function)


def profile_option(function: Function) -> Function:
    """Add `--profile`."""
    add: Callable[[Function], Function] = click.option(
        "--profile", type=click.Choice(get_args(Profile)), help="Judge this profile, not the contract's."
    )
    return add(function)
