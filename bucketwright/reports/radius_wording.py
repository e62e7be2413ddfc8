"""In which words is it told which objects that are there a change hits?"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from bucketwright.changes.radius import Leaves, Open, Radius, Reached, Retained
from bucketwright.contract.cost.figures import dollars
from bucketwright.contract.cost.figures import size as in_bytes
from bucketwright.plain_text import printable, shown

if TYPE_CHECKING:
    from bucketwright.changes.access import AccessChange
    from bucketwright.changes.retention import Event
    from bucketwright.changes.tallies import Tally
    from bucketwright.review import Changes

STALE: Final = timedelta(days=7)
"""A list that is older is said to be old."""
_NOUNS: Final[Mapping["Event", str]] = {
    "delete": "object",
    "archive": "object",
    "delete old versions": "old version",
    "archive old versions": "old version",
    "abort uploads": "upload",
}
_REACHES: Final[Mapping[str, tuple[str, str]]] = {
    "read": ("newly reads", "no longer reads"),
    "write": ("may newly overwrite", "may no longer overwrite"),
    "delete": ("may newly delete", "may no longer delete"),
}


def access_hits(changes: "Changes", change: "AccessChange") -> Iterator[str]:
    """How many of the keys that are there a change of access means."""
    for one in changes.radius.reached if changes.radius else ():
        if (one.who, one.verb, one.bucket) == (change.who, change.verb, change.bucket):
            yield _reached(one)


def retention_hits(changes: "Changes") -> Iterator[str]:
    """How many of the objects that are there go, move or stay at another time."""
    found = changes.radius or Radius()
    yield from map(_left, found.leaves)
    yield from map(_retained, found.retained)


def uncounted(changes: "Changes", today: date) -> Iterator[str]:
    """What the ledger does not say, or only said some time ago."""
    found = changes.radius or Radius()
    for bucket, reason in found.unlisted.items():
        yield f"{printable(bucket)}: not known what lies in it, {printable(reason)}"
    for bucket, day in found.listed.items():
        if today - day > STALE:
            age = f"last listed on {day}, {(today - day).days} days ago"
            yield f"{printable(bucket)}: {age}; what changed since is not counted"
    for bucket, day in found.tags_read.items():
        since = f"as they were on {day}; what was tagged since is not counted"
        yield f"{printable(bucket)}: a rule selects by tags, {since}"
    for bucket, reason in found.missing.items():
        yield f"{printable(bucket)}: there may be more in it, {printable(reason)}"
    yield from map(_open, found.undecided)


def _reached(one: Reached) -> str:
    does = _REACHES[one.verb][0 if one.gains else 1]
    who, bucket = printable(one.who), printable(one.bucket)
    if not one.tally.objects:
        return f"{who} {does} no key that is there in {bucket}"
    return f"{who} {does} {_several(one.tally.objects, 'existing key')} of {bucket}, {_weight(one.tally)}"


def _left(one: Leaves) -> str:
    if not one.tally.objects:
        return f"{printable(one.bucket)}: nothing lies in it"
    return f"{printable(one.bucket)}: {_several(one.tally.objects, 'object')} in it, {_weight(one.tally)}"


def _retained(one: Retained) -> str:
    noun = _NOUNS[one.event]
    whom = f"{printable(one.bucket)} {shown(one.prefix) if one.prefix else 'outside of every prefix'}"
    what = _several(one.tally.objects, noun)
    return f"{whom}: {_done(one, what)}, {_weight(one.tally)}"


def _done(one: Retained, what: str) -> str:
    if one.to:
        to, costs = printable(one.to), _costs(one)
        if one.earlier:
            return f"moves {what} to {to} {_when(one)}{costs}"
        return (
            f"moves {what} to {to} later, {_when(one)}{costs}"
            if one.begins
            else f"no longer moves {what} to {to}"
        )
    if one.event == "abort uploads":
        return f"aborts {what} {_when(one)}" if one.begins else f"no longer aborts {what}"
    if one.earlier:
        return f"deletes {what} earlier, {_when(one)}"
    return f"keeps {what} longer, to be deleted {_when(one)}" if one.begins else f"keeps {what} for good"


def _when(one: Retained) -> str:
    night = f", {one.at_once:,} of them in the first night" if one.at_once else ""
    return f"from {one.begins} on{night}"


def _costs(one: Retained) -> str:
    """What a move costs once, and what is paid from then on."""
    if one.move is None:
        return ""
    return f", {dollars(one.move.once)} once and then {dollars(one.move.monthly)} a month"


def _weight(tally: "Tally") -> str:
    """Bytes, dollars, and the first keys."""
    cost = "no price known" if tally.monthly is None else f"{dollars(tally.monthly)} a month"
    more = "first " if tally.objects > len(tally.first) else ""
    return f"{in_bytes(Decimal(tally.size))}, {cost}: {more}{', '.join(map(shown, tally.first))}"


def _open(one: Open) -> str:
    return f"{printable(one.bucket)}: {_several(one.objects, 'object')} not decided, {printable(one.reason)}"


def _several(count: int, noun: str) -> str:
    return f"{count:,} {noun if count == 1 else f'{noun}s'}"
