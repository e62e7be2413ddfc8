"""Requests for a part of a bucket or object that moto has not heard of.

moto looks for the parts it knows and takes everything else for the whole bucket or object.
"""

from typing import Final

from sandbox.server.calls import Answer, Call
from sandbox.server.mending import Forward, Gap, Mending
from sandbox.server.refusals import not_built

GAPS: Final = (
    Gap(
        "unknown-subresources",
        "DELETE of a setting it does not know deletes the bucket, PUT creates it or overwrites the object, "
        "GET lists it",
        "answers 501 NotImplemented for what neither of the two has",
    ),
)

_OF_BUCKETS: Final = {
    "GET": "accelerate acl cors encryption inventory lifecycle location logging notification object-lock "
    "ownershipControls policy policyStatus publicAccessBlock replication tagging uploads versioning "
    "versions website",
    "PUT": "accelerate acl cors encryption inventory lifecycle logging notification object-lock "
    "ownershipControls policy publicAccessBlock replication tagging versioning website",
    "DELETE": "cors encryption lifecycle ownershipControls policy publicAccessBlock replication tagging "
    "website",
    "POST": "delete",
}
_OF_OBJECTS: Final = {
    "GET": "acl attributes legal-hold tagging",
    "PUT": "acl legal-hold retention tagging",
    "DELETE": "tagging",
    "POST": "restore select uploads",
}
_KNOWN_TO_MOTO: Final = {
    (level, method, name)
    for level, known in (("bucket", _OF_BUCKETS), ("object", _OF_OBJECTS))
    for method, names in known.items()
    for name in names.split()
}


def refuse_unknown(call: Call, forward: Forward) -> Answer:
    """moto's answer, if it knows what was asked."""
    asked = call.subresource
    if asked and (call.level, call.method, asked) not in _KNOWN_TO_MOTO:
        return not_built(call, f"{call.method} of {call.level} {asked}")
    return forward(call)


MENDINGS: Final = (Mending(refuse_unknown, stands="innermost"),)
