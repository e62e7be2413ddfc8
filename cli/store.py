"""How does a command reach the storage that it works on, and how does it end when that says no?

A storage command is a module `cli/NAME.py` and a row in `cli/commands.py`. It takes its options by
`@store_options` and the places and objects of the contract as arguments of the type `STORED`:

    @command("count")
    @click.argument("where", type=STORED)
    @store_options
    @click.pass_obj
    def count(output: Output, where: str, **asked: Unpack[Reach]) -> Exit:
        with opened(output, asked) as storage:
            meant = place_meant(storage, where)
            output.result(f"{sum(1 for _ in meant.place.list(meant.name)):,} objects")
        return Exit.CLEAN

`cli/store_names.py` reads and spells such names, `cli/store_steps.py` carries out what is planned or only
shows it, `cli/store_bar.py` draws how far a transfer is.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypedDict, TypeVar

import click

from bucketwright.contract.cost.figures import size as in_units
from bucketwright.plain_text import shown
from bucketwright.storage.errors import (
    AlreadyThere,
    Changed,
    Misconfigured,
    NotFound,
    Refused,
    StorageError,
)
from bucketwright.storage.settings import ENVIRONMENT, settings_of
from cli.audit_options import aws_profile_option, endpoint_url_option, plain_http_option
from cli.contract_option import contract_option
from cli.exits import Exit
from cli.output import Output
from cli.sound import chosen_environment, given_or_error, sound_contract

if TYPE_CHECKING:  # the storage is loaded when a command runs
    from bucketwright.contract.model import Contract
    from bucketwright.storage import Storage

Function = TypeVar("Function", bound=Callable[..., object])


class Reach(TypedDict):
    """All that `store_options` adds: which storage is meant, and how to get there."""

    named: Path | None
    env: str | None
    folder: Path | None
    endpoint_url: str | None
    plain_http: bool
    aws_profile: str | None
    region: str | None


_OPTIONS: Final = (
    contract_option,
    click.option(
        "--env",
        metavar="NAME",
        envvar=ENVIRONMENT,
        show_envvar=True,
        help="The environment; needed where the contract has several.",
    ),
    click.option(
        "--folder",
        type=click.Path(path_type=Path, file_okay=False),
        metavar="PATH",
        help="Where objects are kept on this machine, in place of S3.",
    ),
    endpoint_url_option,
    plain_http_option,
    aws_profile_option,
    click.option("--region", metavar="NAME", help="Where a server of that address is."),
)
_ENDS: Final[Mapping[type[StorageError], Exit]] = {
    NotFound: Exit.FINDINGS,
    AlreadyThere: Exit.FINDINGS,
    Changed: Exit.FINDINGS,
    Refused: Exit.WRONG_USE,
}


def store_options(function: Function) -> Function:
    """Add the options that say which storage is meant, and how to get there."""
    for add in reversed(_OPTIONS):
        function = add(function)
    return function


@contextmanager
def opened(output: Output, asked: Reach, *, begins: bool = False) -> "Iterator[Storage]":
    """The storage meant; what it says no to in the block is told, and ends the run with its code.

    One in a folder has to be there, unless the command may begin it.
    """
    with told(output):
        storage = _storage(output, asked)
        if not begins:
            keep_begun(asked)
        yield storage


@contextmanager
def told(output: Output) -> Iterator[None]:
    """What goes wrong with storage in the block is told, and ends the run with its code."""
    try:
        yield
    except StorageError as error:
        output.error(error.message)
        raise click.exceptions.Exit(ending(error)) from None


def keep_begun(asked: Reach) -> None:
    """Raises where a folder is named that nothing was ever written to: it may be misspelled."""
    folder = asked["folder"]
    if folder is not None and not folder.exists():
        raise Misconfigured(f"there is no folder {shown(str(folder), 200)}: `put` or `sync` makes one")


def ending(error: StorageError) -> Exit:
    """1: there is no such object, or another; 2: the contract says no; 3: nobody can tell, or not now."""
    return _ENDS.get(type(error), Exit.INCOMPLETE)


def human(size: int) -> str:
    """Bytes as people write them: `12.3 MB`."""
    return in_units(Decimal(size))


def _storage(output: Output, asked: Reach) -> "Storage":
    from bucketwright.storage import Storage  # noqa: PLC0415 - loaded when a command runs

    contract = sound_contract(given_or_error(asked["named"], output), output)
    name = _environment(contract, asked["env"])
    if asked["folder"] is not None:
        _refuse_servers(asked)
        return Storage.in_folder(contract, asked["folder"], name)
    found = settings_of(os.environ)
    settings = replace(
        found,
        endpoint_url=asked["endpoint_url"] or found.endpoint_url,
        plain_http=asked["plain_http"] or found.plain_http,
        profile=asked["aws_profile"] or found.profile,
        region=asked["region"] or found.region,
        region_is_forced=bool(asked["region"]) or found.region_is_forced,
    )
    return Storage.open(contract, name, settings)


def _environment(contract: "Contract", name: str | None) -> str:
    """Commands that write guess no environment."""
    known = contract.environments
    if name:
        return chosen_environment(contract, name).name
    if len(known) > 1:
        raise click.UsageError(f"which environment? Name one with --env or {ENVIRONMENT}: {', '.join(known)}")
    return next(iter(known))


def _refuse_servers(asked: Reach) -> None:
    servers = {
        "--endpoint-url": asked["endpoint_url"],
        "--plain-http": asked["plain_http"],
        "--aws-profile": asked["aws_profile"],
        "--region": asked["region"],
    }
    needless = next((name for name, value in servers.items() if value), "")
    if needless:
        raise click.UsageError(f"--folder asks no server; leave out {needless}")
