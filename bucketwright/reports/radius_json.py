"""Which objects that are there a change hits, as JSON."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from bucketwright.reports.radius_wording import STALE

if TYPE_CHECKING:
    from bucketwright.changes.radius import Leaves, Radius, Reached, Retained
    from bucketwright.changes.tallies import Move, Tally

Json = Mapping[str, object]


def as_json(found: "Radius", today: date) -> Json:
    """All of it; amounts are text, so that no digit is lost, and null where a price is missing."""
    return {
        "retention": [_retained(one) for one in found.retained],
        "leaving": [_left(one) for one in found.leaves],
        "access": [_reached(one) for one in found.reached],
        "undecided": [
            {"bucket": one.bucket, "objects": one.objects, "reason": one.reason} for one in found.undecided
        ],
        "not_listed": dict(found.unlisted),
        "listed": {
            bucket: {"date": str(day), "old": today - day > STALE} for bucket, day in found.listed.items()
        },
        "incomplete": dict(found.missing),
        "tags_read": {bucket: str(day) for bucket, day in found.tags_read.items()},
    }


def _retained(one: "Retained") -> Json:
    return {
        "bucket": one.bucket,
        "prefix": one.prefix or None,
        "event": one.event,
        "to": one.to or None,
        "earlier": one.earlier,
        "begins": None if one.begins is None else str(one.begins),
        "first_night": one.at_once,
        "move": None if one.move is None else _move(one.move),
        **_tally(one.tally),
    }


def _move(move: "Move") -> Json:
    return {"once": _amount(move.once), "monthly": _amount(move.monthly)}


def _left(one: "Leaves") -> Json:
    return {"bucket": one.bucket, **_tally(one.tally)}


def _reached(one: "Reached") -> Json:
    return {"who": one.who, "verb": one.verb, "bucket": one.bucket, "gains": one.gains, **_tally(one.tally)}


def _tally(tally: "Tally") -> Json:
    return {
        "objects": tally.objects,
        "bytes": tally.size,
        "monthly": None if tally.monthly is None else _amount(tally.monthly),
        "first_keys": list(tally.first),
    }


def _amount(amount: Decimal) -> str:
    return f"{amount:f}"
