"""Tags without a value."""

from dataclasses import replace
from http import HTTPStatus
from typing import Final

from sandbox.server.calls import Answer, Call
from sandbox.server.elements import Element, document, element, parsed
from sandbox.server.mending import Forward, Gap, Mending

GAPS: Final = (
    Gap(
        "empty-tag-values",
        "returns a tag whose value is empty without any value",
        "returns it with the empty value",
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


MENDINGS: Final = (
    Mending(get, "bucket", "GET", "tagging"),
    Mending(get, "object", "GET", "tagging"),
)
