"""Which facts can a drift change? Those of the postures, and those of what has no posture."""

from collections.abc import Mapping
from typing import Final

from bucketwright.estate import READERS

OTHER_FACTS: Final[Mapping[str, str]] = {
    "access_point.undeclared": "is there a door to a bucket that no contract knows?",
    "bucket.missing": "is a bucket of the contract not there?",
    "bucket.undeclared": "is there a bucket that no contract knows?",
    "object.acl": "to whom does an object's own access control list give what?",
    "object.age": "is an object still there when it should have expired?",
    "object.content": "is an object what its type and its name say?",
    "object.content_type": "which type does an object say it has?",
    "object.delete_marker": "is there a delete marker with no version under it?",
    "object.encryption": "under which key does an object lie?",
    "object.key": "does a prefix own an object's key, and should anything be called so?",
    "object.storage_class": "in which storage class does an object lie?",
    "object.tags": "does an object carry the tags that it should?",
    "queue.rule": "is the queue of a quarantine told of arrivals?",
    "upload.age": "is an upload unfinished that should have been removed?",
}
"""Each as the question that it answers."""
FACTS: Final = frozenset(OTHER_FACTS) | {
    f"{kind}.{name}" for kind, (_, facets) in READERS.items() for name in facets
}
"""All of them, such as `bucket.versioning`."""
