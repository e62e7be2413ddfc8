"""Access by tags (ABAC)."""

from http import HTTPStatus
from typing import Final

from moto.s3.models import FakeBucket

from sandbox.server.bucket_calls import mends_setting
from sandbox.server.calls import Answer, Call
from sandbox.server.documents import KeptSetting, kept_in, shown
from sandbox.server.elements import element
from sandbox.server.mending import Forward, Gap
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


def _absent(_call: Call, _bucket: FakeBucket) -> Answer:
    return shown(element("AbacStatus", element("Status", "Disabled")))


_STATUS: Final = KeptSetting("abac", "PutBucketAbac", _absent)


def refuse_tagging(call: Call, forward: Forward, bucket: FakeBucket) -> Answer:
    """moto's answer, unless tags of this bucket decide access."""
    kept = kept_in(bucket, "abac")
    if kept is None or kept.text_at("Status") != "Enabled":
        return forward(call)
    message = "This operation is not allowed while ABAC is enabled; use TagResource or UntagResource"
    return refusal(call, HTTPStatus.METHOD_NOT_ALLOWED, "MethodNotAllowed", message)


MENDINGS: Final = (
    *mends_setting("abac", GET=_STATUS.get, PUT=_STATUS.put),
    *mends_setting("tagging", PUT=refuse_tagging, DELETE=refuse_tagging),
)
