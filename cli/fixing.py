"""How does a fix run: plan, make the changes, judge again, take up or put back an earlier run, and end with
the right code?"""

import sys
from contextlib import closing
from pathlib import Path
from typing import Final

import click

from audits.fixing import Left
from audits.fixing_journal import Journal, JournalError
from audits.fixing_record import OPEN, Record, read_record
from audits.fixing_undo import can_be_undone, contents_of, put_contents_back, put_settings_back, settings_of
from audits.live import Looked, look
from audits.refusing import CannotLookError, nobody
from bucketwright.calls import Failure
from bucketwright.judging import Selection
from bucketwright.looking.scope import Scope
from bucketwright.posture import Circumstances
from bucketwright.rules import catalogue
from bucketwright.rules.engine import ENGINE
from bucketwright.s3.addresses import AccessError
from bucketwright.s3.identity import identified
from cli.audit_access import hands, run_name, sentence
from cli.audit_extent import Extent, judges, refuse_unknown
from cli.clock import now
from cli.exits import Exit
from cli.fix import Asked
from cli.fix_journals import asked_then, journal_of, refuse_others
from cli.fix_progress import Progress
from cli.fix_run import Fix, Found, Steps, Tally, Writing
from cli.fix_shown import Shown
from cli.fix_words import called_content
from cli.output import Output

_ACCOUNT_WRONG: Final = frozenset({"bucket", "account"})
_EVERYTHING: Final = Selection("all")


def run_fix(output: Output, stack: str, named: Path | None, asked: Asked) -> Exit:
    """A plan, or the changes; AccessError and the like as a sentence."""
    _refuse_contradictions(stack, asked)
    try:
        with closing(Shown(output, asked["form"])) as shown:
            return _run(shown, stack, named, asked)
    except CannotLookError as refused:
        output.error(sentence(refused, asked["endpoint_url"]))
        return Exit.WRONG_USE if refused.reason in _ACCOUNT_WRONG else Exit.INCOMPLETE
    except (AccessError, JournalError) as wrong:
        output.error(str(wrong))
        return Exit.WRONG_USE
    except OSError as error:
        output.error(f"nothing more was changed: {error.filename or asked['runs']}: {error.strerror}")
        return Exit.INCOMPLETE


def _run(shown: Shown, stack: str, named: Path | None, asked: Asked) -> Exit:
    if asked["undo"] is not None:
        return _undo(shown, asked, journal_of(asked, asked["undo"]))
    if asked["resume"] is not None:
        return _resume(shown, named, asked, journal_of(asked, asked["resume"]))
    return _fix(_new(shown, stack, named, asked), stack)


def _refuse_contradictions(stack: str, asked: Asked) -> None:
    refuse_unknown(asked["rules"], {*catalogue(), *ENGINE})
    if len(asked["roles"]) > 1:
        raise click.UsageError("a fix is of one account: name one role with --assume-role")
    again = [
        flag for flag, told in (("--resume", asked["resume"]), ("--undo", asked["undo"])) if told is not None
    ]
    narrowing = (stack, *asked["buckets"], *asked["rules"], asked["profile"], asked["objects"] == "full")
    if again and (len(again) > 1 or any(narrowing)):
        raise click.UsageError(
            f"{again[0]} goes by a journal: leave out STACK, --bucket, --rule, --objects and --profile"
        )


def _new(shown: Shown, stack: str, named: Path | None, asked: Asked) -> Fix:
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
    return Fix(shown, asked, named, by, extent, asking, writing, name)


def _fix(fix: Fix, stack: str) -> Exit:
    """What would be done, and where told to, done."""
    found = fix.find()
    whole = fix.plan(found)
    writing = Writing.new(fix, found.looked.account, stack) if fix.asked["apply"] else None
    is_begun = False
    try:
        steps = [] if writing is None else writing.settings(whole.only(risky=fix.asked["risky"]).steps)
        fix.shown.settings(whole, risky=fix.asked["risky"])
        tally = _plan_contents(fix, found, writing)
        fix.shown.end_of_plan(applied=writing is not None)
        number = len(steps) + (0 if writing is None else writing.contents)
        if writing is None or not number or not _is_meant(fix.asked, number):
            fix.shown.end()
            return tally.exit
        is_begun = True
        writing.planned()
        return _made(fix, writing, steps, found, tally)
    finally:
        if writing is not None:
            writing.journal.close() if is_begun else writing.drop()


def _plan_contents(fix: Fix, found: Found, writing: Writing | None) -> Tally:
    tally, planning = Tally.of(found), fix.planning(found)
    for page in fix.pages(found):
        tally.add(page)
        for one in planning.planned(page):
            if isinstance(one, Left):
                fix.shown.left(one)
            elif fix.shown.content(one, risky=fix.asked["risky"]) and writing is not None:
                writing.content(one)
    return tally


