"""`bucketwright init`: a small contract to begin with, which already checks clean."""

import json
import re
from pathlib import Path
from shlex import quote

import click

from bucketwright.contract.loading import read
from bucketwright.contract.problems import ContractError
from cli.commands import command
from cli.contract_option import PLACES
from cli.exits import Exit
from cli.output import Output

STARTER = Path(__file__).with_name("starter.yaml")
_EXAMPLE_NAME = "my-project"


@command("init")
@click.argument("folder", metavar="[DIR]", type=click.Path(file_okay=False, path_type=Path), default=".")
@click.option("--project", metavar="NAME", help="Name of the project; by default the folder's.")
@click.option("--force", is_flag=True, help="Overwrite a contract that is already there.")
@click.pass_obj
def init(output: Output, folder: Path, project: str | None, force: bool) -> Exit:
    """Writes stacks/contract.yaml below DIR, by default the current folder, where the other commands find
    it: a bucket for data, one for its access logs, a role, and comments. Asks nothing, and overwrites
    nothing without --force.
    """
    text = starter(_name_from(folder.resolve().name) if project is None else project)
    place = next((folder / name for name in PLACES if (folder / name).exists()), folder / PLACES[0])
    if place.exists() and not place.is_file():
        raise click.UsageError(f"{place} is no file that could be written")
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        with place.open("w" if force else "x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise click.UsageError(f"{place} is already there; --force overwrites it") from None
    output.summary(f"wrote {place}")
    output.note(f"next: bucketwright check --contract {quote(str(place))}")
    return Exit.CLEAN


def starter(project: str) -> str:
    """The starter for a project of that name; a name that no contract takes is wrong use."""
    text = STARTER.read_text(encoding="utf-8").replace(
        f'"{_EXAMPLE_NAME}"', json.dumps(project, ensure_ascii=False)
    )
    try:
        read(text, PLACES[0])
    except ContractError as refused:
        first = refused.problems[0]
        raise click.BadParameter(first.message, param_hint="'--project'") from None
    return text


def _name_from(folder: str) -> str:
    """The nearest name a project may have."""
    words = re.findall("[a-z0-9]+", folder.lower())
    name = "-".join(words).lstrip("0123456789-")
    return name[:30].rstrip("-") or _EXAMPLE_NAME
