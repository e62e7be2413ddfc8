"""How does a fix tell what it does as it goes on? In lines, the many cut short, or at its end in JSON."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from audits.fixing import FixPlan, Left
from audits.fixing_apply import Done
from audits.fixing_objects import Planned
from audits.fixing_one import ContentDone
from audits.fixing_record import Setting
from audits.fixing_things import ContentFix
from audits.fixing_undo import PutBack
from bucketwright.drift.words import named
from bucketwright.findings import Finding
from bucketwright.plain_text import counted
from cli import fix_words as words
from cli.fix_progress import Progress
from cli.fix_sections import Sections
from cli.forms import Form
from cli.output import Output

MOST: Final = 20
"""Of what there may be very many of, so many are told one by one."""
_MOST_REASONS: Final = 50


@dataclass(slots=True)
class Shown:
    """Tells a fix as it goes on."""

    output: Output
    form: Form
    progress: Progress | None = None
    changes: int = 0
    """How many were planned."""
    held: int = 0
    """How many of these need --risky."""
    tried: Counter[str] = field(default_factory=Counter)
    """What became of the changes inside buckets."""
    _data: Sections = field(default_factory=Sections)
    _told: Counter[str] = field(default_factory=Counter)
    _more: Counter[str] = field(default_factory=Counter)
    """What was planned, found or left beyond what was told one by one."""
    _left: list[Left] = field(default_factory=list)
    _still: list[Finding] = field(default_factory=list)

    def settings(self, plan: FixPlan, *, risky: bool) -> None:
        """What would be done to settings."""
        for name in ("steps", "left"):
            self._list(name)
        for step in plan.steps:
            is_held = bool(step.risk) and not risky
            self._count(is_held=is_held)
            self._keep("steps", words.step_data(step, wanted=not is_held))
            self._lines(words.step_lines(self.changes, step, is_held=is_held))
        for one in plan.left:
            self._keep("left", words.left_data(one))
            self._left.append(one)

    def content(self, one: Planned, *, risky: bool) -> bool:
        """What would be done to one thing in a bucket; whether it is wanted."""
        is_held = bool(one.fix.risk) and not risky
        self._count(is_held=is_held)
        self._keep("steps", words.planned_data(one, wanted=not is_held))
        if self._is_told("steps"):
            self._lines(words.planned_lines(self.changes, one, is_held=is_held))
        else:
            self._more[", ".join(map(named, words.facts_of(one.fix)))] += 1
        return not is_held

    def left(self, one: Left) -> None:
        """A finding about what lies in a bucket that no call ends."""
        self._keep("left", words.left_data(one))
        if self._is_told("left"):
            self._left.append(one)
        else:
            why = f"left: {one.why}"
            self._more[
                why if why in self._more or len(self._more) < _MOST_REASONS else "left for others"
            ] += 1

    def end_of_plan(self, *, applied: bool) -> None:
        """How many there are, and what is left to people."""
        planned = {what: number for what, number in self._more.items() if not what.startswith("left")}
        self._lines(f"and {counted(number, 'change')} more of {what}" for what, number in planned.items())
        self._lines([""] if planned else [])
        if self._left:
            self._lines(["left to people:", *(f"  {words.left_line(one)}" for one in self._left)])
            rest = ((what, number) for what, number in self._more.items() if what not in planned)
            self._lines(f"  and {number:,} more {what}" for what, number in rest)
            self._lines([""])
        self._lines(self._summary(applied=applied))

    def done(self, done: Done | ContentDone) -> None:
        """What became of one change: told where it is not made, or there are few."""
        self._keep("done", words.done_data(done))
        if isinstance(done, ContentDone):
            self.tried[done.state] += 1
            if self.progress is not None:
                self.progress.step()
            if not self._is_told("made" if done.is_made else "not made"):
                return
        self._lines([words.done_line(done)])

    def end_of_changes(self) -> None:
        """How many came how far, where not each was told."""
        if self.progress is not None:
            self.progress.clear()
        if sum(self.tried.values()) > MOST:
            each = (f"{number:,} {state}" for state, number in sorted(self.tried.items()))
            self._lines([f"inside buckets: {', '.join(each)}"])

    def still(self, finding: Finding) -> None:
        """What is found once all is judged again."""
        self._keep("still", {"rule": finding.rule, "address": finding.subject.address})
        if self._is_told("still"):
            self._still.append(finding)

    def judged_again(self, before: int, after: int) -> None:
        """How many findings there are now, and the first of them."""
        self._list("still")
        self._lines(["", f"judged again: {counted(before, 'finding')} before, {after} now"])
        self._lines(f"  {one.rule}  {words.address(one.subject.address)}: {one.seen}" for one in self._still)
        more = after - len(self._still)
        self._lines([f"  and {more:,} more"] if more else [])

    def to_put_back(self, setting: Setting) -> None:
        """A setting that would be put back."""
        self.changes += bool(setting.back)
        self._keep("undo", words.setting_data(setting))
        self._lines([f"{words.address(setting.address)} {named(setting.fact)}"])
        self._lines(f"   call  {words.call(one)}" for one in setting.back)
        if setting.irrevocable:
            self._lines([f"   not possible: {setting.irrevocable}"])

    def content_to_put_back(self, fix: ContentFix) -> None:
        """What would be put back of one thing in a bucket."""
        self.changes += not fix.irrevocable
        self._keep("undo", words.back_data(fix))
        if self._is_told("undo"):
            self._lines(words.back_lines(fix))

    def end_of_undo(self) -> None:
        """That nothing was put back."""
        more = self._told["undo"] - MOST
        self._lines([f"and {counted(more, 'change')} more"] if more > 0 else [])
        self._lines(["nothing was changed: --apply puts it back" if self.changes else "nothing to put back"])
        self._list("undo")
        self.end()

    def put_back(self, done: PutBack | ContentDone) -> None:
        """What became of one."""
        if isinstance(done, PutBack):
            what, reason = f"{words.address(done.setting.address)} {named(done.setting.fact)}", done.reason
        else:
            what, reason = words.called_content(done.fix), "" if done.is_made else done.reason or done.state
            if self.progress is not None:
                self.progress.step()
        self._keep("put_back", {"what": what, "reason": reason})
        if isinstance(done, PutBack) or self._is_told("not put back" if reason else "put back"):
            self._lines([f"not put back  {what}: {reason}" if reason else f"put back  {what}"])

    def line(self, line: str) -> None:
        """One line of the result."""
        self._lines([line])

    def note(self, line: str) -> None:
        """Beside the result."""
        self.output.note(line)

    def end(self) -> None:
        """All of it, where JSON was asked for."""
        if self.form == "json":
            self._data.write(self.output.result)

    def close(self) -> None:
        """Let go of what was written down for the end."""
        self._data.close()

    def _list(self, name: str) -> None:
        if self.form == "json":
            self._data.open(name)

    def _keep(self, name: str, entry: object) -> None:
        if self.form == "json":
            self._data.add(name, entry)

    def _count(self, *, is_held: bool) -> None:
        self.changes += 1
        self.held += is_held

    def _is_told(self, what: str) -> bool:
        self._told[what] += 1
        return self._told[what] <= MOST

    def _summary(self, *, applied: bool) -> Iterator[str]:
        if not self.changes:
            yield "nothing that calls could change"
        elif not applied:
            free = self.changes - self.held
            made = f": --apply makes {counted(free, 'change')}" if free else ""
            yield f"nothing was changed{made}"
        if self.held:
            needs = "needs" if self.held == 1 else "need"
            yield f"{counted(self.held, 'change')} may break something, and {needs} --risky"

    def _lines(self, lines: Iterable[str]) -> None:
        if self.form == "text":
            for line in lines:
                if self.progress is not None:
                    self.progress.clear()
                self.output.result(line)
