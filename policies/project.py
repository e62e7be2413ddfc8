"""Which contract is a stack judged by, and which environment of it? The ones that its program deploys."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from bucketwright.contract.composing import compose
from bucketwright.contract.loading import UnreadableError, file_bytes, load
from bucketwright.contract.model import Contract
from bucketwright.contract.problems import ContractError
from bucketwright.contract.quantities import parse_day
from bucketwright.plain_text import shown
from bucketwright.rule_names import known_rules

CONTRACT: Final = "BUCKETWRIGHT_CONTRACT"
TODAY: Final = "BUCKETWRIGHT_TODAY"
_PACK: Final = Path(__file__).parent
_PLACES: Final = ("stacks/contract.yaml", "contract.yaml")
_PROJECT_FILES: Final = ("Pulumi.yaml", "Pulumi.yml", "Pulumi.json")
_LARGEST: Final = 2**20


class UnjudgedError(Exception):
    """It cannot be told by what a stack is to be judged; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Stack:
    """A stack, as the engine names it."""

    project: str
    name: str
    config: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Here:
    """Where this process runs, and what it is told by its surroundings."""

    folders: tuple[Path, ...]
    """In one of these, or above it, is the project."""
    environ: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Agreed:
    """The contract of a stack, where it has one."""

    contract: Contract | None
    environment: str

    def __str__(self) -> str:
        if self.contract is None:
            return "no contract is found, so the usual terms hold"
        return f"the contract is {self.contract.source}, its environment {self.environment}"


def here() -> Here:
    """The engine starts a pack in the project's folder or in the pack's, with the user's folder as PWD."""
    current = Path.cwd()
    told = Path(os.environ["PWD"]) if "PWD" in os.environ else current
    folders = (told, current) if current == _PACK else (current, told)
    return Here(folders, os.environ)


def agreed(stack: Stack, where: Here) -> Agreed:
    """What the stack is judged by; UnjudgedError where that is not sound."""
    environment = stack.config.get("bucketwright:environment") or stack.name
    path = _contract_file(stack, where)
    if path is None:
        return Agreed(None, environment)
    try:
        contract = load(path, known_rules())
    except ContractError as error:
        raise UnjudgedError(str(error)) from None
    if environment not in contract.environments:
        known = ", ".join(contract.environments)
        raise UnjudgedError(f"{path.name} has no environment {shown(environment)}; it has: {known}")
    return Agreed(contract, environment)


def today(environ: Mapping[str, str]) -> date:
    """The day in UTC, or the one that the surroundings say it is."""
    said = environ.get(TODAY)
    try:
        return parse_day(said) if said else datetime.now(UTC).date()
    except ValueError as error:
        raise UnjudgedError(f"{TODAY}: {error}") from None


def _contract_file(stack: Stack, where: Here) -> Path | None:
    folder = next(_project_folders(stack.project, where.folders), None)
    named = where.environ.get(CONTRACT) or stack.config.get("bucketwright:contract")
    if named:
        return _named(named, folder)
    places = () if folder is None else (folder / place for place in _PLACES)
    return next((place for place in places if place.is_file()), None)


def _named(named: str, folder: Path | None) -> Path:
    if folder is None and not Path(named).is_absolute():
        raise UnjudgedError(
            f"the folder of the project is not found, and so not {shown(named)}; say it in full as {CONTRACT}"
        )
    return (folder or Path()) / named


def _project_folders(project: str, starts: tuple[Path, ...]) -> Iterator[Path]:
    """The nearest folder of a project, seen from each start, where it is this project."""
    for start in starts:
        folders = (start, *start.parents)
        files = (folder / name for folder in folders for name in _PROJECT_FILES)
        nearest = next((file for file in files if file.is_file()), None)
        if nearest is not None and _name_in(nearest) == project:
            yield nearest.parent


def _name_in(file: Path) -> object:
    try:
        text = file_bytes(file, _LARGEST).decode()
    except (UnreadableError, UnicodeDecodeError):
        return None
    root = compose(text, str(file)).root
    found = None if root is None else root.value
    return found.get("name") if isinstance(found, Mapping) else None
