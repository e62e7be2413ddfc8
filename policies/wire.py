"""What does the engine tell a policy pack of a resource, as plain data?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from google.protobuf.struct_pb2 import Struct, Value
from pulumi.runtime.proto.analyzer_pb2 import AnalyzeRequest, AnalyzerResource
from pulumi_policy import proxy
from pulumi_policy.deserialize import SPECIAL_SECRET_SIG, SPECIAL_SIG_KEY

from bucketwright.plan import UNKNOWN_INPUT, Resource

STACK: Final = "pulumi:pulumi:Stack"
_PROVIDERS: Final = "pulumi:providers:"
_MARKS: Final = "__"
"""With this begin the names of what a provider notes for itself."""
_UNKNOWN: Final = frozenset(
    {
        proxy.UNKNOWN_ARCHIVE_VALUE,
        proxy.UNKNOWN_ARRAY_VALUE,
        proxy.UNKNOWN_ASSET_VALUE,
        proxy.UNKNOWN_BOOLEAN_VALUE,
        proxy.UNKNOWN_NUMBER_VALUE,
        proxy.UNKNOWN_OBJECT_VALUE,
        proxy.UNKNOWN_STRING_VALUE,
    }
)


@dataclass(frozen=True, slots=True)
class Told:
    """A resource as the program says it, and what of that the program calls a secret."""

    resource: Resource
    secrets: frozenset[str] = frozenset()
    """All texts inside secrets."""
    has_secrets: bool = False


@dataclass(slots=True)
class _Reader:
    """Reads the values of one message, and notes what is secret in it."""

    secrets: set[str] = field(default_factory=set)
    has_secrets: bool = False

    def fields(self, struct: Struct, *, secret: bool = False) -> dict[str, object]:
        return {
            name: self.value(value, secret=secret)
            for name, value in sorted(struct.fields.items())
            if not name.startswith(_MARKS)
        }

    def value(self, value: Value, *, secret: bool) -> object:
        match value.WhichOneof("kind"):
            case "struct_value":
                return self._struct(value.struct_value, secret=secret)
            case "list_value":
                return tuple(self.value(one, secret=secret) for one in value.list_value.values)
            case "number_value":
                return self._noted(_number(value.number_value), secret=secret)
            case "string_value":
                text = value.string_value
                return UNKNOWN_INPUT if text in _UNKNOWN else self._noted(text, secret=secret)
            case "bool_value":
                return value.bool_value
            case _:
                return None

    def _struct(self, struct: Struct, *, secret: bool) -> object:
        fields = struct.fields
        if SPECIAL_SIG_KEY not in fields or fields[SPECIAL_SIG_KEY].string_value != SPECIAL_SECRET_SIG:
            return self.fields(struct, secret=secret)
        self.has_secrets = True
        return self.value(fields["value"], secret=True)

    def _noted(self, value: str | float, *, secret: bool) -> str | float:
        if secret:
            self.secrets.add(str(value))
        return value


def registered(request: AnalyzeRequest) -> tuple[Told, ...]:
    """The resource that is to be registered, after the provider that makes it."""
    several = []
    if request.HasField("provider"):
        made_by = request.provider
        reader = _Reader()
        provider = Resource(made_by.urn, made_by.type, made_by.name, reader.fields(made_by.properties))
        several.append(Told(provider, frozenset(reader.secrets), reader.has_secrets))
    reader = _Reader()
    resource = Resource(
        urn=request.urn,
        type=request.type,
        name=request.name,
        inputs=reader.fields(request.properties),
        parent=request.options.parent or None,
        custom=request.HasField("provider") or request.type.startswith(_PROVIDERS),
        protect=request.options.protect,
        provider=request.provider.urn or None,
        ignore_changes=tuple(sorted(set(request.options.ignoreChanges))),
    )
    return (*several, Told(resource, frozenset(reader.secrets), reader.has_secrets))


def tied(resource: Resource, said: AnalyzerResource) -> Resource:
    """The resource with what it hangs on, which is told at the end."""
    return replace(
        resource,
        parent=said.parent or None,
        depends_on=tuple(sorted(said.dependencies)),
        property_dependencies={
            name: tuple(sorted(on.urns)) for name, on in sorted(said.propertyDependencies.items()) if on.urns
        },
    )


def is_there(said: AnalyzerResource) -> bool:
    """Whether a preview knows the ARN, which AWS gives when it makes a thing."""
    arn = said.properties.fields["arn"].string_value if "arn" in said.properties.fields else ""
    return arn != "" and arn not in _UNKNOWN


def in_order(several: Mapping[str, Resource]) -> Iterator[Resource]:
    """Each after all that it hangs on; the engine tells them in no order."""
    waiting = [iter(several.values())]
    path: list[Resource] = []
    begun: set[str] = set()
    while waiting:
        found = next(waiting[-1], None)
        if found is None:
            waiting.pop()
            if path:
                yield path.pop()
        elif found.urn not in begun:
            begun.add(found.urn)
            path.append(found)
            waiting.append(iter([several[urn] for urn in _needed(found) if urn in several]))


def _needed(resource: Resource) -> Iterator[str]:
    yield from filter(None, (resource.parent, resource.provider))
    yield from resource.depends_on
    for urns in resource.property_dependencies.values():
        yield from urns


def _number(number: float) -> float:
    return int(number) if number.is_integer() else number
