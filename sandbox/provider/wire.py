"""How do values travel between the engine and a provider? As protobuf structs, whose numbers are floats."""

from collections.abc import Mapping

from google.protobuf.json_format import MessageToDict, ParseDict
from google.protobuf.struct_pb2 import Struct


def plain(struct: Struct) -> dict[str, object]:
    """A struct as plain data; whole numbers are integers again, and what is null is left out."""
    content = _value(MessageToDict(struct))
    return content if isinstance(content, dict) else {}


def packed(content: Mapping[str, object]) -> Struct:
    """Plain data as a struct."""
    return ParseDict(_sendable(content), Struct())


def _value(value: object) -> object:
    match value:
        case float() if value.is_integer():
            return int(value)
        case dict():
            return {name: _value(inner) for name, inner in value.items() if inner is not None}
        case list():
            return [_value(inner) for inner in value]
        case _:
            return value


def _sendable(value: object) -> object:
    match value:
        case Mapping():
            return {name: _sendable(inner) for name, inner in value.items()}
        case list() | tuple():
            return [_sendable(inner) for inner in value]
        case None | bool() | int() | float() | str():
            return value
        case _:
            raise TypeError(f"{value!r} cannot travel to the engine")
