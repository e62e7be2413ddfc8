"""Documents of settings that moto keeps well, but only if they are well formed."""

from typing import Final

from sandbox.server.calls import Answer, Call, Level
from sandbox.server.documents import read
from sandbox.server.mending import Forward, Gap, Mend, Mending

GAPS: Final = (
    Gap(
        "malformed-documents",
        "breaks on documents that are not of the published form, or takes them",
        "refuses them with 400 MalformedXML",
    ),
)


def _checked(operation: str) -> Mend:
    """moto's answer to the operation, if its document is of the published form."""

    def mend(call: Call, forward: Forward) -> Answer:
        sent = read(call, operation)
        return sent if isinstance(sent, Answer) else forward(call)

    return mend


_OPERATIONS: Final[tuple[tuple[Level, str, str], ...]] = (
    ("bucket", "accelerate", "PutBucketAccelerateConfiguration"),
    ("bucket", "cors", "PutBucketCors"),
    ("bucket", "ownershipControls", "PutBucketOwnershipControls"),
    ("bucket", "publicAccessBlock", "PutPublicAccessBlock"),
    ("bucket", "tagging", "PutBucketTagging"),
    ("bucket", "website", "PutBucketWebsite"),
    ("object", "legal-hold", "PutObjectLegalHold"),
    ("object", "retention", "PutObjectRetention"),
    ("object", "tagging", "PutObjectTagging"),
)
MENDINGS: Final = tuple(
    Mending(_checked(operation), level, "PUT", subresource) for level, subresource, operation in _OPERATIONS
)
