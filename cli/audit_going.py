"""How does an audit go on once somebody answers: look, judge, remember, tell, and end with the right code?"""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from audits.history_store import HistoryStore, read_history, write_history
from audits.objects.unkept import Unkept
from bucketwright.audited import Audit
from bucketwright.history import NOTHING, remembered
from bucketwright.reports.audit_kept import as_data
from bucketwright.s3.limits import Deadline
from bucketwright.verdicts import at_least
from cli.audit_access import Asking
from cli.audit_destinations import Destinations
from cli.audit_extent import Extent, Judges, extent_of, judges, limited, scopes
from cli.audit_kept import about, past
from cli.audit_objects import object_engine
from cli.audit_options import Asked
from cli.audit_reports import tell
from cli.auditing import Audited, Task, audit
from cli.exits import Exit
from cli.output import Output
from cli.progress import counted_calls


@dataclass(frozen=True, slots=True)
class Begun:
    """A run that is known to be answered."""

    name: str
    stack: str
    asked: Asked
    by: Judges
    moment: datetime
    whom: Asking


@dataclass(frozen=True, slots=True)
class _Run:
    """A run that is over, and what is still to be kept of it."""

    audited: Audited
    extent: Extent
    asking: Asking | None = None
    name: str = ""

    @property
    def audit(self) -> "Audit":
        return self.audited.audit


def live(begun: Begun, to: Destinations, output: Output) -> Exit:
    """What is there now."""
    asked, whom = begun.asked, begun.whom
    extent = Extent(
        stack=begun.stack,
        buckets=asked["buckets"],
        all_buckets=asked["all_buckets"],
        objects=asked["objects"] != "none",
        rules=asked["rules"],
        region=whom.region,
        accounts=whom.accounts,
        endpoint=asked["endpoint_url"] or "",
        server=whom.server,
    )
    task = replace(
        _task(extent, begun.by, begun.moment, asked["baseline"]),
        store=HistoryStore(asked["runs"]),
        run=begun.name,
    )
    with (
        object_engine(asked, whom, begun.name, task.scopes.values(), output) as fast,
        counted_calls(whom.send, output) as send,
    ):
        run = _Run(audit(replace(task, fast=fast), send, whom.deadline), extent, whom, begun.name)
    return _ended(run, asked, to, output)


def replayed(stack: str, named: Path | None, asked: Asked, to: Destinations, output: Output) -> Exit:
    """What was answered then, by the rules of today, as on the day of the run."""
    earlier = past(asked["runs"], asked["replay"] or "")
    extent = extent_of(earlier.about.scope)
    extent = replace(extent, stack=stack or extent.stack, rules=asked["rules"] or extent.rules)
    by = limited(judges(extent.stack, named, asked["profile"], earlier.time, output), extent.rules)
    contents = None if earlier.has_contents else Unkept()
    task = replace(_task(extent, by, earlier.time, asked["baseline"]), fast=contents)
    return _ended(_Run(audit(task, earlier.send, Deadline()), extent), asked, to, output)


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


def _ended(run: _Run, asked: Asked, to: Destinations, output: Output) -> Exit:
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
