"""How does an API of AWS spell what a plan and a program say of the same setting?

The names differ in their capitals, and tags are a list there. So one reading of a plan reads an answer too.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from bucketwright.facets.facet import Args
from bucketwright.facets.said import Said

_DEEPEST: Final = 20
"""No setting has more parts inside one another; what lies deeper is left as it is, and read as odd."""
_SENT: Final = MappingProxyType({"id": "ID", "replica_kms_key_id": "ReplicaKmsKeyID"})
_TOLD: Final = MappingProxyType(
    {
        "ACMCertificateArn": "acmCertificateArn",
        "CORSRules": "corsRules",
        "CacheBehaviors": "orderedCacheBehaviors",
        "CloudFrontDefaultCertificate": "cloudfrontDefaultCertificate",
        "EndsWith": "endsWiths",
        "IAMCertificateId": "iamCertificateId",
        "ID": "id",
        "NotEndsWith": "notEndsWiths",
        "NotStartsWith": "notStartsWiths",
        "ReplicaKmsKeyID": "replicaKmsKeyId",
        "StartsWith": "startsWiths",
    }
)
_WORD: Final = re.compile(r"(?:^|_)([a-z0-9])")


def as_planned(said: Said) -> Said:
    """An answer as a plan spells it."""
    found = _planned(said.values, _DEEPEST)
    return Said(found if isinstance(found, Mapping) else {}, said.refer, said.path)


def as_sent(args: Args) -> dict[str, object]:
    """A program's arguments as the API takes them."""
    return {_sent_name(name): _sent(name, value) for name, value in args.items()}


def _planned(value: object, depth: int) -> object:
    if not depth:
        return value
    if isinstance(value, list | tuple):
        return [_planned(one, depth - 1) for one in value]
    if not isinstance(value, Mapping):
        return value
    return {_planned_name(name): _planned_value(name, one, depth - 1) for name, one in value.items()}


def _planned_value(name: object, value: object, depth: int) -> object:
    tags = _tags(value) if name == "Tags" else None
    return _planned(value, depth) if tags is None else tags


def _tags(value: object) -> dict[str, object] | None:
    """A list of tags as a mapping; None of what is no such list, or names a key twice."""
    if not isinstance(value, list | tuple):
        return None
    found: dict[str, object] = {}
    for one in value:
        key = one.get("Key") if isinstance(one, Mapping) else None
        if not isinstance(key, str) or key in found:
            return None
        found[key] = one.get("Value", "")
    return found


def _planned_name(name: object) -> object:
    if not isinstance(name, str):
        return name
    return _TOLD.get(name, f"{name[:1].lower()}{name[1:]}")


def _sent(name: str, value: object) -> object:
    if isinstance(value, Mapping):
        if name == "tags":
            return [{"Key": key, "Value": text} for key, text in value.items()]
        return as_sent(value)
    return [_sent("", one) for one in value] if isinstance(value, list | tuple) else value


def _sent_name(name: str) -> str:
    return _SENT.get(name, _WORD.sub(lambda found: found[1].upper(), name.rstrip("_")))
