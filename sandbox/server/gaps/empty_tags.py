"""Tags without a value, and tags of a bucket with blanks at an end."""

from dataclasses import replace
from http import HTTPStatus
from typing import Final

from sandbox.server.calls import Answer, Call
from sandbox.server.documents import read
from sandbox.server.elements import Element, document, element, parsed
from sandbox.server.held import storage_of
from sandbox.server.mending import Forward, Gap, Mending

GAPS: Final = (
    Gap(
        "empty-tag-values",
        "returns a tag whose value is empty without any value",
        "returns it with the empty value",
    ),
    Gap(
        "blanks-of-tags",
        "cuts blanks off the ends of a bucket's tags",
        "keeps them",
    ),
)
_VALUE: Final = "Value"


def get(call: Call, forward: Forward) -> Answer:
    """moto's answer, each tag with its value."""
    answer = forward(call)
    if answer.status != HTTPStatus.OK:
        return answer
    root = parsed(answer.body)
    sets = tuple(replace(one, children=tuple(map(_whole, one.children))) for one in root.children)
    return answer.with_body(document(replace(root, children=sets)))


def _whole(tag: Element) -> Element:
    return tag if tag.find(_VALUE) is not None else tag.having(element(_VALUE, ""))


def put(call: Call, forward: Forward) -> Answer:
    """moto's answer; the tags it took are as they were sent."""
    answer = forward(call)
    sent = read(call, "PutBucketTagging")
    if answer.status < HTTPStatus.MULTIPLE_CHOICES and isinstance(sent, Element):
        tags = [] if (found := sent.find("TagSet")) is None else found.all("Tag")
        named = {tag.text_at("Key") or "": tag.text_at(_VALUE) or "" for tag in tags}
        storage_of(call.account, call.region).put_bucket_tagging(call.bucket, named)
    return answer


MENDINGS: Final = (
    Mending(put, "bucket", "PUT", "tagging"),
    Mending(get, "bucket", "GET", "tagging"),
    Mending(get, "object", "GET", "tagging"),
)
