"""`bucketwright explain`: the page of a rule, or all that the contract says of a bucket, prefix or key."""

from pathlib import Path

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
from bucketwright.plain_text import shown
from cli.asked import Asked, asked, name_meant, nearest_name
from cli.clock import now
from cli.commands import command
from cli.contract_file import NoContractError
from cli.cost import chosen_prices, price_option
from cli.exits import Exit
from cli.explanations import as_json, lines_of_bucket, lines_of_prefix
from cli.forms import Form, form_option
from cli.output import Output
from cli.rule_pages import nearest_rule, rule_page, show_rule
from cli.sound import environment_options, one_environment


@command("explain")
@click.argument("what", metavar="RULE|KEY|PREFIX|BUCKET")
@environment_options
@price_option
@form_option("Lines, or JSON.")
@click.pass_obj
def explain(
    output: Output,
    what: str,
    named: Path | None,
    env: str | None,
    price_file: Path | None,
    form: Form,
) -> Exit:
    """RULE is the id of a rule: its page is printed, and no contract is needed. Of all else, where its
    keys lie, what becomes of an object written now and when, who may do what with it, and what it costs.
    BUCKET is a bucket's id or its name in S3, PREFIX is BUCKET/ID, and anything else is a key, looked for in
    every bucket; s3://NAME/KEY is one too. A key that no prefix owns is a finding: it ends with 1. A cost
    that cannot be worked out ends with 3. BUCKETWRIGHT_TODAY=2027-06-30 writes the object on that day.
    """
    if (page := rule_page(what)) is not None:
        return show_rule(page, form, output)
    environment = _environment(what, named, env, output)
    moment = Moment(now(), chosen_prices(price_file))
    about = asked(environment, what)
    found = _explained(environment, about, moment)
    if isinstance(found, Unplaced):
        if form == "json":
            _list((), output)
        return _unplaced(environment, found, output)
    if form == "json":
        _list(found, output)
    else:
        _show(environment, about, found, output)
    if meant := name_meant(environment, about):
        output.note(f"{shown(about.key)} is a key here; {meant}")
    return Exit.INCOMPLETE if any(isinstance(one.cost, str) for one in found) else Exit.CLEAN


def _environment(what: str, named: Path | None, env: str | None, output: Output) -> Environment:
    """The environment meant; where no contract is, what is asked about may be the id of a rule, misspelt."""
    try:
        return one_environment(named, env, output)
    except NoContractError as missing:
        if hint := nearest_rule(what):
            raise click.UsageError(f"no rule is called {shown(what)}; {hint} {missing.message}") from None
        raise


def _explained(environment: Environment, about: Asked, moment: Moment) -> tuple[Explanation, ...] | Unplaced:
    match about:
        case Asked(str(bucket_id), str(prefix_id)):
            return (explain_prefix(environment, bucket_id, prefix_id, moment),)
        case Asked(str(bucket_id), key=None):
            return explain_bucket(environment, bucket_id, moment)
    found = explain_key(environment, about.key or "", moment)
    return found if about.bucket_id is None else _within(about.bucket_id, found)


def _within(bucket_id: str, found: tuple[Explanation, ...] | Unplaced) -> tuple[Explanation, ...] | Unplaced:
    """What concerns one bucket alone."""
    if isinstance(found, Unplaced):
        near = (misfit for misfit in found.misfits if misfit[0].partition("/")[0] == bucket_id)
        return Unplaced(found.key, tuple(near))
    return tuple(one for one in found if one.place.bucket_id == bucket_id) or Unplaced(found[0].key, ())


def _unplaced(environment: Environment, found: Unplaced, output: Output) -> Exit:
    """Say why the key is nobody's: a typing error in a name, or a key outside the layout."""
    hint = nearest_name(environment, found.key) or nearest_rule(found.key)
    output.error(
        f"no prefix of {environment.name} owns the key {shown(found.key)}", *([hint] if hint else [])
    )
    for address, reason in found.misfits[:3]:
        output.note(f"  {address}: {reason}")
    return Exit.FINDINGS


def _show(environment: Environment, about: Asked, found: tuple[Explanation, ...], output: Output) -> None:
    whole_bucket = about.bucket_id if about.prefix_id is None and about.key is None else None
    if whole_bucket is not None:
        output.block(lines_of_bucket(environment, whole_bucket))
    for number, explanation in enumerate(found):
        if number or whole_bucket is not None:
            output.result("")
        output.block(lines_of_prefix(environment, explanation, about_key=about.key is not None))


def _list(found: tuple[Explanation, ...], output: Output) -> None:
    output.json({"version": 1, "explanations": [as_json(one) for one in found]}, indent=2)
