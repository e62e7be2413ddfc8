"""What does a registration say? The engine's wire format, read into plain data."""

from collections.abc import Collection, Mapping
from typing import Final, TypeAlias

from google.protobuf.struct_pb2 import Struct, Value
from pulumi.runtime.proto.resource_pb2 import RegisterResourceRequest

from bucketwright.plan import UNKNOWN_INPUT, Resource, is_known

HIDDEN: Final = "[secret]"
"""What stands in a plan where the program says a secret."""
STACK_TYPE: Final = "pulumi:pulumi:Stack"

Sent: TypeAlias = "float | str | bool | list[Sent] | dict[str, Sent] | None"
"""Plain data as messages take it."""

_SIGNATURE: Final = "4dabf18193072939515e22adb298388d"
_MARK: Final = "1b47061264138c4ac30d75fd1eb44270"


def urn_of(project: str, stack: str, parent: Resource | None, kind: str, name: str) -> str:
    """The URN the engine gives: the types of all parents are in it, that of the stack is not."""
    chain = kind if parent is None else f"{parent.urn.split('::')[2]}${kind}"
    return f"urn:pulumi:{stack}::{project}::{chain}::{name}"


def registered(
    urn: str, request: RegisterResourceRequest, parent: Resource | None, *, reveal: bool = False
) -> Resource:
    """The resource that a request registers; what is secret in it is only told where it is to be revealed."""
    protect, retain = (False, False) if parent is None else (parent.protect, parent.retain_on_delete)
    return Resource(
        urn=urn,
        type=request.type,
        name=request.name,
        inputs=plain_fields(request.object, reveal=reveal),
        parent=None if parent is None else parent.urn,
        depends_on=tuple(sorted(request.dependencies)),
        property_dependencies={
            name: tuple(sorted(on.urns))
            for name, on in sorted(request.propertyDependencies.items())
            if on.urns
        },
        custom=request.custom,
        import_id=request.importId or None,
        protect=request.protect if request.HasField("protect") else protect,
        retain_on_delete=request.retainOnDelete if request.HasField("retainOnDelete") else retain,
        provider=provider_of(request.provider),
        ignore_changes=tuple(sorted(set(request.ignoreChanges))),
    )


def provider_of(chosen: str) -> str | None:
    """The URN in what names a provider; its id follows there."""
    return chosen.rpartition("::")[0] or None


def plain_fields(struct: Struct, *, reveal: bool) -> Mapping[str, object]:
    """The fields of a message as plain data."""
    return {name: _plain(value, reveal=reveal) for name, value in sorted(struct.fields.items())}


def sent_fields(fields: Mapping[str, object], secret: Collection[str] = ()) -> dict[str, Sent]:
    """Plain data as messages take it, with some fields marked as secret."""
    sent = {name: _sent(value) for name, value in fields.items()}
    return {
        name: {_SIGNATURE: _MARK, "value": value} if name in secret else value for name, value in sent.items()
    }


def _plain(value: Value, *, reveal: bool) -> object:
    match value.WhichOneof("kind"):
        case "struct_value":
            fields = plain_fields(value.struct_value, reveal=reveal)
            return _uncovered(fields, reveal=reveal) if fields.get(_SIGNATURE) == _MARK else fields
        case "list_value":
            return tuple(_plain(one, reveal=reveal) for one in value.list_value.values)
        case "number_value":
            number = value.number_value
            return int(number) if number.is_integer() else number
        case "string_value":
            return value.string_value
        case "bool_value":
            return value.bool_value
        case _:
            return None


def _uncovered(fields: Mapping[str, object], *, reveal: bool) -> object:
    value = fields.get("value")
    if reveal:
        return value
    return HIDDEN if is_known(value) else UNKNOWN_INPUT


def _sent(value: object) -> Sent:
    match value:
        case Mapping():
            return sent_fields(value)
        case list() | tuple():
            return [_sent(one) for one in value]
        case str() | bool() | int() | float() | None:
            return value
        case _:
            raise TypeError(f"{type(value).__name__} is no plain data")
