"""How does one change read: what becomes what, by which calls, what may break, and what became of it?"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from audits.fixing import Left, Step
from audits.fixing_apply import Done, Sent
from audits.fixing_journal import call_line
from audits.fixing_objects import NAMES, Planned
from audits.fixing_one import ContentDone
from audits.fixing_record import Setting
from audits.fixing_things import GRANTS, ContentFix, State
from bucketwright.calls import Failure
from bucketwright.drift.becoming import becoming
from bucketwright.drift.words import named, word
from bucketwright.facets.grants import Grant
from bucketwright.facets.writing import Write
from bucketwright.plain_text import clipped, printable
from bucketwright.rules.rule import PRESENCE
from bucketwright.s3.redaction import redacted_values

_LONGEST: Final = 300
_FACTS: Final = {name: fact for fact, name in NAMES.items()}
"""The fact that a name of a HEAD stands for."""


def step_lines(number: int, step: Step, *, is_held: bool) -> Iterator[str]:
    """A setting that would be changed."""
    yield f"{number}. {called(step)}{_held(is_held)}"
    yield from _values(*becoming(step.before, step.after))
    yield f"   ends  {', '.join(step.ends)}"
    yield from _risks(step.risk, "", step.irrevocable)
    yield from _calls(step.writes, step.undo)
    yield ""


def planned_lines(number: int, one: Planned, *, is_held: bool) -> Iterator[str]:
    """What would be changed of one thing in a bucket."""
    fix = one.fix
    yield f"{number}. {called_content(fix)}{_held(is_held)}"
    yield from _values(*_states(fix))
    yield f"   ends  {', '.join(fix.ends)}"
    yield from _risks(fix.risk, fix.beside, fix.irrevocable)
    yield from _calls(one.writes, one.undo)
    yield ""


def left_line(left: Left) -> str:
    """A finding that is left to people, with the fact that it is about."""
    finding = left.finding
    fact = f" {named(finding.aspect)}" if finding.aspect else ""
    return f"{finding.rule}  {address(finding.subject.address)}{fact}: {left.why}"


def done_line(done: Done | ContentDone) -> str:
    """What became of one change."""
    what = called(done.step) if isinstance(done, Done) else called_content(done.fix)
    return f"{done.state}  {what}{f': {done.reason}' if done.reason else ''}"


def called(step: Step) -> str:
    """A setting, by its thing and its name."""
    return address(step.address) + (f" {named(step.fact)}" if step.fact != PRESENCE else "")


def called_content(fix: ContentFix) -> str:
    """The facts of a thing in a bucket."""
    facts = "" if fix.is_removal else f" {', '.join(named(one) for one in facts_of(fix))}"
    return f"{address(fix.address)}{facts}"


def facts_of(fix: ContentFix) -> tuple[str, ...]:
    """The facts that a change is about."""
    return tuple(_FACTS.get(name, PRESENCE) for name in fix.after)


def address(text: str) -> str:
    """An address, which may hold any key, fit for one line."""
    return clipped(text, _LONGEST)


def call(write: Write) -> str:
    """The call as one could make it by hand, whole and on one line, but for what opens a door."""
    params = json.dumps(redacted_values(write.call.params), default=str, ensure_ascii=True)
    return printable(f"{write.call.service}:{write.call.operation} {params}")


def _call_data(write: Write) -> dict[str, object]:
    """The same as JSON."""
    return {name: redacted_values(value) for name, value in call_line(write).items()}


def step_data(step: Step, *, wanted: bool) -> Mapping[str, object]:
    """A setting that would be changed, as JSON."""
    before, after = becoming(step.before, step.after)
    told = {"address": step.address, "fact": step.fact, "before": before, "after": after}
    return {
        **told,
        "ends": list(step.ends),
        "risk": step.risk,
        "wanted": wanted,
        "irrevocable": step.irrevocable,
        "calls": [_call_data(one) for one in step.writes],
        "undo": [_call_data(one) for one in step.undo],
    }


def planned_data(one: Planned, *, wanted: bool) -> Mapping[str, object]:
    """The same of one thing in a bucket."""
    fix = one.fix
    before, after = _states(fix)
    told = {"address": fix.address, "fact": ", ".join(facts_of(fix)), "before": before, "after": after}
    return {
        **told,
        "ends": list(fix.ends),
        "risk": fix.risk,
        "beside": fix.beside,
        "wanted": wanted,
        "irrevocable": fix.irrevocable,
        "calls": [_call_data(write) for write in one.writes],
        "undo": [_call_data(write) for write in one.undo],
    }


def left_data(left: Left) -> Mapping[str, object]:
    """A finding that is left to people, as JSON."""
    finding = left.finding
    told = {"rule": finding.rule, "address": finding.subject.address}
    return {**told, "fact": finding.aspect, "why": left.why}


def done_data(done: Done | ContentDone) -> Mapping[str, object]:
    """What became of one change, as JSON."""
    if isinstance(done, Done):
        told = {"address": done.step.address, "fact": done.step.fact}
    else:
        told = {"address": done.fix.address, "fact": ", ".join(facts_of(done.fix))}
    calls = [{**_call_data(one.write), "failed": _failed(one)} for one in done.sent]
    return {**told, "state": done.state, "reason": done.reason, "calls": calls}


def back_lines(fix: ContentFix) -> Iterator[str]:
    """What would be put back of one thing in a bucket."""
    yield called_content(fix)
    if fix.irrevocable:
        yield f"   not possible: {fix.irrevocable}"
        return
    before, after = _states(fix)
    yield from _values(after, before)


def back_data(fix: ContentFix) -> Mapping[str, object]:
    """The same as JSON."""
    before, after = _states(fix)
    told = {"address": fix.address, "fact": ", ".join(facts_of(fix)), "irrevocable": fix.irrevocable}
    return {**told, "before": after, "after": before}


def setting_data(setting: Setting) -> Mapping[str, object]:
    """A setting that would be put back, as JSON."""
    told = {"address": setting.address, "fact": setting.fact, "irrevocable": setting.irrevocable}
    return {**told, "calls": [_call_data(one) for one in setting.back]}


def _held(is_held: bool) -> str:
    return " (not without --risky)" if is_held else ""


def _values(before: str, after: str) -> Iterator[str]:
    yield f"   now   {before}"
    yield f"   then  {after}"


def _risks(risk: str, beside: str, irrevocable: str) -> Iterator[str]:
    if risk:
        yield f"   risk  {risk}"
    if beside:
        yield f"   note  {beside}"
    if irrevocable:
        yield f"   undo  not possible: {irrevocable}"


def _calls(several: Iterable[Write], undo: Iterable[Write]) -> Iterator[str]:
    yield from (f"   call  {call(one)}" for one in several)
    yield from (f"   undo  {call(one)}" for one in undo)


def _states(fix: ContentFix) -> tuple[str, str]:
    """What becomes what."""
    if fix.is_removal:
        return "there", "gone"
    return _state(fix.before), _state(fix.after)


def _state(state: State) -> str:
    """One value by itself, several each with its name."""
    words = {
        _FACTS[name]: word(_granted(value) if name == GRANTS else value) for name, value in state.items()
    }
    if len(words) == 1:
        return next(iter(words.values()))
    return "; ".join(f"{named(fact)} {value}" for fact, value in words.items())


def _granted(value: object) -> object:
    several = value if isinstance(value, list) else []
    return frozenset(Grant(str(one[0]), str(one[1])) for one in several if isinstance(one, list))


def _failed(sent: Sent) -> str:
    outcome = sent.outcome
    return f"{outcome.kind} {outcome.code}".strip() if isinstance(outcome, Failure) else ""
