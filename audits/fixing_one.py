"""How is one thing in a bucket changed, so that it can be cut off at any point and taken up again?

What is there is read first: what is as wanted already takes no call, what somebody changed is left alone.
Afterwards it is read again: what was wanted has to be there, and all else as it was.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Final

from audits.fixing_apply import Hands, Sent, State, is_in_doubt, read_back, refusal
from audits.fixing_calls import writes
from audits.fixing_journal import came
from audits.fixing_losses import COMPARED, changing, lost, needs_parts
from audits.fixing_older import let_go
from audits.fixing_parts import copied_in_parts
from audits.fixing_record import Begun
from audits.fixing_seeing import GoneError, UnseenError, content_of, seen
from audits.fixing_things import CONTENT, THERE, ContentFix, Ground, stamp
from audits.fixing_things import State as There
from bucketwright.calls import Failure, Outcome
from bucketwright.facets.writing import Unsettable, Write

_SOMEBODY: Final = "somebody changed it after it was looked at: audit again"
_OTHER: Final = "other content lies there than the fix is known to have left"
_FRESH: Final = Begun()


@dataclass(frozen=True, slots=True)
class ContentDone:
    """What became of one change."""

    fix: ContentFix
    state: State
    reason: str = ""
    sent: tuple[Sent, ...] = ()
    content: str = ""
    """That which was read back after calls; empty where none was."""

    @property
    def is_made(self) -> bool:
        return self.state == "made"

    @property
    def calls(self) -> tuple[Mapping[str, object], ...]:
        """What was sent, and what came of it."""
        return tuple(came(one.write, one.outcome) for one in self.sent)


@dataclass(frozen=True, slots=True)
class Told:
    """Who hears of a change before it is sent, and of a copy in parts before any part is."""

    begin: Callable[[int, str], None]
    upload: Callable[[int, str], None]


def made(fix: ContentFix, ground: Ground, hands: Hands, told: Told, begun: Begun = _FRESH) -> ContentDone:
    """The change, if it is still due; `begun` is what is known of an earlier try that was cut off."""
    if begun.upload:
        hands.write(fix.thing.call("AbortMultipartUpload", UploadId=begun.upload))
    now = _now(fix, ground, hands, with_content=bool(begun.content))
    if isinstance(now, ContentDone):
        return now
    due = {name: value for name, value in fix.after.items() if now.get(name) != value}
    if not due:
        done = _found_made(fix, now, begun)
        return _without_older(_Trying(fix, ground, hands, told, now), now, done) if begun.is_tried else done
    if any(now.get(name) != fix.before.get(name) for name in due) or _is_other(fix, now):
        return ContentDone(fix, "changed meanwhile", _SOMEBODY)
    if begun.content and CONTENT in now and stamp(str(now[CONTENT])) != begun.content:
        return ContentDone(fix, "changed meanwhile", _OTHER)
    try:
        several = writes(fix.thing, now, due, ground)
    except Unsettable as reason:
        return ContentDone(fix, "not tried", str(reason))
    told.begin(fix.number, _digest(now, fix.after))
    return _sent(_Trying(fix, ground, hands, told, now), several)


@dataclass(frozen=True, slots=True)
class _Trying:
    fix: ContentFix
    ground: Ground
    hands: Hands
    told: Told
    before: There


def _now(fix: ContentFix, ground: Ground, hands: Hands, *, with_content: bool = False) -> There | ContentDone:
    """What is there; tags and an ACL are read without the content that they are of."""
    try:
        now = seen(fix.thing, fix.after, ground, hands.read)
        is_unknown = with_content and CONTENT not in now and fix.thing.may_be_replaced
        return {**now, CONTENT: content_of(fix.thing, hands.read)} if is_unknown else now
    except GoneError:
        return ContentDone(fix, "changed meanwhile", "it is not there any more")
    except UnseenError as reason:
        return ContentDone(fix, "not tried", str(reason))


def _is_other(fix: ContentFix, now: There) -> bool:
    """Whether other content lies there than was looked at."""
    return bool(fix.etag) and now.get(CONTENT, fix.etag) != fix.etag


def _found_made(fix: ContentFix, now: There, begun: Begun) -> ContentDone:
    if begun.kept and begun.kept != _digest(now, fix.after):
        return ContentDone(
            fix, "not as wanted", "what was wanted is there, and something beside it is another"
        )
    return ContentDone(fix, "made", "it is so already, without a call")


def _sent(trying: _Trying, several: tuple[Write, ...]) -> ContentDone:
    fix, sent = trying.fix, list[Sent]()
    for write in several:
        sent.append(Sent(write, _carried_out(trying, write)))
        if isinstance(sent[-1].outcome, Failure):
            break
    failure = sent[-1].outcome
    if isinstance(failure, Failure) and not (len(sent) > 1 or is_in_doubt(failure)):
        return ContentDone(fix, "refused", refusal(sent[-1].write, failure), tuple(sent))
    return _judged(trying, tuple(sent))


def _carried_out(trying: _Trying, write: Write) -> Outcome:
    send, number, size = trying.hands.write, trying.fix.number, trying.before.get("ContentLength")
    if write.call.operation != "CopyObject" or not needs_parts(trying.before) or not isinstance(size, int):
        return send(write.call)
    return copied_in_parts(write, size, send, lambda upload: trying.told.upload(number, upload))


def _judged(trying: _Trying, sent: tuple[Sent, ...]) -> ContentDone:
    """By what is read back, also where an answer was lost."""
    fix, last = trying.fix, sent[-1]
    now = read_back(lambda: _now(fix, trying.ground, trying.hands), _is_there(fix), trying.hands.wait)
    why = refusal(last.write, last.outcome) if isinstance(last.outcome, Failure) else ""
    if isinstance(now, ContentDone):
        return ContentDone(fix, "half made" if why else "not as wanted", why or now.reason, sent)
    state, reason = _verdict(trying, now, why)
    return _without_older(trying, now, ContentDone(fix, state, reason, sent, str(now.get(CONTENT, ""))))


def _without_older(trying: _Trying, now: There, done: ContentDone) -> ContentDone:
    """Once a change is made, the version that it took the place of goes away, where that is wanted."""
    fix = trying.fix
    if not (done.is_made and fix.replaced):
        return done
    if not done.sent:
        trying.told.begin(fix.number, _digest(now, fix.after))
    sent, stays = let_go(fix, now, trying.ground, trying.hands)
    if stays:
        return replace(done, state="half made", reason=stays, sent=(*done.sent, *sent))
    return replace(done, sent=(*done.sent, *sent))


def _verdict(trying: _Trying, now: There, why: str) -> tuple[State, str]:
    fix = trying.fix
    if not _is_there(fix)(now):
        if why:
            return "half made", f"{why}{_how_far(fix, now)}"
        return "not as wanted", "something else is read back than was set"
    if THERE not in now and (other := lost(trying.before, now, fix.after)):
        return "not as wanted", f"made, and beside it another: {', '.join(other)}"
    return "made", f"{why}; it was carried out all the same" if why else ""


def _is_there(fix: ContentFix) -> Callable[[object], bool]:
    def is_there(now: object) -> bool:
        return isinstance(now, Mapping) and all(now.get(name) == fix.after[name] for name in fix.after)

    return is_there


def _how_far(fix: ContentFix, now: There) -> str:
    """What is as wanted, and what is as it was."""
    wanted = [name for name in fix.after if now.get(name) == fix.after[name]]
    rest = [name for name in fix.after if name not in wanted]
    return f"; as wanted: {', '.join(wanted) or 'nothing'}; not: {', '.join(rest)}"


def _digest(now: There, wanted: There) -> str:
    """Stands for all that is not to change."""
    kept = {name: now[name] for name in sorted(COMPARED) if name in now and name not in changing(wanted)}
    return sha256(json.dumps(kept, sort_keys=True).encode()).hexdigest()[:16]
