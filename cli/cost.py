"""`bucketwright cost`: what the contract costs a month, for the usage it states."""

from pathlib import Path

import click

from bucketwright.contract.cost.estimates import estimate
from bucketwright.contract.cost.loading import PriceFileError, load_prices
from bucketwright.contract.cost.meters import UnknownPrice
from bucketwright.contract.cost.prices import Prices
from bucketwright.contract.cost.rendering import render, to_json
from bucketwright.plain_text import counted
from cli.commands import command
from cli.exits import Exit
from cli.forms import Form, form_option
from cli.output import Output
from cli.sound import environment_options, one_environment

price_option = click.option(
    "--prices",
    "price_file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Prices to use instead of the dated table that comes with bucketwright.",
)


@command("cost")
@environment_options
@price_option
@form_option("A table, or JSON.")
@click.pass_obj
def cost(output: Output, named: Path | None, env: str | None, price_file: Path | None, form: Form) -> Exit:
    """Storage, requests, transitions and traffic, line by line, with every assumption. A prefix that states
    no usage is named, and the total then says at least. Where the price table lacks a price that is needed,
    the rest is shown and the exit code is 3.
    """
    environment = one_environment(named, env, output)
    prices = chosen_prices(price_file)
    try:
        found = estimate(environment, prices)
    except UnknownPrice as unknown:
        output.error(str(unknown))
        return Exit.INCOMPLETE
    if form == "json":
        output.json(to_json(found), indent=2)
    else:
        for line in render(found).split("\n"):
            output.result(line)
    if found.unpriced:
        figures = counted(len(found.unpriced), "figure")
        output.error(f"{figures} could not be worked out: the price table of {prices.date} lacks a price")
        return Exit.INCOMPLETE
    return Exit.CLEAN


def chosen_prices(price_file: Path | None) -> Prices:
    """The prices of the file, or those that come with the product; a broken file is wrong use."""
    try:
        return load_prices(price_file)
    except PriceFileError as broken:
        raise click.UsageError(str(broken)) from None
