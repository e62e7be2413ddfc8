"""A sound contract and one environment of it, for commands that show what follows from it."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from bucketwright.contract.access.isolation import check_isolation
from bucketwright.contract.access.stopping import why_not_deployed
from bucketwright.contract.problems import ContractError
from bucketwright.plain_text import did_you_mean
from cli.contract_file import Given, given
from cli.contract_option import contract_option
from cli.exits import Exit
from cli.output import Output

if TYPE_CHECKING:
    from bucketwright.contract.model import Contract, Environment

Function = TypeVar("Function", bound=Callable[..., object])


def environment_options(function: Function) -> Function:
    """Add `--contract FILE` and `--env NAME`."""
    env = click.option("--env", metavar="NAME", help="The environment; by default the contract's first.")
    return contract_option(env(function))


def one_environment(named: Path | None, env: str | None, output: Output) -> "Environment":
    """The environment meant, of a contract that loads; its problems end the run."""
    contract = sound_contract(given_or_error(named, output), output)
    chosen = chosen_environment(contract, next(iter(contract.environments)) if env is None else env)
    if env is None and len(contract.environments) > 1:
        others = ", ".join(list(contract.environments)[1:])
        output.note(f"environment {chosen.name}; others with --env: {others}")
    return chosen


def deployable_environment(named: Path | None, env: str | None, output: Output) -> "Environment":
    """The same, unless it would not be deployed; what stops that ends the run as a finding."""
    chosen = one_environment(named, env, output)
    stop_unless_deployable(chosen, output)
    return chosen


def sound_stack(named: Path | None, stack: str, output: Output) -> tuple[Given, "Contract"]:
    """The contract meant, of which this environment would be deployed, and which names no rule in vain."""
    from bucketwright.rule_names import known_rules  # noqa: PLC0415 - brings the rules

    source = given_or_error(named, output)
    contract = sound_contract(source, output, known_rules())
    try:
        chosen = chosen_environment(contract, stack)
    except click.BadParameter as unknown:
        raise click.BadParameter(unknown.message, param_hint="'STACK'") from None
    stop_unless_deployable(chosen, output)
    return source, contract


def given_or_error(named: Path | None, output: Output) -> Given:
    """The contract as it was given; that it cannot be read ends the run."""
    try:
        return given(named)
    except ContractError as unsound:
        raise _ended(unsound, output) from None


def sound_contract(source: Given, output: Output, known_rules: frozenset[str] = frozenset()) -> "Contract":
    """The contract, which loads; its problems end the run."""
    try:
        return source.contract(known_rules)
    except ContractError as unsound:
        raise _ended(unsound, output) from None


def stop_unless_deployable(chosen: "Environment", output: Output) -> None:
    """What keeps an environment from being deployed ends the run as a finding."""
    if why := why_not_deployed(chosen.name, check_isolation(chosen)):
        _say(why, output)
        raise click.exceptions.Exit(Exit.FINDINGS)


def _ended(unsound: ContractError, output: Output) -> click.exceptions.Exit:
    _say(str(unsound), output)
    return click.exceptions.Exit(Exit.WRONG_USE)


def _say(text: str, output: Output) -> None:
    first, *more = text.split("\n")
    output.error(first, *more)


def chosen_environment(contract: "Contract", name: str) -> "Environment":
    """The environment of that name; an unknown one is wrong use."""
    if name in contract.environments:
        return contract.environments[name]
    hint = did_you_mean(name, contract.environments) or f"there are: {', '.join(contract.environments)}"
    raise click.BadParameter(f"no environment {name!r}; {hint}", param_hint="'--env'")
