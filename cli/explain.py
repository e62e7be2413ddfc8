"""`bucketwright explain`: everything the contract says of one bucket, prefix or key."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import click

from bucketwright.contract.explain import (
    Explanation,
    Moment,
    Unplaced,
    explain_bucket,
    explain_key,
    explain_prefix,
)
from bucketwright.contract.model import Environment
from bucketwright.contract.names import bucket_name
from bucketwright.contract.problems import did_you_mean
from cli.commands import command
from cli.cost import chosen_prices, price_option
from cli.exits import Exit
from cli.explanations import as_json, lines_of_bucket, lines_of_prefix
from cli.output import Output, Tint
from cli.sound import environment_options, one_environment


@command("explain")
@click.argument("what", metavar="KEY|PREFIX|BUCKET")
@environment_options
@price_option
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="Lines, or JSON.")
@click.pass_obj
def explain(
    output: Output,
    what: str,
    named: Path | None,
    env: str | None,
    price_file: Path | None,
    form: Literal["text", "json"],
) -> Exit:
    """Where its keys lie, what becomes of an object written now and when, who may do what with it, and what
    it costs. BUCKET is a bucket's id, PREFIX is BUCKET/ID, and anything else is a key, looked for in every
    bucket; s3://NAME/KEY is one too. A key that no prefix owns is a finding: it ends with 1.
    """
    environment = one_environment(named, env, output)
    moment = Moment(datetime.now(UTC).replace(microsecond=0), chosen_prices(price_file))
    found = _explained(environment, what, moment)
    if isinstance(found, Unplaced):
        return _unplaced(environment, found, output)
    if form == "json":
        output.json({"version": 1, "explanations": [as_json(one) for one in found]}, indent=2)
        return Exit.CLEAN
    if what in environment.buckets:
        _print(lines_of_bucket(environment, what), output)
    for number, explanation in enumerate(found):
        if number or what in environment.buckets:
            output.result("")
        _print(lines_of_prefix(environment, explanation, about_key=what.endswith(explanation.key)), output)
    return Exit.CLEAN


def _explained(environment: Environment, what: str, moment: Moment) -> tuple[Explanation, ...] | Unplaced:
    bucket_id, _, prefix_id = what.partition("/")
    bucket = environment.buckets.get(bucket_id)
    if bucket is not None and not prefix_id:
        return explain_bucket(environment, bucket_id, moment)
    if bucket is not None and prefix_id in bucket.prefixes:
        return (explain_prefix(environment, bucket_id, prefix_id, moment),)
    return explain_key(environment, _key_of_address(environment, what), moment)


def _key_of_address(environment: Environment, what: str) -> str:
    """The key in `s3://name/key` where the name is a bucket of this environment; else what was asked."""
    if not what.startswith("s3://"):
        return what
    name, _, key = what.removeprefix("s3://").partition("/")
    names = {bucket_name(environment, bucket_id): bucket_id for bucket_id in environment.buckets}
    if name not in names:
        hint = did_you_mean(name, names) or f"there are: {', '.join(names)}"
        raise click.UsageError(f"no bucket of {environment.name} is called {name!r}; {hint}")
    return key


def _unplaced(environment: Environment, found: Unplaced, output: Output) -> Exit:
    """Say why the key is nobody's: a typing error in a name, or a key outside the layout."""
    addresses = [f"{bucket_id}/{one}" for bucket_id, b in environment.buckets.items() for one in b.prefixes]
    hint = did_you_mean(found.key, [*environment.buckets, *addresses])
    output.error(f"no prefix of {environment.name} owns the key {found.key!r}", *([hint] if hint else []))
    for address, reason in found.misfits[:3]:
        output.note(f"  {address}: {reason}")
    return Exit.FINDINGS


def _print(lines: list[str], output: Output) -> None:
    head, *rest = lines
    output.result(head, Tint.PLACE)
    for line in rest:
        output.result(line)
