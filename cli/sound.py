"""A sound contract and one environment of it, for commands that show what follows from it."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from bucketwright.contract.access import check_isolation, why_not_deployed
from bucketwright.contract.model import Contract, Environment
from bucketwright.contract.problems import ContractError
from bucketwright.plain_text import did_you_mean
from cli.contract_file import contract_option, given
from cli.exits import Exit
from cli.output import Output

Function = TypeVar("Function", bound=Callable[..., object])


def environment_options(function: Function) -> Function:
    """Add `--contract FILE` and `--env NAME`."""
    env = click.option("--env", metavar="NAME", help="The environment; by default the contract's first.")
    return contract_option(env(function))


def one_environment(named: Path | None, env: str | None, output: Output) -> Environment:
    """The environment meant, of a contract that loads; its problems end the run."""
    try:
        contract = given(named).contract()
    except ContractError as unsound:
        first, *more = str(unsound).split("\n")
        output.error(first, *more)
        raise click.exceptions.Exit(Exit.WRONG_USE) from None
    chosen = chosen_environment(contract, next(iter(contract.environments)) if env is None else env)
    if env is None and len(contract.environments) > 1:
        others = ", ".join(list(contract.environments)[1:])
        output.note(f"environment {chosen.name}; others with --env: {others}")
    return chosen


def deployable_environment(named: Path | None, env: str | None, output: Output) -> Environment:
    """The same, unless it would not be deployed; what stops that ends the run as a finding."""
    chosen = one_environment(named, env, output)
    if why := why_not_deployed(chosen.name, check_isolation(chosen)):
        first, *more = why.split("\n")
        output.error(first, *more)
        raise click.exceptions.Exit(Exit.FINDINGS)
    return chosen


def chosen_environment(contract: Contract, name: str) -> Environment:
    """The environment of that name; an unknown one is wrong use."""
    if name in contract.environments:
        return contract.environments[name]
    hint = did_you_mean(name, contract.environments) or f"there are: {', '.join(contract.environments)}"
    raise click.BadParameter(f"no environment {name!r}; {hint}", param_hint="'--env'")
