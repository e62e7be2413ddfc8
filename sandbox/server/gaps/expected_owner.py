"""Requests that say whose bucket they expect."""

from typing import Final

from sandbox.server.calls import Answer, Call
from sandbox.server.held import bucket_named
from sandbox.server.mending import Forward, Gap, Mending
from sandbox.server.refusals import access_denied

GAPS: Final = (
    Gap(
        "expected-bucket-owner",
        "ignores x-amz-expected-bucket-owner and x-amz-source-expected-bucket-owner",
        "answers 403 AccessDenied where the bucket is another account's",
    ),
)
_SOURCE: Final = "x-amz-copy-source"


def check_owner(call: Call, forward: Forward) -> Answer:
    """moto's answer, if the buckets belong to whom the caller expects."""
    wanted = call.header("x-amz-expected-bucket-owner")
    if wanted and _is_of_another(call.bucket, wanted):
        return access_denied(call)
    source, owner = call.header(_SOURCE), call.header("x-amz-source-expected-bucket-owner")
    if source and owner and _is_of_another(source.removeprefix("/").split("/", 1)[0], owner):
        return access_denied(call)
    return forward(call)


def _is_of_another(name: str, owner: str) -> bool:
    bucket = bucket_named(name)
    return bucket is not None and bucket.account_id != owner


MENDINGS: Final = (Mending(check_owner),)
