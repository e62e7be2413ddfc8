"""How do the tests of the judges ask, and how are the answers written?"""

from collections.abc import Mapping

MOVES = {"Status": "Enabled", "Filter": {}, "Transitions": [{"Days": 29, "StorageClass": "GLACIER"}]}
EXPIRES = {"Status": "Enabled", "Filter": {}, "Expiration": {"Days": 29}}
FORGETS = {"Status": "Enabled", "Filter": {}, "NoncurrentVersionExpiration": {"NoncurrentDays": 1}}
OBJECT = {"key": "a/b", "size": 131072, "created": "2024-01-01T10:30:00Z", "class": "STANDARD", "tags": {}}


def line(
    *rules: object, object_fields: Mapping[str, object] | None = None, **fields: object
) -> dict[str, object]:
    return {"id": 7, "rules": list(rules), "object": {**OBJECT, **(object_fields or {})}, **fields}


def event(at: str, name: str, to: str | None = None) -> dict[str, object]:
    return {"at": at, "event": name, "to": to}


MINIMUM = "transition_default_minimum_object_size"
