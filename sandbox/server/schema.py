"""Does a document have the form that AWS publishes? The SDK's own description of the API decides."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import cache
from typing import Final

from botocore.loaders import create_loader
from botocore.model import ListShape, ServiceModel, Shape, StringShape, StructureShape
from botocore.parsers import RestXMLParser

from sandbox.server.elements import Element, document

_TRUTHS: Final = frozenset({"true", "false"})


def objection(operation: str, root: Element, service: str = "s3") -> str | None:
    """Why the service would not take this document as the body of an operation, or None."""
    shape = _body_of(service, operation)
    name = shape.serialization["name"]
    if root.name != name:
        return f"the root element is {root.name}, not {name}"
    return next(_complaints(shape, root), None)


def plain(operation: str, root: Element) -> Mapping[str, object]:
    """The body of an operation's answer as the SDK would hand it out; moments stay as they are written."""
    shape = _model("s3").operation_model(operation).output_shape
    answer = {"status_code": 200, "headers": {}, "body": document(root)}
    found: Mapping[str, object] = RestXMLParser(timestamp_parser=str).parse(answer, shape)
    return found


@cache
def _model(service: str) -> ServiceModel:
    return ServiceModel(create_loader().load_service_model(service, "service-2"), service)


@cache
def _body_of(service: str, operation: str) -> StructureShape:
    shape = _model(service).operation_model(operation).input_shape
    return shape.members[shape.serialization["payload"]]


def _complaints(shape: Shape, found: Element) -> Iterator[str]:
    match shape:
        case StructureShape():
            yield from _of_structure(shape, found)
        case ListShape():
            inner = shape.member.serialization.get("name", "member")
            yield from (f"{found.name} holds {child.name}" for child in found.children if child.name != inner)
            for child in found.children:
                yield from _complaints(shape.member, child)
        case _:
            if found.children or not _is_value(shape, found.text):
                yield f"{found.name} is not a {_wanted(shape)}"


def _of_structure(shape: StructureShape, found: Element) -> Iterator[str]:
    members = {_spelled(name, member): member for name, member in shape.members.items()}
    for child in found.children:
        member = members.get(child.name)
        if member is None:
            yield f"{found.name} has no {child.name}"
        elif isinstance(member, ListShape) and member.serialization.get("flattened"):
            yield from _complaints(member.member, child)
        else:
            yield from _complaints(member, child)
            if sum(1 for _ in found.all(child.name)) > 1:
                yield f"{found.name} has {child.name} more than once"
    needed = {_spelled(name, shape.members[name]) for name in _in_body(shape)}
    for name in sorted(needed - {child.name for child in found.children}):
        yield f"{found.name} lacks {name}"


def _in_body(shape: StructureShape) -> Iterable[str]:
    """The required members that are elements, not attributes."""
    return (
        name for name in shape.required_members if not shape.members[name].serialization.get("xmlAttribute")
    )


def _spelled(name: str, shape: Shape) -> str:
    spelled: str = shape.serialization.get("name", name)
    return spelled


def _is_value(shape: Shape, text: str) -> bool:
    match shape.type_name:
        case "boolean":
            return text in _TRUTHS
        case "integer" | "long":
            return text.removeprefix("-").isdecimal()
        case "timestamp":
            return _is_moment(text)
        case _:
            return not isinstance(shape, StringShape) or not shape.enum or text in shape.enum


def _is_moment(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _wanted(shape: Shape) -> str:
    enum = shape.enum if isinstance(shape, StringShape) else ()
    return " or ".join(enum) if enum else str(shape.type_name)