def _made(fix: Fix, writing: Writing, steps: Steps, found: Found, before: Tally) -> Exit:
    """The changes; then all is judged again."""
    fix.name_owner()
    shown, file = fix.shown, writing.journal.path
    shown.note(f"each change is noted in {file}")
    goes_on = f"bucketwright fix --resume {file} --apply goes on"
    try:
        is_made = writing.make(steps, found)
    except KeyboardInterrupt:
        shown.note(goes_on)
        raise
    finally:
        if can_be_undone(read_record(file)):
            shown.note(f"what puts this back: bucketwright fix --undo {file}")
    if why := writing.cut_off():
        shown.note(f"not everything was tried: {why}. {goes_on}")
        shown.end()
        return Exit.INCOMPLETE
    again = fix.find()
    after = Tally.of(again)
    for finding in again.counting:
        shown.still(finding)
    for page in fix.pages(again):
        after.add(page)
        for _, finding in page.broken:
            shown.still(finding)
    shown.judged_again(before.counting, after.counting)
    shown.end()
    return after.exit if is_made else Exit.FINDINGS


def _resume(shown: Shown, named: Path | None, asked: Asked, record: Record) -> Exit:
    """How far a run came that was cut off, and where told to, the rest of it."""
    if not record.is_planned:
        shown.line("it was cut off before its first change: run the same fix again")
        return Exit.INCOMPLETE
    due = record.due
    shown.line(f"changes inside buckets: {record.contents:,} planned, {record.contents - due:,} tried")
    for one in record.fixes(OPEN):
        shown.line(f"  begun, and its end is not known: {called_content(one)}")
    if record.is_finished and not due:
        shown.line("it came to its end: nothing is left of it")
        return Exit.CLEAN
    if not asked["apply"] or not _is_meant(asked, due):
        shown.line(f"nothing was changed: --apply looks at the settings again, and tries the other {due:,}")
        return Exit.FINDINGS
    stack, contract, again = asked_then(record, asked)
    fix = _new(shown, stack, named or contract, again)
    with closing(Journal(record.path, now, is_new=False)) as journal:
        record = read_record(record.path)
        found = fix.find()
        refuse_others(record, found.looked.account, asked)
        whole = fix.plan(found)
        writing = Writing(fix, journal, record.last + 1, record.due)
        shown.settings(whole, risky=again["risky"])
        steps = writing.settings(whole.only(risky=again["risky"]).steps)
        tally = Tally.of(found)
        tally.counting += record.due
        return _made(fix, writing, steps, found, tally)


def _undo(shown: Shown, asked: Asked, record: Record) -> Exit:
    """What a run changed, and where told to, put back."""
    for setting in settings_of(record):
        shown.to_put_back(setting)
    for one in contents_of(record):
        shown.content_to_put_back(one)
    if not asked["apply"] or not shown.changes or not _is_meant(asked, shown.changes):
        shown.end_of_undo()
        return Exit.CLEAN
    fix = _new(shown, "", None, asked)
    looked = _looked_again(fix, record)
    fix.name_owner()
    is_back = True
    with closing(Journal(record.path, now, is_new=False)) as journal:
        record = read_record(record.path)
        shown.progress = Progress(shown.output, shown.changes)
        with closing(put_contents_back(record, fix.yard(looked, journal))) as several:
            for done in several:
                shown.put_back(done)
                is_back = is_back and (done.is_made or bool(done.fix.irrevocable))
        for setting_done in put_settings_back(record, fix.hands, journal):
            shown.put_back(setting_done)
            is_back = is_back and not (setting_done.reason and setting_done.setting.back)
    shown.end()
    return Exit.CLEAN if is_back and not fix.lanes.why_closed else Exit.INCOMPLETE


def _looked_again(fix: Fix, record: Record) -> Looked | None:
    """The buckets in which something is put back; JournalError where it is another account's."""
    signer = fix.signer
    account = identified(fix.asking.send, signer)
    if isinstance(account, Failure) and account.kind != "unsupported":
        raise nobody(account)
    refuse_others(record, "" if isinstance(account, Failure) else account, fix.asked)
    if not record.buckets:
        return None
    around = Circumstances(now=now())
    scope = Scope(around, _EVERYTHING, frozenset(record.buckets), region=fix.asking.region, signer=signer)
    return look(fix.asking.send, scope, deadline=fix.asking.deadline)


def _is_meant(asked: Asked, number: int) -> bool:
    """Whether it is to be done; somebody at a terminal is asked."""
    if asked["yes"] or sys.stdin is None or not sys.stdin.isatty():
        return True
    return click.confirm(f"Make {number:,} change{'' if number == 1 else 's'} now?", err=True)
