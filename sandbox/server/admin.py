"""Calls about the sandbox itself, under /_sandbox/: only for who holds the token it was started with."""

import hmac
import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl

from moto.s3.models import FakeDeleteMarker, FakeKey

from sandbox.server.calls import Answer
from sandbox.server.dump import dumped
from sandbox.server.gaps.object_encryption import make_unencrypted
from sandbox.server.held import bucket_named, buckets, forget_everything, set_initiated

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

PATH: Final = "/_sandbox/"
Query = Mapping[str, str]


class AdminError(ValueError):
    """The call asks for something that is not there, or not in the form it must have."""


class Admin:
    """Answers admin calls."""

    def __init__(self, token: str) -> None:
        self._token = token.encode()

    def answer(self, environ: "WSGIEnvironment") -> Answer:
        """What one call gives, as JSON."""
        token: str = environ.get("HTTP_X_SANDBOX_TOKEN", "")
        if not hmac.compare_digest(token.encode(), self._token):
            return _json(HTTPStatus.FORBIDDEN, {"error": "the x-sandbox-token header is not this sandbox's"})
        asked = (environ["REQUEST_METHOD"], environ.get("PATH_INFO", "").removeprefix(PATH))
        does = _CALLS.get(asked)
        if does is None:
            known = ", ".join(" ".join(call) for call in sorted(_CALLS))
            return _json(HTTPStatus.NOT_FOUND, {"error": f"no such call; there are {known}"})
        try:
            return _json(HTTPStatus.OK, does(dict(parse_qsl(environ.get("QUERY_STRING", "")))))
        except AdminError as fault:
            return _json(HTTPStatus.BAD_REQUEST, {"error": str(fault)})


def _health(_query: Query) -> object:
    return {"healthy": True}


def _buckets(_query: Query) -> object:
    return {"buckets": [dumped(bucket) for bucket in buckets()]}


def _reset(_query: Query) -> object:
    forget_everything()
    return {}


def _age_object(query: Query) -> object:
    """Says that a version of an object, or a delete marker, was made at another time."""
    _version(query).last_modified = _moment(query, "modified").replace(tzinfo=None)
    return {}


def _unencrypt_object(query: Query) -> object:
    """Lets a version of an object be as those that nothing encrypted, from before January 2023."""
    stored = _version(query)
    if isinstance(stored, FakeDeleteMarker):
        raise AdminError(f"the version of {query['key']!r} is a delete marker")
    make_unencrypted(stored)
    return {}


def _age_upload(query: Query) -> object:
    """Says that an upload that is not complete was begun at another time."""
    bucket = bucket_named(_needed(query, "bucket"))
    upload = bucket.multiparts.get(_needed(query, "upload")) if bucket else None
    if upload is None:
        raise AdminError(f"there is no such upload in bucket {query['bucket']!r}")
    set_initiated(upload, _moment(query, "initiated"))
    return {}


def _version(query: Query) -> FakeKey | FakeDeleteMarker:
    """The version that a call names, or the newest."""
    bucket = bucket_named(_needed(query, "bucket"))
    key, version = _needed(query, "key"), query.get("version")
    versions: list[FakeKey | FakeDeleteMarker] = (bucket.keys.getlist(key) or []) if bucket else []
    found = [one for one in versions if version in (None, one.version_id)]
    if not found:
        raise AdminError(f"there is no such version of {key!r} in bucket {query['bucket']!r}")
    return found[-1]


def _needed(query: Query, name: str) -> str:
    if not query.get(name):
        raise AdminError(f"the call needs {name}")
    return query[name]


def _moment(query: Query, name: str) -> datetime:
    """A moment in UTC, which it is also without an offset."""
    try:
        found = datetime.fromisoformat(_needed(query, name))
    except ValueError:
        raise AdminError(f"{name} is not a moment such as 2026-01-31T12:00:00Z") from None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


def _json(status: int, content: object) -> Answer:
    return Answer(status).with_body(json.dumps(content).encode(), "application/json")


_CALLS: Final[Mapping[tuple[str, str], Callable[[Query], object]]] = {
    ("GET", "health"): _health,
    ("GET", "buckets"): _buckets,
    ("POST", "reset"): _reset,
    ("POST", "object-date"): _age_object,
    ("POST", "object-unencrypted"): _unencrypt_object,
    ("POST", "upload-date"): _age_upload,
}
