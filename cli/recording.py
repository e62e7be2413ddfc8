"""How is the program that deploys an environment run, without anything being deployed?"""

import gc
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

import click

from bucketwright.contract.model import Environment
from bucketwright.plan import Plan
from cli.contract_file import pulumi_project
from cli.output import Output


def planned_environment(environment: Environment, output: Output) -> Plan:
    """What the program makes of an environment."""
    with _quick_imports():
        return recorded(partial(_program(), environment), environment, output)


def recorded(program: Callable[[], object], environment: Environment, output: Output) -> Plan:
    """What a program makes in an environment; its warnings are notes."""
    from components.recording import MESSAGES, record  # noqa: PLC0415 - brings Pulumi, which takes its time

    notes = _Notes(output)
    messages = logging.getLogger(MESSAGES)
    messages.addHandler(notes)
    try:
        project = pulumi_project() or environment.project
        return record(program, project=project, stack=environment.name)
    finally:
        messages.removeHandler(notes)


def _program() -> Callable[[Environment], object]:
    """What deploys an environment."""
    try:
        from components.storage import declare  # noqa: PLC0415 - brings Pulumi, which takes its time
    except ModuleNotFoundError as missing:
        if (missing.name or "").startswith("pulumi"):
            raise click.ClickException(
                f"{missing.name} is not installed: the extra `deploy` brings it"
            ) from None
        raise
    return declare


class _Notes(logging.Handler):
    """Messages of the program, beside the result."""

    def __init__(self, output: Output) -> None:
        super().__init__()
        self._output = output

    def emit(self, record: logging.LogRecord) -> None:
        """Say it."""
        self._output.note(record.getMessage())


@contextmanager
def _quick_imports() -> Iterator[None]:
    """Leave garbage where it is for a while: to look for it costs a tenth of the time that imports take."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
