"""How does an audit run: ask or replay, judge, remember, tell, and end with the right code?"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

import click
from click.core import ParameterSource

from audits.history_store import HistoryStore, HistoryUnreadableError, read_history, write_history
from audits.ledger.identity import LedgerError
from audits.objects.unkept import Unkept
from audits.refusing import CannotLookError
from bucketwright.audited import Audit
from bucketwright.contract.model import partition_of
from bucketwright.contract.terms import Profile
from bucketwright.history import NOTHING, remembered
from bucketwright.looking.permissions import least_policy
from bucketwright.plain_text import shown
from bucketwright.reports.audit_kept import NotKeptError, as_data, read
from bucketwright.rules import catalogue
from bucketwright.s3.addresses import AccessError
from bucketwright.s3.evidence import KeptError
from bucketwright.s3.limits import Deadline
from bucketwright.verdicts import at_least
from cli.audit_access import Asking, about, asking, past, run_name, sentence
from cli.audit_diff import Side, UnlikeError, between, lines
from cli.audit_extent import Extent, Judges, extent_of, judges, limited, refuse_unknown, scopes
from cli.audit_objects import OverBudgetError, object_engine, refuse_object_options
from cli.audit_options import Asked, Compared
from cli.audit_reports import Destinations, destinations, tell
from cli.auditing import Audited, Task, audit
from cli.clock import now
from cli.exits import Exit
from cli.output import Output
from cli.progress import counted_calls

_WRONG: Final = frozenset({"bucket", "account"})
_WRONG_USE: Final = (
    AccessError,
    KeptError,
    HistoryUnreadableError,
    LedgerError,
    OverBudgetError,
    UnlikeError,
)


def run_audit(context: click.Context, stack: str | None, named: Path | None, asked: Asked) -> Exit:
    """An audit, live or of what was kept."""
    output = context.ensure_object(Output)
    _refuse_contradictions(context, stack, asked)
    refuse_object_options(asked)
    to = destinations(asked["forms"], asked["outs"])
    work = _replay if asked["replay"] else _live
    run = partial(work, output, stack, named, asked)
    return _plainly(output, partial(_ended, output, asked, to, run), asked["endpoint_url"])


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


def _plainly(output: Output, work: Callable[[], Exit], endpoint: str | None = None) -> Exit:
    """What keeps a run from being one, said in a sentence."""
    try:
        return work()
    except CannotLookError as refused:
        output.error(sentence(refused, endpoint))
        return Exit.WRONG_USE if refused.reason in _WRONG else Exit.INCOMPLETE
    except _WRONG_USE as wrong:
        output.error(str(wrong))
        return Exit.WRONG_USE


@dataclass(frozen=True, slots=True)
class _Run:
    """A run that is over, and what is still to be kept of it."""

    audited: Audited
    extent: Extent
    asking: Asking | None = None
    name: str = ""

    @property
    def audit(self) -> Audit:
        return self.audited.audit


def _live(output: Output, stack: str | None, named: Path | None, asked: Asked) -> _Run:
    moment = now()
    by = limited(judges(stack or "", named, asked["profile"], moment, output), asked["rules"])
    name = run_name(moment)
    whom = asking(asked, name, asked["runs"] if asked["keep"] else None, asked["engine"])
    extent = Extent(
        stack=stack or "",
        buckets=asked["buckets"],
        all_buckets=asked["all_buckets"],
        objects=asked["objects"] != "none",
        rules=asked["rules"],
        region=whom.region,
        accounts=whom.accounts,
        endpoint=asked["endpoint_url"] or "",
        server=whom.server,
    )
    task = replace(_task(extent, by, moment, asked["baseline"]), store=HistoryStore(asked["runs"]), run=name)
    with (
        object_engine(asked, whom, name, task.scopes.values(), output) as fast,
        counted_calls(whom.send, output) as send,
    ):
        return _Run(audit(replace(task, fast=fast), send, whom.deadline), extent, whom, name)


def _replay(output: Output, stack: str | None, named: Path | None, asked: Asked) -> _Run:
    """By the rules of today, as on the day of the run."""
    earlier = past(asked["runs"], asked["replay"] or "")
    extent = extent_of(earlier.about.scope)
    extent = replace(extent, stack=stack or extent.stack, rules=asked["rules"] or extent.rules)
    by = limited(judges(extent.stack, named, asked["profile"], earlier.time, output), extent.rules)
    contents = None if earlier.has_contents else Unkept()
    task = replace(_task(extent, by, earlier.time, asked["baseline"]), fast=contents)
    return _Run(audit(task, earlier.send, Deadline()), extent)


def _task(extent: Extent, by: Judges, moment: datetime, baseline: Path | None) -> Task:
    return Task(
        scopes=scopes(extent, by),
        selection=by.selection,
        now=moment,
        stack=by.stack,
        endpoint=extent.endpoint,
        on_aws=extent.on_aws,
        silent=extent.silent,
        accepted=NOTHING if baseline is None else read_history(baseline),
    )


def _ended(output: Output, asked: Asked, to: Destinations, work: Callable[[], _Run]) -> Exit:
    run = work()
    if run.asking is not None and asked["keep"]:
        _keep(run, asked["runs"], output)
    tell(run.audit, to, output, passing=asked["passing"])
    if asked["new_baseline"] is not None:
        accepted = remembered(run.audit.findings, NOTHING, run.audit.time, run.name)
        write_history(asked["new_baseline"], accepted)
    found = any(at_least(one.severity, asked["fail_on"]) for one in run.audit.counting)
    if found:
        return Exit.FINDINGS
    return Exit.INCOMPLETE if run.audit.unknown else Exit.CLEAN


def _keep(run: _Run, folder: Path, output: Output) -> None:
    """What cannot be kept is no reason to say nothing of what was found."""
    accounts = ",".join(part.account for part in run.audit.parts)
    try:
        if run.asking is not None and run.asking.recorder is not None:
            told = about(run.name, run.audit.time, accounts, run.extent.as_data())
            run.asking.recorder.finish(replace(told, found=as_data(run.audit)))
        run.audited.remember(HistoryStore(folder))
    except OSError as error:
        output.note(f"nothing of this run is kept for the next: {error}")
    else:
        output.note(f"kept as run {run.name} in {folder}")


def run_permissions(
    output: Output, contract: tuple[str | None, Path | None], profile: Profile | None, *, objects: bool
) -> Exit:
    """The policy, in JSON."""
    stack, named = contract
    by = judges(stack or "", named, profile, now(), output)
    [scope] = scopes(Extent(stack=stack or "", objects=objects), by).values()
    output.json(least_policy(scope, partition_of(scope.home)), indent=2)
    return Exit.CLEAN


def run_diff(output: Output, names: tuple[str, str], told: Compared) -> Exit:
    """Two runs, by what each of them found."""
    return _plainly(output, partial(_diff, output, names, told))


def _diff(output: Output, names: tuple[str, str], told: Compared) -> Exit:
    found = between(*(_side(told["runs"], name) for name in names))
    if told["form"] == "json":
        output.json(found.as_data(), indent=2)
    else:
        for line in lines(found):
            output.result(line)
    if found.new:
        return Exit.FINDINGS
    return Exit.INCOMPLETE if found.undecided else Exit.CLEAN


def _side(folder: Path, name: str) -> Side:
    earlier = past(folder, name)
    try:
        kept = read(earlier.about.found)
    except NotKeptError:
        raise KeptError(
            f"what run {shown(name)} found was not kept with it; audit again, and compare with that run"
        ) from None
    return Side(name, earlier.time, extent_of(earlier.about.scope), kept)
