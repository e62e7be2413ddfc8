"""IAM Access Analyzer: which analyzers an account has. They find nothing."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Final

from moto.utilities.utils import get_partition

from sandbox.server.calls import Answer, Call
from sandbox.server.documents import DONE
from sandbox.server.held import analyzers_in
from sandbox.server.mending import Forward, Gap, Mending

GAPS: Final = (
    Gap(
        "access-analyzers",
        "breaks with 500 on every request to Access Analyzer",
        "makes, lists and deletes analyzers",
    ),
)
_SERVICE: Final = "access-analyzer"
_TYPE: Final = "application/json"
_OF_ACCOUNT: Final = "ACCOUNT"


def list_all(call: Call, _forward: Forward) -> Answer:
    """All of the region, or those of one type."""
    kind = call.query.get("type")
    found = (one for _, one in sorted(analyzers_in(call.account, call.region).items()))
    return _told({"analyzers": [one for one in found if kind in (None, one["type"])]})


def create(call: Call, _forward: Forward) -> Answer:
    """A new one, active from the beginning."""
    sent, held = call.told(), analyzers_in(call.account, call.region)
    name, kind = sent.get("analyzerName"), sent.get("type", _OF_ACCOUNT)
    if not isinstance(name, str) or not name:
        return _refusal(HTTPStatus.BAD_REQUEST, "ValidationException", "analyzerName is missing")
    if name in held:
        return _refusal(HTTPStatus.CONFLICT, "ConflictException", f"{name} exists already")
    partition, place = get_partition(call.region), f"{call.region}:{call.account}"
    arn = f"arn:{partition}:access-analyzer:{place}:analyzer/{name}"
    moment = datetime.now(UTC).isoformat()
    held[name] = {"arn": arn, "name": name, "type": kind, "createdAt": moment, "status": "ACTIVE"}
    return _told({"arn": arn})


def delete(call: Call, _forward: Forward) -> Answer:
    """One of the region, by its name."""
    gone = analyzers_in(call.account, call.region).pop(call.name, None)
    if gone is None:
        return _refusal(HTTPStatus.NOT_FOUND, "ResourceNotFoundException", f"there is no {call.name}")
    return _told({})


def _told(found: Mapping[str, object]) -> Answer:
    return DONE.with_body(json.dumps(found).encode(), _TYPE)


def _refusal(status: int, code: str, message: str) -> Answer:
    body = json.dumps({"message": message}).encode()
    return Answer(status).with_body(body, _TYPE).with_headers(x_amzn_errortype=code)


MENDINGS: Final = (
    Mending(list_all, method="GET", subresource="analyzer", service=_SERVICE),
    Mending(create, method="PUT", subresource="analyzer", service=_SERVICE),
    Mending(delete, method="DELETE", subresource="analyzer/*", service=_SERVICE),
)
