"""How does a fix run: look, judge, plan, make the changes, judge again, and end with the right code?"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import sleep
from typing import Final

import click

from audits.contents import Contents, Questions, contents
from audits.fixing import FixPlan, plan
from audits.fixing_apply import Done, Hands, apply
from audits.fixing_contents import KINDS, Within, plan_contents
from audits.fixing_undo import Log, Undo, UndoError, keep_undo, read_undo, undo_of, undo_of_steps
from audits.live import Looked, look
from audits.refusing import CannotLookError
from bucketwright.audited import judged
from bucketwright.calls import Failure, Send
from bucketwright.findings import Finding
from bucketwright.judging import intended_estate
from bucketwright.looking.scope import Scope
from bucketwright.plain_text import did_you_mean
from bucketwright.plain_text import shown as printable
from bucketwright.rules import catalogue
from bucketwright.rules.engine import ENGINE
from bucketwright.s3.addresses import AccessError
from cli.audit_access import Asking, hands, run_name, sentence
from cli.audit_extent import Extent, Judges, judges, scopes
from cli.auditing import seen_in
from cli.clock import now
from cli.exits import Exit
from cli.fix import Asked
from cli.fix_shown import Shown
from cli.output import Output
from cli.progress import counted_calls

_UNDO: Final = "undo"
_LOG: Final = "changes.jsonl"
_ACCOUNT_WRONG: Final = frozenset({"bucket", "account"})


@dataclass(frozen=True, slots=True)
class _Found:
    """What was looked at, and what is said of it."""

    looked: Looked
    within: Contents
    findings: tuple[Finding, ...]

    @property
    def counting(self) -> tuple[Finding, ...]:
        return tuple(one for one in self.findings if one.counts)

    @property
    def exit(self) -> Exit:
        """How it stands."""
        if self.counting:
            return Exit.FINDINGS
        return Exit.INCOMPLETE if any(one.status == "unknown" for one in self.findings) else Exit.CLEAN


@dataclass(frozen=True, slots=True)
class _Fix:
    """One run of the command."""

    shown: Shown
    asked: Asked
    by: Judges
    extent: Extent
    asking: Asking
    writing: Send
    name: str

    @property
    def scope(self) -> Scope:
        [found] = scopes(self.extent, self.by).values()
        return found

    def find(self) -> _Found:
        """Look, and judge."""
        with counted_calls(self.asking.send, self.shown.output) as send:
            looked = look(send, self.scope, deadline=self.asking.deadline)
            questions = Questions(send, self.scope, self.extent.on_aws, self.asking.deadline)
            within = contents(looked, questions)
        said = judged(seen_in(looked, within), self.by.selection, now().date())
        return _Found(looked, within, tuple(one for one in said.findings if self._is_asked_about(one)))

    def plan(self, found: _Found) -> FixPlan:
        """What would be done."""
        around = self.by.around
        intended = None if around.intended is None else intended_estate(around)
        settings = [one for one in found.counting if one.subject.kind not in KINDS]
        own = plan(settings, found.looked, intended, remove_undeclared=self.asked["remove_undeclared"])
        counting = {one.fingerprint: one for one in found.counting if one.subject.kind in KINDS}
        within = Within(found.looked, self.extent.on_aws, self.asking.send, self.asked["delete_old_versions"])
        inside = plan_contents(found.within.judgements, counting, within)
        return FixPlan((*own.steps, *inside.steps), (*own.left, *inside.left))

    def make(self, made: FixPlan) -> Iterator[Done]:
        """Each change as it is made; what puts all of them back is written before the first."""
        folder, moment = self.asked["runs"], now()
        file = folder / _UNDO / f"{self.name}.json"
        keep_undo(file, undo_of_steps(made.steps), moment)
        self.shown.note(f"what puts this back: bucketwright fix --undo {file}")
        log = Log(folder / _LOG)
        told = Hands(
            self.asking.send, self.writing, lambda write, outcome: log.note(now(), write, outcome), sleep
        )
        done: list[Done] = []
        for one in apply(made.steps, told):
            done.append(one)
            yield one
        keep_undo(file, undo_of(done), moment)

    def _is_asked_about(self, finding: Finding) -> bool:
        """Whether it, or what follows from it, is of a rule that was named; or whether none was."""
        rules = frozenset(self.asked["rules"])
        return not rules or bool(rules & {finding.rule, *(one.rule for one in finding.consequences)})


def run_fix(output: Output, stack: str, named: Path | None, asked: Asked) -> Exit:
    """A plan, or the changes; AccessError and the like as a sentence."""
    _refuse_contradictions(asked)
    shown = Shown(output, asked["form"])
    try:
        if asked["undo"] is not None:
            return _undo(shown, asked, asked["undo"])
        return _fix(shown, stack, named, asked)
    except CannotLookError as refused:
        output.error(sentence(refused, asked["endpoint_url"]))
        return Exit.WRONG_USE if refused.reason in _ACCOUNT_WRONG else Exit.INCOMPLETE
    except (AccessError, UndoError) as wrong:
        output.error(str(wrong))
        return Exit.WRONG_USE
    except OSError as error:
        output.error(f"nothing more was changed: {error.filename or asked['runs']}: {error.strerror}")
        return Exit.INCOMPLETE


def _refuse_contradictions(asked: Asked) -> None:
    known = {*catalogue(), *ENGINE}
    for one in asked["rules"]:
        if one not in known:
            hint = did_you_mean(one, known)
            raise click.UsageError(f"no rule is called {printable(one)}{'; ' if hint else ''}{hint}")
    if len(asked["roles"]) > 1:
        raise click.UsageError("a fix is of one account: name one role with --assume-role")
    if asked["undo"] is not None and (asked["buckets"] or asked["rules"]):
        raise click.UsageError("--undo puts back all that its file says; leave out --bucket and --rule")


def _fix(shown: Shown, stack: str, named: Path | None, asked: Asked) -> Exit:
    by = judges(stack, named, asked["profile"], now(), shown.output)
    name = run_name(now())
    asking, writing = hands(asked, name)
    extent = Extent(
        stack=stack,
        buckets=asked["buckets"],
        objects=asked["objects"] == "full",
        region=asking.region,
        accounts=asking.accounts,
        endpoint=asked["endpoint_url"] or "",
        server=asking.server,
    )
    fix = _Fix(shown, asked, by, extent, asking, writing, name)
    found = fix.find()
    whole = fix.plan(found)
    wanted = whole.only(risky=asked["risky"])
    shown.plan(whole, risky=asked["risky"], applied=asked["apply"])
    if not asked["apply"] or not wanted.steps or not _is_meant(asked, len(wanted.steps)):
        shown.end()
        return found.exit
    done = []
    for one in fix.make(wanted):
        shown.done(one)
        done.append(one)
    after = fix.find()
    shown.after(len(found.counting), after.counting)
    shown.end()
    return after.exit if all(one.is_made for one in done) else Exit.FINDINGS


def _is_meant(asked: Asked, number: int) -> bool:
    """Whether it is to be done; somebody at a terminal is asked."""
    if asked["yes"] or sys.stdin is None or not sys.stdin.isatty():
        return True
    return click.confirm(f"Make {number} change{'' if number == 1 else 's'} now?", err=True)


def _undo(shown: Shown, asked: Asked, file: Path) -> Exit:
    """The calls of a file, and where told to, made."""
    undos = read_undo(file)
    shown.undo(undos, applied=asked["apply"])
    writes = sum(len(one.writes) for one in undos)
    if not asked["apply"] or not writes or not _is_meant(asked, writes):
        shown.end()
        return Exit.CLEAN
    _, writing = hands(asked, run_name(now()))
    log = Log(asked["runs"] / _LOG)
    failed = [why for one in undos if (why := _put_back(one, writing, log, shown)) is not None]
    shown.end()
    return Exit.INCOMPLETE if failed else Exit.CLEAN


def _put_back(one: Undo, writing: Send, log: Log, shown: Shown) -> Failure | None:
    for write in one.writes:
        log.note(now(), write, None)
        outcome = writing(write.call)
        log.note(now(), write, outcome)
        if isinstance(outcome, Failure) and outcome.code not in write.harmless:
            shown.put_back(one, write, outcome)
            return outcome
    shown.put_back(one, None, None)
    return None
