"""`bucketwright plan`: what would be made, before anything is, and what the rules say of it."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Literal, TypedDict, Unpack, get_args

import click

from bucketwright import __version__
from bucketwright.changes.radius import Change
from bucketwright.contract.model import Contract
from bucketwright.contract.words import Profile, Severity
from bucketwright.plan import Plan
from bucketwright.reports import markdown, text
from bucketwright.reports.json_report import as_json as review_as_json
from bucketwright.reports.sarif import as_sarif
from bucketwright.review import Changes, Review
from bucketwright.verdicts import at_least
from cli.clock import now
from cli.commands import command
from cli.contract_file import Given
from cli.contract_option import PROJECT_FILE, contract_option
from cli.cost import chosen_prices, price_option
from cli.exits import Exit
from cli.forms import fail_on_option, profile_option
from cli.git import contract_at, within_repository
from cli.output import Output
from cli.plan_json import as_json
from cli.plan_objects import objects_hit
from cli.plan_tree import documents_of, show_tree, summary, titled
from cli.recording import planned_environment
from cli.reviewing import Side, changes, review, side
from cli.sound import sound_stack

Format = Literal["text", "json", "markdown", "sarif"]


class _Asked(TypedDict):
    """What a run is asked for."""

    reference: str | None
    profile: Profile | None
    fail_on: Severity
    only_new: bool
    form: Format
    documents: bool
    price_file: Path | None
    ledger: str | None


@command("plan")
@click.argument("stack")
@contract_option
@click.option(
    "--against",
    "reference",
    metavar="REF",
    help="Report what changes since this commit, branch or tag, instead of the tree.",
)
@profile_option
@fail_on_option
@click.option("--only-new", is_flag=True, help="With --against: only new findings end with 1.")
@click.option("--format", "form", type=click.Choice(get_args(Format)), default="text", help="How it is told.")
@click.option("--documents", is_flag=True, help="Print the policy documents in full below the tree.")
@price_option
@click.option(
    "--ledger",
    metavar="URL",
    help="With --against: count the objects hit, by this ledger of audits, a folder or s3://BUCKET/PREFIX.",
)
@click.pass_obj
def plan(output: Output, stack: str, named: Path | None, **asked: Unpack[_Asked]) -> Exit:
    """STACK is an environment of the contract, such as dev. The program that deploys it is run without
    credentials and without a network, as the first preview of a new stack would run it; what only the
    deployment can tell is named as unknown. What it would make is judged by the rules.

    With --against it is the report of a pull request: findings new and fixed, who gains and loses access to
    which keys, what will be deleted when, what it costs. With --ledger, too, which of the objects that are
    there are hit: how many, how large, from when on. --format markdown is the comment for it, sarif is for
    code scanning. BUCKETWRIGHT_TODAY=2027-06-30 judges as on that day, in UTC.
    """
    if asked["documents"] and (asked["form"] != "text" or asked["reference"]):
        raise click.UsageError("--documents is for the tree; in JSON they stand among the inputs as they are")
    if asked["only_new"] and not asked["reference"]:
        raise click.UsageError("--only-new needs --against REF: new since when?")
    if asked["ledger"] and not asked["reference"]:
        raise click.UsageError("--ledger needs --against REF: which change hits the objects?")
    source, contract = sound_stack(named, stack, output)
    judged = _side(contract, stack, asked, output)
    file = within_repository(source)
    if asked["reference"] is None:
        found = review(judged, file, now().date())
        _show(found, judged.plan, asked, output)
    else:
        found = review(judged, file, now().date(), _changes(judged, source, asked, output))
        _report(found, asked["form"], output)
    return _ending(found, asked)


def _side(contract: Contract, stack: str, asked: _Asked, output: Output) -> Side:
    planned = planned_environment(contract.environments[stack], output)
    return side(contract, stack, planned, now().date(), asked["profile"])


def _changes(judged: Side, source: Given, asked: _Asked, output: Output) -> Changes:
    """What differs from the commit; what did not load there counts as if it had not been there."""
    reference, stack = asked["reference"] or "", judged.environment.name
    other = contract_at(reference, source, output)
    then = None if other is None or stack not in other.environments else _side(other, stack, asked, output)
    prices, today = chosen_prices(asked["price_file"]), now().date()
    found = changes(reference, then, judged, prices, today)
    if asked["ledger"] is None or then is None:
        return found
    change = Change(then.estate, judged.estate, found.access, prices, today)
    return replace(found, radius=objects_hit(change, asked["ledger"]))


def _show(found: Review, planned: Plan, asked: _Asked, output: Output) -> None:
    """The tree, and below it what the rules say."""
    if asked["form"] != "text":
        if asked["form"] == "json":
            output.json({**as_json(planned), "review": review_as_json(found)}, indent=2)
        else:
            _report(found, asked["form"], output)
        return
    show_tree(planned, output)
    for line in _documents(planned) if asked["documents"] else ():
        output.result(line)
    *said, verdict = text.lines(found)
    for line in ("", *said) if said else ():
        output.result(line)
    for line in (*summary(planned), verdict):
        output.summary(line)


def _report(found: Review, form: Format, output: Output) -> None:
    match form:
        case "json":
            output.json(review_as_json(found), indent=2)
        case "sarif":
            output.json(as_sarif(found, __version__, PROJECT_FILE), indent=2)
        case "markdown":
            for line in markdown.comment(found).rstrip("\n").split("\n"):
                output.result(line)
        case "text":
            *lines, verdict = text.lines(found)
            for line in lines:
                output.result(line)
            output.summary(verdict)


def _ending(found: Review, asked: _Asked) -> Exit:
    counting = found.failing
    if asked["only_new"] and found.changes is not None:
        counting = found.changes.findings.new
    if any(at_least(one.severity, asked["fail_on"]) for one in counting):
        return Exit.FINDINGS
    hit = None if found.changes is None else found.changes.radius
    is_damaged = hit is not None and bool(hit.damaged)
    return Exit.INCOMPLETE if found.unknown or is_damaged else Exit.CLEAN


def _documents(planned: Plan) -> Iterator[str]:
    for resource in planned.resources:
        for document in documents_of(resource):
            yield ""
            yield f"{document.path} of {titled(resource)}:"
            yield from json.dumps(document.content, indent=2, ensure_ascii=False).split("\n")
