"""Directory buckets, those of S3 Express: there are none here, and none can be made."""

from typing import Final

from sandbox.server.calls import Answer, Call
from sandbox.server.documents import shown
from sandbox.server.elements import element
from sandbox.server.mending import Forward, Gap, Mending
from sandbox.server.refusals import not_built

GAPS: Final = (
    Gap(
        "directory-buckets",
        "takes requests to S3 Express for requests to S3: lists all buckets as directory buckets",
        "lists none, and answers 501 NotImplemented to all else",
    ),
)


def answer(call: Call, _forward: Forward) -> Answer:
    """The list, which is empty."""
    if call.method == "GET" and call.environ.get("PATH_INFO", "/") == "/":
        return shown(element("ListAllMyDirectoryBucketsResult", element("Buckets")))
    return not_built(call, "It has no directory buckets.")


MENDINGS: Final = (Mending(answer, service="s3express"),)
