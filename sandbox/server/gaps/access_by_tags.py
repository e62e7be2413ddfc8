"""Access by tags (ABAC)."""

from http import HTTPStatus
from typing import Final

from sandbox.server.calls import Answer, Call
from sandbox.server.documents import Document, kept_in, shown
from sandbox.server.elements import element
from sandbox.server.held import bucket_named
from sandbox.server.mending import Forward, Gap, Mending
from sandbox.server.refusals import refusal

GAPS: Final = (
    Gap(
        "access-by-tags",
        "lists objects when asked for it, and keeps no answer",
        "keeps and returns the status, Disabled until another is put",
    ),
    Gap(
        "access-by-tags-tagging",
        "takes PutBucketTagging and DeleteBucketTagging always",
        "refuses both where access by tags is enabled; TagResource and UntagResource are for that",
    ),
)


def _absent(_call: Call) -> Answer:
    return shown(element("AbacStatus", element("Status", "Disabled")))


_STATUS: Final = Document("abac", "PutBucketAbac", _absent)


def refuse_tagging(call: Call, forward: Forward) -> Answer:
    """moto's answer, unless tags of this bucket decide access."""
    bucket = bucket_named(call.bucket)
    kept = kept_in(bucket, "abac") if bucket else None
    if kept is None or kept.said("Status") != "Enabled":
        return forward(call)
    said = "This operation is not allowed while ABAC is enabled; use TagResource or UntagResource"
    return refusal(call, HTTPStatus.METHOD_NOT_ALLOWED, "MethodNotAllowed", said)


MENDINGS: Final = (
    *_STATUS.mendings[:2],
    Mending(refuse_tagging, "bucket", "PUT", "tagging"),
    Mending(refuse_tagging, "bucket", "DELETE", "tagging"),
)
