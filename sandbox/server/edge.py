"""The form of CloudFront's calls: a version in every path, and documents in a name space of its own."""

from dataclasses import replace
from typing import Final

from sandbox.server.calls import Answer, Call
from sandbox.server.elements import Element

VERSION: Final = "2020-05-31"
_NAMESPACE: Final = f"http://cloudfront.amazonaws.com/doc/{VERSION}/"


def segments(call: Call) -> tuple[str, ...]:
    """The path of a call, in its parts."""
    path: str = call.environ.get("PATH_INFO", "")
    return tuple(part for part in path.split("/") if part)


def edge_document(answer: Answer, root: Element) -> Answer:
    """The answer with this document as its body."""
    named = replace(root, attributes=(("xmlns", _NAMESPACE),))
    return answer.with_body(f'<?xml version="1.0" encoding="UTF-8"?>\n{named.written()}'.encode())
