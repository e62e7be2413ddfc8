"""KMS keys."""

import json
from collections.abc import Mapping, MutableMapping
from http import HTTPStatus
from typing import Final
from weakref import WeakKeyDictionary

from moto.kms.models import Key, kms_backends
from moto.utilities.utils import get_partition

from bucketwright.iam.documents import PolicyError, parse
from sandbox.server.accounts import caller_of
from sandbox.server.calls import Answer, Call
from sandbox.server.mending import Forward, Gap, Mending
from sandbox.server.permissions import Asked, allows
from sandbox.server.principals import missing_principals

GAPS: Final = (
    Gap(
        "key-rotation-period",
        "drops the days between two rotations of a key",
        "keeps and returns them, 365 unless others are asked for",
    ),
    Gap(
        "key-rotation-while-deleted",
        "says that a key rotates whose deletion is scheduled",
        "says that it does not until the deletion is cancelled",
    ),
    Gap(
        "key-switched-by-arn",
        "breaks where a key is enabled, disabled or saved from its deletion by its ARN",
        "takes its ARN as its id",
    ),
    Gap(
        "key-policies",
        "takes anything as a key's policy",
        "refuses what is no policy, names a role of the account that does not exist, or locks its author out",
    ),
)
_DAYS: Final = 365
_DYING: Final = "PendingDeletion"
_ROTATED_EVERY: Final[MutableMapping[Key, int]] = WeakKeyDictionary()
_TYPE: Final = "application/x-amz-json-1.1"


def enable_rotation(call: Call, forward: Forward) -> Answer:
    """moto's answer, and the days kept."""
    asked = call.told()
    days = asked.get("RotationPeriodInDays", _DAYS)
    answer = forward(call)
    key = _key(call, asked)
    if key is not None and isinstance(days, int) and answer.status == HTTPStatus.OK:
        _ROTATED_EVERY[key] = days
    return answer


def rotation_status(call: Call, forward: Forward) -> Answer:
    """moto's answer, and the days if it rotates."""
    answer = forward(call)
    key = _key(call, call.told())
    if key is None or answer.status != HTTPStatus.OK:
        return answer
    status = {**json.loads(answer.body), "KeyId": key.arn}
    if key.key_state == _DYING:
        status["KeyRotationEnabled"] = False
    if status.get("KeyRotationEnabled"):
        status["RotationPeriodInDays"] = _ROTATED_EVERY.get(key, _DAYS)
    return answer.with_body(json.dumps(status).encode(), _TYPE)


def check_policy(call: Call, forward: Forward) -> Answer:
    """moto's answer, if KMS would take the policy."""
    asked = call.told()
    text = asked.get("Policy")
    if text is None:
        return forward(call)
    try:
        policy = parse(text)
    except PolicyError as fault:
        return _malformed(str(fault))
    if any(missing_principals(policy, call.account, get_partition(call.region))):
        return _malformed("Policy contains a statement with one or more invalid principals.")
    caller = caller_of(call.access_key or "", call.account)
    mends_it = allows(policy, Asked("kms:PutKeyPolicy", "*", caller))
    if not mends_it and asked.get("BypassPolicyLockoutSafetyCheck") is not True:
        return _malformed("The new key policy will not allow you to update the key policy in the future.")
    return forward(call)


def by_id(call: Call, forward: Forward) -> Answer:
    """moto's answer to the same request with the key's id."""
    asked = call.told()
    key = _key(call, asked)
    return forward(call if key is None else call.with_body(json.dumps({**asked, "KeyId": key.id}).encode()))


def _key(call: Call, asked: Mapping[str, object]) -> Key | None:
    backend = kms_backends[call.account][call.region]
    return backend.keys.get(backend.get_key_id(str(asked.get("KeyId"))))


def _malformed(message: str) -> Answer:
    content = {"__type": "MalformedPolicyDocumentException", "message": message}
    return Answer(HTTPStatus.BAD_REQUEST).with_body(json.dumps(content).encode(), _TYPE)


MENDINGS: Final = (
    Mending(enable_rotation, subresource="EnableKeyRotation", service="kms"),
    Mending(rotation_status, subresource="GetKeyRotationStatus", service="kms"),
    Mending(by_id, subresource="EnableKey", service="kms"),
    Mending(by_id, subresource="DisableKey", service="kms"),
    Mending(by_id, subresource="ScheduleKeyDeletion", service="kms"),
    Mending(by_id, subresource="CancelKeyDeletion", service="kms"),
    Mending(check_policy, subresource="CreateKey", service="kms"),
    Mending(check_policy, subresource="PutKeyPolicy", service="kms"),
)
