"""Requests signed for another region than the bucket's."""

from http import HTTPStatus
from typing import Final

from sandbox.server.calls import Answer, Call
from sandbox.server.held import bucket_named
from sandbox.server.mending import Forward, Gap, Mending
from sandbox.server.refusals import refusal

GAPS: Final = (
    Gap(
        "wrong-region",
        "answers a request signed for any region",
        "answers 301 PermanentRedirect with x-amz-bucket-region, so that an SDK asks again in that region",
    ),
    Gap(
        "region-on-refusals",
        "sends x-amz-bucket-region with a successful HeadBucket alone",
        "sends it with a HeadBucket that is refused as well",
    ),
)


def redirect(call: Call, forward: Forward) -> Answer:
    """moto's answer, if the request is signed for where the bucket is."""
    bucket = bucket_named(call.bucket)
    if bucket is None or _creates(call):
        return forward(call)
    home: str = bucket.region_name
    if call.names_region and call.region != home and call.subresource != "location":
        endpoint = f"s3.{home}.amazonaws.com"
        message = "The bucket you are attempting to access must be addressed using the specified endpoint."
        refused = refusal(call, HTTPStatus.MOVED_PERMANENTLY, "PermanentRedirect", message, Endpoint=endpoint)
        return refused.with_headers(x_amz_bucket_region=home)
    answer = forward(call)
    return answer.with_headers(x_amz_bucket_region=home) if _asks_where(call) else answer


def _creates(call: Call) -> bool:
    return call.level == "bucket" and call.method == "PUT" and not call.subresource


def _asks_where(call: Call) -> bool:
    return call.level == "bucket" and call.method == "HEAD"


MENDINGS: Final = (Mending(redirect, stands="outermost"),)
