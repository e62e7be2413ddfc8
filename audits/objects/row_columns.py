"""What does a ledger keep of one object or delete marker? As S3 answered it, for any contract."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final, TypeAlias

from audits import object_facts
from audits.ledger.columns import LISTED, SCHEMA
from audits.object_facts import HEADED, Home
from audits.object_locks import LOCK_FACTS
from audits.objects.heads import KEY_ID, LEGAL_HOLD, RETENTION, answer_of, tag_count, told_by
from audits.objects.known import KnownMarker, KnownObject, Thing
from audits.objects.lasting import moment
from bucketwright.objects.postures import DeleteMarkerPosture, ObjectPosture
from bucketwright.posture import Unknown

Values: TypeAlias = dict[str, object]
Alike: TypeAlias = dict[tuple[str | None, ...], Values]
"""What was made of answers, by what they said."""
_MOST_KEPT: Final = 4_096
_OF_HEAD: Final = tuple(
    name for name in HEADED if name in SCHEMA.names and name not in {*LISTED, *LOCK_FACTS, "encryption_key"}
)
_KEY: Final = "SSEKMSKeyId"
ASKED: Final = (
    *_OF_HEAD,
    "encryption_key",
    "tag_count",
    "head_read_at",
    *LOCK_FACTS,
    "lock_read_at",
    "acl",
    "acl_read_at",
    "tags",
    "tagging_read_at",
)
"""The columns that a list does not tell."""
VERDICT: Final = ("judged_by", "clean_until")


def listed(one: Thing) -> Values:
    """What the list says of it."""
    if isinstance(one, KnownMarker):
        marker = one.row
        return {
            "key": marker.key,
            "version_id": marker.version,
            "kind": DeleteMarkerPosture.kind,
            "modified": marker.modified,
            "owner": marker.owner,
            "is_latest": marker.is_latest,
            "versions": one["versions"],
        }
    newer, since = one.get("newer_noncurrent"), one.get("noncurrent_since")
    return {
        **dict(zip(LISTED, one.row, strict=True)),
        "kind": ObjectPosture.kind,
        "newer_noncurrent": newer if isinstance(newer, int) else None,
        "noncurrent_since": since.isoformat() if isinstance(since, datetime) else None,
    }


def answered(one: KnownObject, home: Home, alike: Alike, *, shows_tags: bool) -> Values:
    """What was asked of it in this run; of a source that was not, nothing. `alike`: what was read before.

    `shows_tags`: whether headers that count no tags say that there are none.
    """
    values: Values = {}
    headers = one.answers.get("head")
    if isinstance(headers, Mapping):
        values |= _headed(headers, home, alike, tag_count(headers, is_shown=shows_tags))
    now = datetime.now(UTC)
    if {RETENTION, LEGAL_HOLD} & one.answers.keys():
        values |= _dated(_locked({name: one[name] for name in LOCK_FACTS}), now)
    acl, tags = one.get("acl"), one.get("tags")
    if "acl" in one.answers and isinstance(acl, frozenset):
        values |= {"acl": json.dumps(sorted(acl)), "acl_read_at": now}
    if "tagging" in one.answers and isinstance(tags, Mapping):
        values |= {"tags": json.dumps(dict(tags), sort_keys=True), "tagging_read_at": now}
    return values


def _headed(headers: Mapping[str, str], home: Home, alike: Alike, tags: int | None) -> Values:
    """Whole, and with the server's time, or not at all."""
    read_at, said = moment(headers.get("date", "")), told_by(headers)
    told = alike.get(said)
    if told is None:
        told = _read(headers, home)
        if len(alike) < _MOST_KEPT:
            alike[said] = told
    if read_at is None or not told:
        return {}
    return {**_dated(told, read_at), "tag_count": tags, "head_read_at": read_at}


def _dated(told: Values, read_at: datetime) -> Values:
    """With the time of what it says of a lock, if it says any."""
    return {**told, "lock_read_at": read_at} if "lock_mode" in told else told


def _read(headers: Mapping[str, str], home: Home) -> Values:
    found = object_facts.headed(answer_of(headers), home)
    told: Values = {name: found[name] for name in _OF_HEAD}
    if any(isinstance(value, Unknown) for value in told.values()):
        return {}
    return {**told, "encryption_key": headers.get(KEY_ID), **_locked(found)}


def _locked(found: Mapping[str, object]) -> Values:
    """How firmly and until when it is locked, and whether it is held; nothing where the first is not told."""
    mode, until, held = (found[name] for name in LOCK_FACTS)
    if isinstance(mode, Unknown) or isinstance(until, Unknown):
        return {}
    ends = until.isoformat() if isinstance(until, datetime) else None
    return {"lock_mode": mode, "retain_until": ends, "legal_hold": held if isinstance(held, bool) else None}


def facts_of(values: Values, home: Home) -> Values:
    """What is kept of an object, with its facts as rules know them."""
    key, until = values["encryption_key"], values["retain_until"]
    return {
        **values,
        "encryption_key": home.refer("key", _KEY, key) or key if isinstance(key, str) else key,
        "retain_until": moment(until) if isinstance(until, str) else None,
    }
