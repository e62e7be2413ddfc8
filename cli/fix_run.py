"""What does one run of a fix do: look, judge, plan, and make the changes as its journal says?"""

from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import sleep

from audits.contents import Contents, Questions
from audits.fixing import FixPlan, Step, plan
from audits.fixing_apply import Hands, apply
from audits.fixing_contents import KINDS, Page, Planning, pages
from audits.fixing_ground import grounds_of
from audits.fixing_journal import Journal, call_line, fix_line
from audits.fixing_lanes import Lanes, patient
from audits.fixing_objects import Planned
from audits.fixing_record import DUE, read_record
from audits.fixing_undo import Yard, apply_contents
from audits.live import Looked, look
from bucketwright.audited import judged
from bucketwright.calls import Send
from bucketwright.exempting import covers
from bucketwright.findings import Finding
from bucketwright.looking.scope import Scope
from bucketwright.posture import Estate, intended_estate
from bucketwright.s3.identity import identified
from bucketwright.s3.reading_only import reading_only
from cli.audit_access import Asking
from cli.audit_extent import Extent, Judges, scopes
from cli.auditing import seen_in
from cli.clock import now
from cli.exits import Exit
from cli.fix import Asked
from cli.fix_journals import about, journal_at
from cli.fix_progress import Progress
from cli.fix_shown import Shown
from cli.progress import counted_calls

Steps = list[tuple[int, Step]]
"""Settings that are to be changed, each with its number."""
IN_PLACE = frozenset({"aws", "sandbox"})
"""The servers that change the encryption of an object where it lies; others take the call for new content."""


@dataclass(frozen=True, slots=True)
class Found:
    """What was looked at, and what is said of the settings."""

    looked: Looked
    findings: tuple[Finding, ...]

    @property
    def counting(self) -> tuple[Finding, ...]:
        return tuple(one for one in self.findings if one.counts)

    @property
    def unknown(self) -> int:
        """How much is not known."""
        return sum(one.status == "unknown" for one in self.findings)


@dataclass(slots=True)
class Tally:
    """How much is wrong or not known, inside buckets too."""

    counting: int
    unknown: int

    @classmethod
    def of(cls, found: Found) -> "Tally":
        """Of the settings."""
        return cls(len(found.counting), found.unknown)

    def add(self, page: Page) -> None:
        """Count a page of what lies in a bucket."""
        self.counting += len(page.broken)
        self.unknown += page.unknown

    @property
    def exit(self) -> Exit:
        """How it stands."""
        return Exit.FINDINGS if self.counting else Exit.INCOMPLETE if self.unknown else Exit.CLEAN


