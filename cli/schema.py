"""`bucketwright schema`: the JSON Schema of the contract, for editors and other tools."""

import click

from bucketwright.contract.schema import schema as of_the_contract
from cli.commands import command
from cli.output import Output


@command("schema")
@click.pass_obj
def schema(output: Output) -> None:
    """Save it beside the contract as contract.schema.json, and name it in the contract's first line:

    \b
      # yaml-language-server: $schema=contract.schema.json
    """
    output.json(of_the_contract(), indent=2)
