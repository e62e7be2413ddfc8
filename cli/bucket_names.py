"""Which buckets does somebody name? Whatever can be none is wrong use, before anything is asked."""

import re
from collections.abc import Callable
from typing import Final, TypeVar

import click

from bucketwright.plain_text import shown

Function = TypeVar("Function", bound=Callable[..., object])
_NAME: Final = re.compile(r"[A-Za-z0-9._-]{1,255}")
"""As the SDK takes them: wider than what a new bucket may be called, for old ones are called otherwise."""


def named(_context: click.Context, _option: click.Parameter, names: tuple[str, ...]) -> tuple[str, ...]:
    """The names, where they can be such."""
    for name in names:
        if not _NAME.fullmatch(name):
            hint = ": name it without its ARN" if name.startswith("arn:") else ""
            raise click.BadParameter(f"{shown(name, 120)} is no bucket's name{hint}")
    return names


def buckets_option(text: str) -> Callable[[Function], Function]:
    """The option that names some, which says what that means for the command."""
    return click.option("--bucket", "buckets", multiple=True, metavar="NAME", callback=named, help=text)
