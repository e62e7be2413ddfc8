"""Answers of a bucket, written by hand, and what a facet makes of them."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from bucketwright.calls import Answer, Failure, Outcome
from bucketwright.facets.reading import LiveFacet, Target
from bucketwright.posture import Undetermined, Unknown
from tests.facets.live import answers, bucket

Values = Mapping[str, object]
BUCKET: Final = replace(bucket("files"), account="111122223333")

_BLOCK: Final = {
    "BlockPublicAcls": True,
    "IgnorePublicAcls": False,
    "BlockPublicPolicy": True,
    "RestrictPublicBuckets": False,
}


def told(facet: LiveFacet[object], outcome: Outcome, target: Target = BUCKET) -> object:
    """The value, or why there is none, of a facet that asks for one thing."""
    (read,) = facet.READS
    try:
        return facet.from_api(answers(target, {read: outcome}))
    except Undetermined as refusal:
        return Unknown(str(refusal))


def value(facet: LiveFacet[object], values: Values) -> object:
    """The same of an answer."""
    return told(facet, Answer(values))


def reason(facet: LiveFacet[object], values: Values) -> str:
    """Why an answer says nothing."""
    found = value(facet, values)
    assert isinstance(found, Unknown), found
    return found.reason


def denied(facet: LiveFacet[object]) -> object:
    """What it says where it may not ask."""
    return told(facet, Failure("denied", "AccessDenied"))


def block(**switches: object) -> Values:
    return {"PublicAccessBlockConfiguration": {**_BLOCK, **switches}}


def rule(algorithm: object = "AES256", key: object = None, **more: object) -> Values:
    """An encryption's one rule."""
    named = {} if key is None else {"KMSMasterKeyID": key}
    default = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": algorithm, **named}}
    return {"ServerSideEncryptionConfiguration": {"Rules": [{**default, **more}]}}


def blocked(*types: object) -> Values:
    return rule(BlockedEncryptionTypes={"EncryptionType": list(types)})


def lock(**default: object) -> Values:
    """An object lock with a default."""
    retention = {"Rule": {"DefaultRetention": default}}
    return {"ObjectLockConfiguration": {"ObjectLockEnabled": "Enabled", **retention}}


def controls(*ownerships: object) -> Values:
    return {"OwnershipControls": {"Rules": [{"ObjectOwnership": one} for one in ownerships]}}
