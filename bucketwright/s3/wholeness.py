"""Is an answer what the operation answers with, before anything is read into it?

The SDK takes an empty body, a page of some proxy, or a HEAD without headers for an answer in which nothing is
set.
"""

import json
from collections.abc import Callable, Mapping
from typing import Final
from xml.parsers.expat import ExpatError, ParserCreate

from botocore.model import OperationModel
from botocore.response import StreamingBody

from bucketwright.s3.roots import roots_of

_DEEPEST: Final = 100
_ALWAYS: Final = frozenset({"etag", "last-modified"})
_HEADERS: Final[Mapping[str, frozenset[str]]] = {
    "GetObject": _ALWAYS,
    "HeadObject": _ALWAYS,
    "PutObject": frozenset({"etag"}),
    "UploadPart": frozenset({"etag"}),
}
"""What tells these answers from a page of some proxy: nothing of them stands in a body."""
_EMPTY: Final = frozenset({"AbortMultipartUpload", "DeleteObject"})
_OUTSIDE_THE_BODY: Final = frozenset({"header", "headers", "statusCode"})


class BadAnswerError(Exception):
    """An answer that is none; the message says why."""


class NotXmlError(BadAnswerError):
    """A text that no parser of XML takes."""


class _DocumentTypeError(BadAnswerError):
    """XML with a document type: nobody honest sends one."""


def refuse_what_is_not_whole(
    operation_model: OperationModel, response_dict: dict[str, object], **_event: object
) -> None:
    """Raises BadAnswerError for a body that is not the operation's; an unsound error's is left out."""
    body, status = response_dict.get("body"), response_dict["status_code"]
    if isinstance(status, int) and status >= 300:
        if isinstance(body, bytes) and body and not sound(body):
            response_dict["body"] = b""
        return
    headers, needed = response_dict.get("headers"), _HEADERS.get(operation_model.name)
    try:
        if needed and isinstance(headers, Mapping):
            refuse_no_object(headers, needed)
    except BadAnswerError:
        if isinstance(body, StreamingBody):
            body.close()
        raise
    if isinstance(body, bytes):
        _refuse(operation_model, body)


def refuse_no_object(headers: Mapping[str, object], needed: frozenset[str] = _ALWAYS) -> None:
    """Raises BadAnswerError where the headers are not those of an object; there is no body to tell it by."""
    if headers.keys() >= needed:
        return
    missing = sorted(needed - {str(name).lower() for name in headers})
    if missing:
        raise BadAnswerError(f"the answer has no {missing[0]}, as that of every object has")


def _refuse(model: OperationModel, body: bytes) -> None:
    if not _in_body(model):
        if model.name in _EMPTY and body.strip():
            raise BadAnswerError("the answer has a body, and there is none in that of a deletion")
        return
    if not body.strip():
        raise BadAnswerError("the answer is empty")
    payload = _text_payload(model)
    protocol = model.service_model.resolved_protocol
    if payload or "json" in protocol:
        _refuse_json(body)
    elif protocol in {"rest-xml", "query", "ec2"}:
        root, expected = root_of(body), roots_of(model)
        if root not in expected:
            raise BadAnswerError(f"the answer is <{root[:60]}>, and not <{min(expected)}>")


def _in_body(model: OperationModel) -> bool:
    """Whether anything of what is answered stands in the body, and is not read from it as a stream."""
    shape = model.output_shape
    if shape is None or model.has_streaming_output:
        return False
    if model.service_model.resolved_protocol in {"query", "ec2"}:
        return True
    members = shape.members.values()
    return any(member.serialization.get("location") not in _OUTSIDE_THE_BODY for member in members)


def _text_payload(model: OperationModel) -> bool:
    """Whether the body is a document of another kind as it is: a policy."""
    shape = model.output_shape
    payload = shape.serialization.get("payload")
    return payload is not None and shape.members[payload].type_name == "string"


def _refuse_json(body: bytes) -> None:
    try:
        value = json.loads(body)
    except RecursionError:
        raise BadAnswerError("the answer is nested too deep") from None
    except ValueError:
        raise BadAnswerError("the answer is no JSON") from None
    if not isinstance(value, Mapping):
        raise BadAnswerError("the answer is no JSON object")


def sound(body: bytes) -> bool:
    """Whether an error's body may be read: JSON, or XML without a document type."""
    try:
        root_of(body)
    except _DocumentTypeError:
        return False
    except BadAnswerError:
        return body.lstrip()[:1] == b"{"
    return True


def root_of(body: bytes) -> str:
    """The name of the outermost element of a well-formed text, less its namespace."""
    reader = Reader()
    reader.read(body)
    return reader.root.rpartition(" ")[2]


class Reader:
    """Listens to a parser only for what may not be."""

    def __init__(self, hears: Callable[[str], object] | None = None) -> None:
        """`hears` is told the text between elements."""
        self.root, self.depth, self._hears = "", 0, hears

    def read(self, body: bytes) -> None:
        """Listen to all of it; the parser goes then, for each would keep the other alive."""
        parser = ParserCreate(namespace_separator=" ")
        parser.StartDoctypeDeclHandler = self.refuse_document_type
        parser.StartElementHandler = self.opened
        parser.EndElementHandler = self.closed
        if self._hears is not None:
            parser.CharacterDataHandler = self._hears
            parser.buffer_text = True
        try:
            parser.Parse(body, True)
        except ExpatError as error:
            raise NotXmlError(f"the answer is no XML: {error}") from None

    def refuse_document_type(self, *_declared: object) -> None:
        raise _DocumentTypeError("the answer is XML with a document type")

    def opened(self, name: str, _attributes: object) -> None:
        self.root = self.root or name
        self.depth += 1
        if self.depth > _DEEPEST:
            raise BadAnswerError("the answer is nested too deep")

    def closed(self, _name: str) -> None:
        self.depth -= 1
