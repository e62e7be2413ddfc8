"""Makes the changes of a plan, one after the other, and reports exactly how far it came.

Before a change the fact is read again: what somebody changed meanwhile is left alone. After it, too: only
what is read back as wanted was made.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final, Literal, Protocol, TypeVar

from audits.fixing import Step
from audits.fixing_journal import came
from bucketwright.calls import Failure, Outcome, Send
from bucketwright.facets.reading import Read, reason_of
from bucketwright.facets.writing import Write
from bucketwright.posture import Unknown

State = Literal["made", "changed meanwhile", "refused", "half made", "not as wanted", "not tried"]


@dataclass(frozen=True, slots=True)
class Sent:
    """One call that was sent, and what came of it."""

    write: Write
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one step."""

    step: Step
    state: State
    reason: str = ""
    sent: tuple[Sent, ...] = ()

    @property
    def is_made(self) -> bool:
        return self.state == "made"


@dataclass(frozen=True, slots=True)
class Hands:
    """By what is read and changed, and what lets some seconds go by."""

    read: Send
    write: Send
    wait: Callable[[float], None]


class Keeps(Protocol):
    """Who hears of a change before it is sent, and after."""

    def begin(self, number: int, /) -> None: ...
    def end(self, number: int, state: str, reason: str, calls: Iterable[Mapping[str, object]], /) -> None: ...


PAUSES: Final = (0.5, 1.0, 2.0)
"""Seconds between one look at what was set and the next."""
_SKIPPED: Final = "an earlier change of the same thing was not made"
Seen = TypeVar("Seen")


def apply(steps: Iterable[tuple[int, Step]], hands: Hands, keeps: Keeps) -> Iterator[Done]:
    """Each numbered step as it is done. After one that fails nothing else of the same thing is tried."""
    failed: set[str] = set()
    for number, step in steps:
        if step.address in failed:
            done = Done(step, "not tried", _SKIPPED)
        else:
            done = _made(step, hands, partial(keeps.begin, number))
        keeps.end(number, done.state, done.reason, [came(one.write, one.outcome) for one in done.sent])
        if not done.is_made:
            failed.add(step.address)
        yield done


def _made(step: Step, hands: Hands, begin: Callable[[], None]) -> Done:
    now = step.look(hands.read)
    if isinstance(now, Unknown):
        return Done(step, "not tried", f"what is there now cannot be read: {now.reason}")
    if now == step.after:
        return Done(step, "made", "it is so already, without a call")
    if now != step.before:
        return Done(step, "changed meanwhile", "somebody changed it after it was looked at: audit again")
    begin()
    sent: list[Sent] = []
    for write in step.writes:
        outcome = hands.write(write.call)
        sent.append(Sent(write, outcome))
        if isinstance(outcome, Failure) and outcome.code not in write.harmless:
            return _broken_off(step, tuple(sent), outcome)
    now = read_back(lambda: step.look(hands.read), lambda found: found == step.after, hands.wait)
    if now == step.after:
        return Done(step, "made", sent=tuple(sent))
    reason = now.reason if isinstance(now, Unknown) else "something else is read back than was set"
    return Done(step, "not as wanted", reason, tuple(sent))


def refusal(write: Write, failure: Failure) -> str:
    """Why a call set nothing, for people."""
    asked = Read(write.call.service, write.call.operation, write.permission)
    return f"{write.call.operation}: {reason_of(failure, asked)}"


def is_in_doubt(failure: Failure) -> bool:
    """Whether a call may have been carried out whose answer was lost."""
    return failure.kind in {"unreachable", "late", "bad answer"}


def _broken_off(step: Step, sent: tuple[Sent, ...], failure: Failure) -> Done:
    """How far it came; whether a call was carried out whose answer was lost is not known."""
    reason, in_doubt = refusal(sent[-1].write, failure), is_in_doubt(failure)
    doubt = "; whether it was carried out all the same is not known" if in_doubt else ""
    return Done(step, "half made" if len(sent) > 1 or in_doubt else "refused", f"{reason}{doubt}", sent)


def read_back(
    look: Callable[[], Seen], is_wanted: Callable[[Seen], bool], wait: Callable[[float], None]
) -> Seen:
    """What is there once it is as wanted, or as it still is after a while: S3 may go on telling what was."""
    for pause in PAUSES:
        now = look()
        if is_wanted(now):
            return now
        wait(pause)
    return look()
