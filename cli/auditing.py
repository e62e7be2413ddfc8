"""From what was asked on the command line to an audit: look, judge, and hold it against the last run."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from audits.accounts import look_everywhere
from audits.contents import Contents, Questions, contents
from audits.history_store import HistoryStore
from audits.live import CannotLookError, Looked, look
from audits.objects.running import Engine
from bucketwright.audited import Audit, Judged, Part, Seen, Unread, judged, unreadable
from bucketwright.calls import Send
from bucketwright.contract.usual import USUAL
from bucketwright.estate import BucketPosture
from bucketwright.history import NOTHING, History, Remembered, recalled, remembered, tallied
from bucketwright.judging import Selection
from bucketwright.looking.scope import Scope
from bucketwright.posture import reference
from bucketwright.s3.limits import Deadline
from bucketwright.same_versions import followed
from cli.exemptions import SOON

if TYPE_CHECKING:
    from bucketwright.contract.model import Exemption
    from cli.audited_stack import Stack

_OF_OBJECTS: Final = frozenset({"object", "delete_marker"})


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be audited, and by what it is judged."""

    scopes: Mapping[str, Scope]
    """By the accounts whose roles are assumed; one, under nothing, with the run's own credentials."""
    selection: Selection
    now: datetime
    stack: "Stack | None" = None
    endpoint: str = ""
    on_aws: bool = True
    """Whether it is Amazon's own S3."""
    silent: Mapping[str, str] = field(default_factory=dict)
    """The facts of objects of which the server says nothing, and why."""
    accepted: History = NOTHING
    store: HistoryStore | None = None
    """None where nothing is known of earlier runs."""
    run: str = ""
    fast: Engine | None = None
    """What looks at objects past the SDK; None where the SDK does."""

    @property
    def name(self) -> tuple[str, str]:
        """The project and its environment; empty where there is no contract."""
        return ("", "") if self.stack is None else (self.stack.contract.project, self.stack.environment.name)


@dataclass(frozen=True, slots=True)
class Audited:
    """An audit, and what the next run is to know of it."""

    audit: Audit
    histories: Mapping[tuple[str, ...], History]

    def remember(self, store: HistoryStore) -> None:
        """Keep it for the next run; an OSError where it cannot be."""
        for about, history in self.histories.items():
            store.keep(history, *about)


@dataclass(slots=True)
class _Told:
    """What is gathered account by account."""

    parts: list[Part] = field(default_factory=list)
    since: list[datetime] = field(default_factory=list)
    unused: list["Exemption"] = field(default_factory=list)
    histories: dict[tuple[str, ...], History] = field(default_factory=dict)


def audit(task: Task, send: Send, deadline: Deadline) -> Audited:
    """The whole audit; CannotLookError where nothing at all can be looked at."""
    told = _Told()
    for account, looked in _looked(task, send, deadline).items():
        if isinstance(looked, CannotLookError):
            if len(task.scopes) == 1:
                raise looked
            told.parts.append(Part(account, (unreadable(account, str(looked)),)))
        else:
            asked = Questions(send, task.scopes[account], task.on_aws, deadline, task.fast, task.silent)
            _judge(task, asked.scope, looked, contents(looked, asked), told)
    return Audited(_whole(task, told), told.histories)


def _looked(task: Task, send: Send, deadline: Deadline) -> Mapping[str, Looked | CannotLookError]:
    if len(task.scopes) > 1:
        return look_everywhere(send, task.scopes, deadline=deadline)
    return {name: look(send, scope, deadline=deadline) for name, scope in task.scopes.items()}


def _judge(task: Task, scope: Scope, looked: Looked, within: Contents, told: _Told) -> None:
    said = judged(seen_in(looked, within), task.selection, task.now.date())
    about = (*task.name, looked.account, task.endpoint)
    known = NOTHING if task.store is None else task.store.of(*about)
    last, rest = known.parted(lambda one: _is_looked_at(one, scope, looked))
    before = followed(last, said.findings)
    now_known = remembered(said.findings, before, task.now, task.run)
    whole = replace(now_known, known=(*now_known.known, *rest.known))
    undecided = sum(one.status == "unknown" for one in said.findings)
    told.histories[about] = tallied(whole, known, undecided)
    part = _part(task, looked, said, before)
    told.parts.append(replace(part, tallies=told.histories[about].tallies, left_out=within.left_out))
    told.since += [] if known.time is None else [known.time]
    told.unused += said.unused


def seen_in(looked: Looked, within: Contents) -> Seen:
    """One account, ready to be judged."""
    unlisted = (Unread(one.kind.replace("_", " "), one.reason) for one in looked.undiscovered)
    unlooked = (Unread(one.what, one.reason, one.bucket) for one in within.unlooked)
    return Seen(
        estate=looked.estate,
        account=looked.account,
        subjects=looked.subjects,
        foreign=looked.foreign,
        unread=(*unlisted, *unlooked),
        contents=within.judgements,
    )


def _part(task: Task, looked: Looked, said: Judged, before: History) -> Part:
    """The findings of one account, held against those of the run before."""
    return Part(
        account=looked.account,
        findings=said.findings,
        recalled=recalled(said.findings, before, task.now, followed(task.accepted, said.findings)),
        regions={address: target.region for address, target in looked.targets.items()},
        names={one.address: one.name for one in looked.estate.every(BucketPosture)},
    )


def _is_looked_at(one: Remembered, scope: Scope, looked: Looked) -> bool:
    only = scope.selection.only
    if only and one.rule not in only:
        return False
    about = one.subject
    if about.kind in _OF_OBJECTS and not scope.objects:
        return False
    bucket = reference("bucket", about.bucket)
    return not scope.buckets or bool({one.address, bucket} & looked.subjects)


def _whole(task: Task, told: _Told) -> Audit:
    project, stack = task.name
    findings = tuple(one for part in told.parts for one in part.findings)
    return Audit(
        time=task.now,
        parts=tuple(told.parts),
        project=project,
        stack=stack,
        terms=USUAL if task.stack is None else task.stack.environment.rules,
        profile=task.selection.profile,
        places={} if task.stack is None else task.stack.places(findings),
        since=max(told.since, default=None),
        unused=tuple(told.unused),
        ending_soon=() if task.stack is None else tuple(_ending(task.stack, task.now)),
    )


def _ending(stack: "Stack", now: datetime) -> Iterator["Exemption"]:
    today = now.date()
    return (one for one in stack.environment.exemptions if timedelta(0) <= one.expires - today <= SOON)
