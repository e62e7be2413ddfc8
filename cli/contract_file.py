"""Which contract is meant? The file named, else the one found from the current folder upwards, or stdin."""

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import click
import yaml

from bucketwright.contract.loading import (
    LARGEST_FILE,
    UnreadableError,
    contract_bytes,
    file_bytes,
    load_bytes,
)
from bucketwright.contract.model import Contract
from cli.contract_option import PLACES, PROJECT_FILE

STDIN: Final = Path("-")


class NoContractError(click.UsageError):
    """Nowhere where a contract is looked for is one."""


@dataclass(frozen=True, slots=True)
class Given:
    """A contract as it was given: what messages call it, and its bytes."""

    name: str
    data: bytes
    path: Path | None = None
    """The file it is, where it is one."""

    @property
    def text(self) -> str:
        """What stands in it, where it is one that loads."""
        return self.data.decode()

    def contract(self, known_rules: frozenset[str] = frozenset()) -> Contract:
        """What it says; ContractError with every problem where that is nothing."""
        return load_bytes(self.data, self.name, known_rules)


def given(named: Path | None) -> Given:
    """The contract meant; ContractError where there is no such file, or it is none to be read."""
    if named == STDIN:
        return Given("<stdin>", _stdin())
    path = contract_file(named)
    return Given(str(path), contract_bytes(path), path)


def _stdin() -> bytes:
    if not sys.stdin:
        raise click.UsageError("stdin is closed")
    return sys.stdin.buffer.read(LARGEST_FILE + 1)


def contract_file(named: Path | None) -> Path:
    """The file named, else the first one found; finding none is wrong use."""
    if named is not None:
        return named
    found = next((place for place in _candidates(Path.cwd()) if place.is_file()), None)
    if found is None:
        raise NoContractError(
            f"no contract found: neither {' nor '.join(PLACES)} is here or in the project's folders above; "
            "name one with --contract FILE, or write one with 'bucketwright init'"
        )
    return found


def pulumi_project() -> str | None:
    """What Pulumi calls the project of the current folder; none outside a project."""
    file = Path(*[".."] * _steps_to_project(Path.cwd()), PROJECT_FILE)
    if not file.is_file():
        return None
    try:
        said = yaml.safe_load(file_bytes(file, LARGEST_FILE))
    except (yaml.YAMLError, UnreadableError):
        return None
    name = said.get("name") if isinstance(said, Mapping) else None
    return name if isinstance(name, str) else None


def _candidates(current: Path) -> Iterator[Path]:
    for steps in range(_steps_to_project(current) + 1):
        above = Path(*[".."] * steps)
        yield from (above / place for place in PLACES)


def _steps_to_project(current: Path) -> int:
    """How many folders up the project begins; outside a project only the current folder counts."""
    folders = (current, *current.parents)
    return next((steps for steps, folder in enumerate(folders) if (folder / PROJECT_FILE).is_file()), 0)
