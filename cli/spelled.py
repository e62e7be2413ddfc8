"""Which values of options are spelled as contracts spell them? Sizes such as 25 MB, times such as 2 hours."""

from collections.abc import Callable
from typing import Final, TypeVar

import click

from bucketwright.contract.quantities import MisspeltError, parse_size, parse_span

Parsed = TypeVar("Parsed")


class Spelled(click.ParamType[Parsed]):
    """A value as contracts spell it."""

    def __init__(self, name: str, read: Callable[[object], Parsed]) -> None:
        self.name = name
        self._read = read

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Parsed:
        """The value; click's own error where it is none."""
        try:
            return self._read(value)
        except MisspeltError as error:
            self.fail(f"{error}{f'; {error.help}' if error.help else ''}", param, ctx)
        except ValueError as error:
            self.fail(str(error), param, ctx)


SIZE: Final = Spelled("size", parse_size)
SPAN: Final = Spelled("time", parse_span)
