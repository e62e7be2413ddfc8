"""Makes the changes of a plan, one after the other, and reports exactly how far it came.

Before a change the fact is read again: what somebody changed meanwhile is left alone. After it, too: only
what is read back as wanted was made.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from audits.fixing import Step
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
    """By what is read and changed, and who is told of each change before it is sent, and after."""

    read: Send
    write: Send
    log: Callable[[Write, Outcome | None], None]
    """With None before the call is sent: a line is there even where the answer is lost."""
    wait: Callable[[float], None]
    """Lets some seconds go by."""


PAUSES: Final = (0.5, 1.0, 2.0)
"""Seconds between one look at what was set and the next."""
_SKIPPED: Final = "an earlier change of the same thing was not made"


def apply(steps: Sequence[Step], hands: Hands) -> Iterator[Done]:
    """Each step as it is done. After one that fails nothing else of the same thing is tried."""
    failed: set[str] = set()
    for step in steps:
        if step.address in failed:
            yield Done(step, "not tried", _SKIPPED)
            continue
        done = _made(step, hands)
        if not done.is_made:
            failed.add(step.address)
        yield done


def _made(step: Step, hands: Hands) -> Done:
    now = step.look(hands.read)
    if isinstance(now, Unknown):
        return Done(step, "not tried", f"what is there now cannot be read: {now.reason}")
    if now == step.after:
        return Done(step, "made", "it is so already, without a call")
    if now != step.before:
        return Done(step, "changed meanwhile", "somebody changed it after it was looked at: audit again")
    sent: list[Sent] = []
    for write in step.writes:
        hands.log(write, None)
        outcome = hands.write(write.call)
        hands.log(write, outcome)
        sent.append(Sent(write, outcome))
        if isinstance(outcome, Failure) and outcome.code not in write.harmless:
            return _broken_off(step, tuple(sent), outcome)
    now = _read_back(step, hands)
    if now == step.after:
        return Done(step, "made", sent=tuple(sent))
    reason = now.reason if isinstance(now, Unknown) else "something else is read back than was set"
    return Done(step, "not as wanted", reason, tuple(sent))


def _broken_off(step: Step, sent: tuple[Sent, ...], failure: Failure) -> Done:
    """How far it came; whether a call was carried out whose answer was lost is not known."""
    last = sent[-1].write
    asked = Read(last.call.service, last.call.operation, last.permission)
    reason = f"{last.call.operation}: {reason_of(failure, asked)}"
    in_doubt = failure.kind in ("unreachable", "late", "bad answer")
    doubt = "; whether it was carried out all the same is not known" if in_doubt else ""
    return Done(step, "half made" if len(sent) > 1 or in_doubt else "refused", f"{reason}{doubt}", sent)


def _read_back(step: Step, hands: Hands) -> object:
    """The fact once it is as wanted, or as it still is after a while: S3 may go on telling what was."""
    now: object = None
    for pause in (*PAUSES, None):
        now = step.look(hands.read)
        if now == step.after or pause is None:
            break
        hands.wait(pause)
    return now
