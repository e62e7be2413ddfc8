"""How do the tests of lifecycle write rules, and how do they read what becomes of an object?"""

from datetime import UTC, datetime
from typing import Any

from bucketwright.contract.lifecycle.parsing import parse_rules
from bucketwright.contract.lifecycle.simulator import (
    Event,
    StoredObject,
    Versioning,
    fate,
)

Written = dict[str, Any]

MADE = datetime(2024, 1, 1, 10, 30, tzinfo=UTC)
LARGE = 1024 * 1024


def rule(**fields: object) -> Written:
    """A rule on every object, without an action yet."""
    return {"Status": "Enabled", "Filter": {}, **fields}


def moves(days: int, to: str, **fields: object) -> Written:
    return rule(Transitions=[{"Days": days, "StorageClass": to}], **fields)


def moves_later(days: int, to: str, **fields: object) -> Written:
    return rule(NoncurrentVersionTransitions=[{"NoncurrentDays": days, "StorageClass": to, **fields}])


def expires(days: int, **fields: object) -> Written:
    return rule(Expiration={"Days": days}, **fields)


def expires_on(date: str) -> Written:
    return rule(Expiration={"Date": date})


def forgets(days: int, **fields: object) -> Written:
    return rule(NoncurrentVersionExpiration={"NoncurrentDays": days, **fields})


def aborts(days: int, **fields: object) -> Written:
    return rule(AbortIncompleteMultipartUpload={"DaysAfterInitiation": days}, **fields)


CLEANS = rule(Expiration={"ExpiredObjectDeleteMarker": True})


def story(versioning: Versioning, *rules: Written, **fields: Any) -> list[str]:
    """The object's events, one short line each: day, time where it is not midnight, event, class."""
    stored = StoredObject(**{"key": "logs/a.txt", "created": MADE, "size": LARGE, **fields})
    return [_line(event) for event in fate(parse_rules(list(rules)), versioning, stored)]


def _line(event: Event) -> str:
    assert event.at.tzinfo is UTC
    clock = "" if event.at.time() == datetime.min.time() else f" {event.at:%H:%M:%S.%f}"
    return f"{event.at:%Y-%m-%d}{clock} {event.event}" + (f" {event.to}" if event.to else "")
