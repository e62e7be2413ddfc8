"""`bucketwright rules`: which rules are there?"""

from collections.abc import Mapping, Sequence
from typing import Final, get_args

import click

from bucketwright.contract.words import Profile
from bucketwright.judging import profiles_of
from bucketwright.plain_text import counted
from bucketwright.reports.rule_pages import as_data, verdict_as_data
from bucketwright.rules import catalogue
from bucketwright.rules.engine import ENGINE, WAITING
from bucketwright.verdicts import SEVERITIES
from cli.commands import command
from cli.forms import Form, form_option
from cli.lines import PROSE, folded, terminal_width
from cli.output import Output, Tint

_HANGING: Final = 6
"""Columns before what is left of a title: more than before an id, so that these stand out."""


@command("rules")
@click.option(
    "--profile",
    type=click.Choice(get_args(Profile)),
    default="all",
    show_default=True,
    help="Only those that a profile asks for.",
)
@form_option("Lines, or JSON.")
@click.pass_obj
def rules(output: Output, profile: Profile, form: Form) -> None:
    """Every rule of the catalogue with its severity and whether it is judged for everyone (baseline) or where
    it is asked for (chosen), and after them the verdicts of the engine itself. `bucketwright explain RULE`
    prints the page of one.
    """
    asked = [one for rule_id, one in catalogue().items() if profile in profiles_of(rule_id)]
    if form == "json":
        listed = [*map(as_data, asked), *map(verdict_as_data, ENGINE.values())]
        output.json({"version": 1, "rules": listed, "waiting": dict(WAITING)}, indent=2)
        return
    _table([as_data(one) for one in asked], output)
    output.result("")
    output.result("Verdicts of the engine itself", Tint.PLACE)
    _table([verdict_as_data(one) for one in ENGINE.values()], output, themes=False)
    output.summary(
        f"{counted(len(asked), 'rule')}, {counted(len(ENGINE), 'verdict')} of the engine,"
        f" {counted(len(WAITING), 'row')} of the catalogue not judged yet"
    )


def _table(rows: Sequence[Mapping[str, object]], output: Output, *, themes: bool = True) -> None:
    """A line each, by theme and then by how grave it is."""
    ranks = {str(severity): rank for rank, severity in enumerate(SEVERITIES)}
    ordered = sorted(rows, key=lambda one: (str(one["theme"]), ranks[str(one["severity"])], str(one["id"])))
    width = max((len(str(one["id"])) for one in ordered), default=0)
    theme = None
    for one in ordered:
        if themes and one["theme"] != theme:
            if theme is not None:
                output.result("")
            theme = one["theme"]
            output.result(str(theme).capitalize(), Tint.PLACE)
        line = f"  {one['id']!s:{width}}  {one['severity']:8}  {one['tier']:8}  {one['title']}"
        for piece in folded(line, terminal_width() or PROSE, _HANGING):
            output.result(piece)
