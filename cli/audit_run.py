"""How does an audit begin: is it what can be asked, by what is judged, and who answers?"""

from functools import partial
from pathlib import Path

import click
from click.core import ParameterSource

from bucketwright.rules import catalogue
from bucketwright.s3.wire.garbage import seldom_looked_for
from cli.audit_access import asking, run_name
from cli.audit_destinations import Destinations, destinations
from cli.audit_extent import judges, limited, refuse_unknown
from cli.audit_objects import refuse_object_options
from cli.audit_options import Asked
from cli.audit_refusals import plainly
from cli.clock import now
from cli.exits import Exit
from cli.output import Output


def run_audit(context: click.Context, stack: str | None, named: Path | None, asked: Asked) -> Exit:
    """An audit, live or of what was kept."""
    output = context.ensure_object(Output)
    _refuse_contradictions(context, stack, asked)
    refuse_object_options(asked)
    to = destinations(asked["forms"], asked["outs"])
    run = partial(_replayed if asked["replay"] else _live, output, stack or "", named, asked, to)
    with seldom_looked_for():
        return plainly(output, run, asked["endpoint_url"])


def _refuse_contradictions(context: click.Context, stack: str | None, asked: Asked) -> None:
    refuse_unknown(asked["rules"], catalogue())
    by_hand = context.get_parameter_source("named") == ParameterSource.COMMANDLINE
    if by_hand and stack is None and not asked["replay"]:
        raise click.UsageError("--contract needs STACK: which environment of it?")
    if asked["all_buckets"] and asked["buckets"]:
        raise click.UsageError("--all-buckets and --bucket contradict each other; leave one out")
    if stack is not None and len(asked["roles"]) > 1:
        raise click.UsageError("a stack is in one account: name one role with --assume-role, or no STACK")
    if asked["replay"] and (asked["buckets"] or asked["all_buckets"] or asked["roles"]):
        raise click.UsageError("--replay judges what that run looked at; leave out what says where to look")


def _live(output: Output, stack: str, named: Path | None, asked: Asked, to: Destinations) -> Exit:
    """Of what is there now. What looks, judges and tells is loaded when it is known that somebody answers."""
    moment = now()
    by = limited(judges(stack, named, asked["profile"], moment, output), asked["rules"])
    name = run_name(moment)
    whom = asking(asked, name, asked["runs"] if asked["keep"] else None, asked["engine"])
    from cli.audit_going import Begun, live  # noqa: PLC0415 - brings the lens, the rules and the reports

    return live(Begun(name, stack, asked, by, moment, whom), to, output)


def _replayed(output: Output, stack: str, named: Path | None, asked: Asked, to: Destinations) -> Exit:
    """Of what was answered then."""
    from cli.audit_going import replayed  # noqa: PLC0415 - brings the lens, the rules and the reports

    return replayed(stack, named, asked, to, output)