@dataclass(frozen=True, slots=True)
class Fix:
    """One run of the command."""

    shown: Shown
    asked: Asked
    contract: Path | None
    by: Judges
    extent: Extent
    asking: Asking
    writing: Send
    name: str
    lanes: Lanes = field(default_factory=Lanes)

    @property
    def scope(self) -> Scope:
        """What is looked at."""
        [found] = scopes(self.extent, self.by).values()
        return found

    @property
    def hands(self) -> Hands:
        """By what is read and changed: asked again where the service is too busy."""
        several = (reading_only(self.writing), self.writing)
        read, write = (patient(one, self.lanes, sleep, self.asking.deadline) for one in several)
        return Hands(read, write, sleep)

    @property
    def signer(self) -> str:
        """The account whose role signs; empty where the run's own credentials do."""
        return next(iter(self.asking.accounts), "")

    def name_owner(self) -> None:
        """Have each change say whose the bucket has to be."""
        identified(self.writing, self.signer)

    def find(self) -> Found:
        """Look at the settings, and judge them."""
        with counted_calls(self.asking.send, self.shown.output) as send:
            looked = look(send, self.scope, deadline=self.asking.deadline)
        said = judged(seen_in(looked, Contents()), self.by.selection, now().date())
        return Found(looked, tuple(one for one in said.findings if self.is_asked_about(one)))

    def plan(self, found: Found) -> FixPlan:
        """What would be done to settings."""
        settings = [one for one in found.counting if one.subject.kind not in KINDS]
        removes = self.asked["remove_undeclared"]
        return plan(settings, found.looked, self.intended, remove_undeclared=removes)

    @property
    def intended(self) -> Estate | None:
        """What the contract declares; None where there is none."""
        around = self.by.around
        return None if around.intended is None else intended_estate(around)

    def pages(self, found: Found) -> Iterator[Page]:
        """What is wrong or not known inside buckets, page after page."""
        with counted_calls(self.asking.send, self.shown.output) as send:
            questions = Questions(
                send, self.scope, self.extent.on_aws, self.asking.deadline, silent=self.extent.silent
            )
            yield from pages(found.looked, questions, self._is_meant)

    def planning(self, found: Found) -> Planning:
        """By what changes inside buckets are planned."""
        return Planning(
            found.looked,
            now(),
            self.extent.on_aws,
            self.extent.server in IN_PLACE,
            self.hands.read,
            self.lanes,
            self.asked["delete_old_versions"],
            self.intended,
        )

    def yard(self, looked: Looked | None, journal: Journal) -> Yard:
        """Where things in buckets are changed."""
        on_aws, in_place = self.extent.on_aws, self.extent.server in IN_PLACE
        grounds = {} if looked is None else grounds_of(looked, now(), on_aws=on_aws, in_place=in_place)
        return Yard(grounds, self.hands, journal, self.lanes, self.asking.deadline)

    def is_asked_about(self, finding: Finding) -> bool:
        """Whether it, or what follows from it, is of a rule that was named; or whether none was."""
        rules = frozenset(self.asked["rules"])
        return not rules or bool(rules & {finding.rule, *(one.rule for one in finding.consequences)})

    def _is_meant(self, finding: Finding) -> bool:
        """Whether it is asked about, and nobody has exempted it."""
        environment, today = self.by.around.environment, now().date()
        exemptions = () if environment is None else environment.exemptions
        is_exempt = any(one.holds_on(today) and covers(one, finding) for one in exemptions)
        return self.is_asked_about(finding) and not (finding.status == "fail" and is_exempt)


@dataclass(slots=True)
class Writing:
    """The journal of a run, from its plan to its end."""

    fix: Fix
    journal: Journal
    next: int = 1
    """The number of the next change."""
    contents: int = 0
    """How many changes inside buckets are to be tried."""

    @classmethod
    def new(cls, fix: Fix, account: str, stack: str) -> "Writing":
        """A journal of its own."""
        journal = Journal(journal_at(fix.asked["runs"], fix.name), now, is_new=True)
        journal.plan(about(fix.name, account, stack, fix.contract, fix.asked))
        return cls(fix, journal)

    def settings(self, steps: tuple[Step, ...]) -> Steps:
        """The settings that are to be changed, numbered and noted."""
        numbered = list(enumerate(steps, self.next))
        for number, step in numbered:
            told = {"is": "setting", "number": number, "address": step.address, "fact": step.fact}
            calls, back = ([call_line(one) for one in several] for several in (step.writes, step.undo))
            self.journal.plan({**told, "calls": calls, "back": back, "irrevocable": step.irrevocable})
        self.next += len(numbered)
        return numbered

    def content(self, one: Planned) -> None:
        """What is to be changed of one thing in a bucket."""
        self.journal.plan({**fix_line(one.fix), "number": self.next})
        self.next, self.contents = self.next + 1, self.contents + 1

    def planned(self) -> None:
        """That the plan is whole."""
        self.journal.keep({"is": "planned", "contents": self.contents})

    def make(self, steps: Steps, found: Found) -> bool:
        """All changes, settings first; whether each was made."""
        shown, is_made = self.fix.shown, True
        for done in apply(steps, self.fix.hands, self.journal):
            shown.done(done)
            is_made = is_made and done.is_made
        looked = self.fix.find().looked if steps and self.contents else found.looked
        shown.progress = Progress(shown.output, self.contents)
        yard = self.fix.yard(looked, self.journal)
        with closing(apply_contents(read_record(self.journal.path), yard, *DUE)) as several:
            for one in several:
                shown.done(one)
                is_made = is_made and one.is_made
        shown.end_of_changes()
        return is_made

    def cut_off(self) -> str:
        """Why not everything was tried; empty where it was."""
        if sum(self.fix.shown.tried.values()) >= self.contents:
            self.journal.keep({"is": "finished"})
            return ""
        return self.fix.lanes.why_closed or "time was up: --deadline says when"

    def drop(self) -> None:
        """Nothing was changed."""
        with suppress(OSError):
            self.journal.drop()
