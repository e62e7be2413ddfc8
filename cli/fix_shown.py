"""How does a fix read: what becomes what, by which calls, what may break, and what became of it?"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from audits.fixing import FixPlan, Left, Step
from audits.fixing_apply import Done
from audits.fixing_undo import Undo, as_data
from bucketwright.calls import Failure
from bucketwright.drift.words import named, word
from bucketwright.facets.reading import Read, reason_of
from bucketwright.facets.writing import Write
from bucketwright.findings import Finding
from bucketwright.plain_text import clipped, counted
from bucketwright.rules.rule import PRESENCE
from cli.forms import Form
from cli.output import Output

_LONGEST: Final = 300


@dataclass(slots=True)
class Shown:
    """Tells a fix as it goes on: in lines, or at its end in JSON."""

    output: Output
    form: Form
    _data: dict[str, object] = field(default_factory=dict)

    def plan(self, plan: FixPlan, *, risky: bool, applied: bool) -> None:
        """What would be done."""
        self._data |= {
            "steps": [_step_data(one, wanted=risky or not one.risk) for one in plan.steps],
            "left": [_left_data(one) for one in plan.left],
        }
        self._lines(_plan_lines(plan, risky=risky, applied=applied))

    def done(self, done: Done) -> None:
        """What became of one step."""
        made: list[object] = self._several("done")
        calls = [{**as_data(one.write), "failed": _failure(one.outcome)} for one in done.sent]
        told = {"address": done.step.address, "fact": done.step.fact, "state": done.state}
        made.append({**told, "reason": done.reason, "calls": calls})
        reason = f": {done.reason}" if done.reason else ""
        self._lines([f"{done.state}  {_called(done.step)}{reason}"])

    def after(self, before: int, still: tuple[Finding, ...]) -> None:
        """What is found once all is judged again."""
        self._data["still"] = [{"rule": one.rule, "address": one.subject.address} for one in still]
        self._lines(["", f"judged again: {counted(before, 'finding')} before, {len(still)} now"])
        self._lines(f"  {one.rule}  {_address(one.subject.address)}: {one.seen}" for one in still)

    def undo(self, undos: tuple[Undo, ...], *, applied: bool) -> None:
        """What would be put back."""
        self._data["undo"] = [
            {"address": one.address, "fact": one.fact, "irrevocable": one.irrevocable, **_calls(one.writes)}
            for one in undos
        ]
        self._lines(_undo_lines(undos, applied=applied))

    def put_back(self, undo: Undo, write: Write | None, failure: Failure | None) -> None:
        """What became of one."""
        reason = "" if write is None or failure is None else f": {_refusal(write, failure)}"
        told = {"address": undo.address, "fact": undo.fact, "reason": reason.removeprefix(": ")}
        self._several("put_back").append(told)
        state = "not put back" if reason else "put back"
        if undo.writes or reason:
            self._lines([f"{state}  {_address(undo.address)} {named(undo.fact)}{reason}"])

    def note(self, line: str) -> None:
        """Beside the result."""
        self.output.note(line)

    def end(self) -> None:
        """All of it, where JSON was asked for."""
        if self.form == "json":
            self.output.json(self._data, indent=2)

    def _several(self, name: str) -> list[object]:
        found = self._data.setdefault(name, [])
        return found if isinstance(found, list) else []

    def _lines(self, lines: Iterable[str]) -> None:
        if self.form == "text":
            for line in lines:
                self.output.result(line)


def _plan_lines(plan: FixPlan, *, risky: bool, applied: bool) -> Iterator[str]:
    held = [one for one in plan.steps if one.risk and not risky]
    for number, step in enumerate(plan.steps, 1):
        yield from _step_lines(number, step, is_held=step in held)
        yield ""
    if plan.left:
        yield "left to people:"
        yield from (f"  {_left(one)}" for one in plan.left)
        yield ""
    made = len(plan.steps) - len(held)
    if not plan.steps:
        yield "nothing that calls could change"
    elif not applied:
        yield f"nothing was changed: --apply makes {counted(made, 'change')}"
    if held:
        needs = "needs" if len(held) == 1 else "need"
        yield f"{counted(len(held), 'change')} may break something, and {needs} --risky"


def _step_lines(number: int, step: Step, *, is_held: bool) -> Iterator[str]:
    yield f"{number}. {_called(step)}{' (not without --risky)' if is_held else ''}"
    now, then = _values(step)
    yield f"   now   {now}"
    yield f"   then  {then}"
    yield f"   ends  {', '.join(step.ends)}"
    if step.risk:
        yield f"   risk  {step.risk}"
    for write in step.writes:
        yield f"   call  {_call(write)}"
    if step.irrevocable:
        yield f"   undo  not possible: {step.irrevocable}"
    for write in step.undo:
        yield f"   undo  {_call(write)}"


def _undo_lines(undos: tuple[Undo, ...], *, applied: bool) -> Iterator[str]:
    for one in undos:
        yield f"{_address(one.address)} {named(one.fact)}"
        yield from (f"   call  {_call(write)}" for write in one.writes)
        if one.irrevocable:
            yield f"   not possible: {one.irrevocable}"
    if not applied:
        yield "nothing was changed: --apply puts it back"


def _called(step: Step) -> str:
    return _address(step.address) + (f" {named(step.fact)}" if step.fact != PRESENCE else "")


def _values(step: Step) -> tuple[str, str]:
    """What becomes what."""
    return ("there", "gone") if step.fact == PRESENCE else (word(step.before), word(step.after))


def _address(address: str) -> str:
    return clipped(address, _LONGEST)


def _left(left: Left) -> str:
    return f"{left.finding.rule}  {_address(left.finding.subject.address)}: {left.why}"


def _call(write: Write) -> str:
    """The call as one could make it by hand; what is very long is cut here, and whole in JSON."""
    params = json.dumps(write.call.params, default=str, ensure_ascii=True)
    return clipped(f"{write.call.service}:{write.call.operation} {params}", _LONGEST)


def _refusal(write: Write, failure: Failure) -> str:
    return reason_of(failure, Read(write.call.service, write.call.operation, write.permission))


def _failure(outcome: object) -> str:
    return f"{outcome.kind} {outcome.code}".strip() if isinstance(outcome, Failure) else ""


def _calls(writes: Iterable[Write]) -> Mapping[str, object]:
    return {"calls": [{**as_data(one), "permission": one.permission} for one in writes]}


def _step_data(step: Step, *, wanted: bool) -> Mapping[str, object]:
    return {
        "address": step.address,
        "fact": step.fact,
        "before": _values(step)[0],
        "after": _values(step)[1],
        "ends": list(step.ends),
        "risk": step.risk,
        "wanted": wanted,
        "irrevocable": step.irrevocable,
        **_calls(step.writes),
        "undo": _calls(step.undo)["calls"],
    }


def _left_data(left: Left) -> Mapping[str, object]:
    return {"rule": left.finding.rule, "address": left.finding.subject.address, "why": left.why}
