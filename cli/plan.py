"""`bucketwright plan`: what would be made, before anything is."""

import gc
import json
import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import click

from bucketwright.contract.model import Environment
from bucketwright.plan import UNKNOWN_INPUT, Plan
from cli.commands import command
from cli.contract_file import contract_option, pulumi_project
from cli.forms import Form, form_option
from cli.output import Output, Tint
from cli.plan_tree import documents_of, summary, titled, tree, unknowns
from cli.sound import deployable_environment


@command("plan")
@click.argument("stack")
@contract_option
@form_option("A tree, or JSON.")
@click.option("--documents", is_flag=True, help="Print the policy documents in full below the tree.")
@click.pass_obj
def plan(output: Output, stack: str, named: Path | None, form: Form, documents: bool) -> None:
    """STACK is an environment of the contract, such as dev. The program that deploys it is run without
    credentials and without a network, as the first preview of a new stack would run it; what only the
    deployment can tell is named as unknown.
    """
    if documents and form == "json":
        raise click.UsageError("--documents is for the tree; in JSON they stand among the inputs as they are")
    with _quick_imports():
        environment = _environment(named, stack, output)
        planned = recorded(partial(_program(), environment), environment, output)
    if form == "json":
        output.json(as_json(planned), indent=2)
        return
    for resource, line in tree(planned):
        output.result(line, None if resource.custom else Tint.PLACE)
    if documents:
        for line in _documents(planned):
            output.result(line)
    for line in summary(planned):
        output.summary(line)


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


def as_json(planned: Plan) -> dict[str, object]:
    """The resources for scripts; what is unknown is null, and its place is listed."""
    return {
        "version": 1,
        "project": planned.project,
        "stack": planned.stack,
        "resources": [
            {
                "urn": one.urn,
                "type": one.type,
                "name": one.name,
                "address": one.address,
                "parent": one.parent,
                "custom": one.custom,
                "protect": one.protect,
                "retain_on_delete": one.retain_on_delete,
                "inputs": _nulled(one.inputs),
                "unknown": list(unknowns(one)),
                "depends_on": list(one.depends_on),
                "property_dependencies": {name: list(on) for name, on in one.property_dependencies.items()},
            }
            for one in planned.resources
        ],
    }


def _environment(named: Path | None, stack: str, output: Output) -> Environment:
    try:
        return deployable_environment(named, stack, output)
    except click.BadParameter as unknown:
        raise click.BadParameter(unknown.message, param_hint="'STACK'") from None


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


def _documents(planned: Plan) -> Iterator[str]:
    for resource in planned.resources:
        for document in documents_of(resource):
            yield ""
            yield f"{document.path} of {titled(resource)}:"
            yield from json.dumps(document.content, indent=2, ensure_ascii=False).split("\n")


def _nulled(value: object) -> object:
    match value:
        case Mapping():
            return {name: _nulled(one) for name, one in value.items()}
        case list() | tuple():
            return [_nulled(one) for one in value]
        case _:
            return None if value == UNKNOWN_INPUT else value
