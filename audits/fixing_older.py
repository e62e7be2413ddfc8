"""What becomes of the version that a copy takes the place of?

It stays, as a noncurrent one; where older versions that break a rule are to be deleted, it goes away at once,
after the copy is there as wanted, and only if it still is what was copied.
"""

from dataclasses import replace
from datetime import datetime
from typing import Final

from audits.fixing_apply import Hands, Sent, is_in_doubt, read_back, refusal
from audits.fixing_seeing import UnseenError, seen
from audits.fixing_things import CONTENT, LEGAL_HOLD, LOCK, NULL, THERE, ContentFix, Ground, State, Thing
from bucketwright.calls import Failure
from bucketwright.facets.writing import Write
from bucketwright.objects.postures import KeyedPosture
from bucketwright.posture import Estate, Posture
from bucketwright.rules.rule import Rule
from bucketwright.verdicts import Fails

_STAYS: Final = "the version that it takes the place of stays, as a noncurrent one"
_GOES: Final = "the version that it takes the place of is deleted then, for good"
_STAYED: Final = "made, and the version that it took the place of stays"
_TOO: Final = ", and breaks the rule, too: --delete-old-versions deletes it"


def breaks_as_older(posture: KeyedPosture, rules: list[Rule[Posture]], estate: Estate, now: datetime) -> bool:
    """Whether one of the rules would be broken by the same content as a noncurrent version."""
    facts = {"is_latest": False, "is_newest": False, "newer_noncurrent": 0, "noncurrent_since": now}
    older = type(posture)(posture.address, posture.name, {**posture.facts, **facts})
    return any(isinstance(rule.verdict(older, estate), Fails) for rule in rules)


def replaced(now: State, ground: Ground) -> str:
    """The version that a copy takes the place of, if it can be deleted; empty where none is, or it cannot."""
    version = now.get("VersionId")
    is_overwritten = version == NULL and ground.versions == "Suspended"
    is_held = LOCK[0] in now or LEGAL_HOLD in now
    return version if isinstance(version, str) and not (is_overwritten or is_held) else ""


def fate(now: State, ground: Ground, *, is_wrong: bool, deletes: bool) -> tuple[str, str]:
    """The version that is deleted, and what people are told; `is_wrong`: it would break a rule, too."""
    if ground.versions == "Disabled":
        return "", ""
    version = replaced(now, ground)
    if version and is_wrong and deletes:
        return version, _GOES
    stays = _STAYS if ground.versions == "Enabled" else f"if versions are kept, {_STAYS}"
    return "", stays + (_TOO if version and is_wrong else "")


def removal(thing: Thing, version: str) -> Write:
    """What deletes it."""
    return replace(thing, version=version).write("DeleteObject")


def let_go(fix: ContentFix, now: State, ground: Ground, hands: Hands) -> tuple[tuple[Sent, ...], str]:
    """What was sent to delete it, and why it stays; empty where it is gone."""
    older, sent = replace(fix.thing, version=fix.replaced), tuple[Sent, ...]()
    if now.get("VersionId") in (None, fix.replaced):
        return sent, ""

    def look() -> State:
        return seen(older, {THERE: False}, ground, hands.read)

    try:
        there = look()
        if not there[THERE]:
            return sent, ""
        if not fix.etag or there.get(CONTENT) != fix.etag:
            return sent, f"{_STAYED}: it is another by now"
        write = removal(fix.thing, fix.replaced)
        sent = (Sent(write, hands.write(write.call)),)
        failure = sent[0].outcome
        if isinstance(failure, Failure) and not is_in_doubt(failure):
            return sent, f"{_STAYED}: {refusal(write, failure)}"
        if read_back(look, lambda found: not found[THERE], hands.wait)[THERE]:
            return sent, f"{_STAYED}, and no call said why"
    except UnseenError as reason:
        return sent, f"{_STAYED}: {reason}"
    return sent, ""
