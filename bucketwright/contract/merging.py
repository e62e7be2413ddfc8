"""What holds in one environment, and where is it written: in the base, or in the environment's delta?"""

from collections.abc import Mapping
from dataclasses import dataclass

from bucketwright.contract.anatomy import short_form_field
from bucketwright.contract.composing import ListNode, MapNode, Node, ScalarNode
from bucketwright.contract.form import Part
from bucketwright.contract.problems import Fault, Path, Position
from bucketwright.plain_text import clipped, did_you_mean

_ABSENT = object()


@dataclass(frozen=True, slots=True)
class Written:
    """Where a path was written, or the nearest part above it."""

    node: Node
    key: ScalarNode | None
    in_delta: bool

    @property
    def key_position(self) -> Position:
        at = self.key or self.node
        return Position(at.line, at.column, at.end_column)

    @property
    def value_position(self) -> Position:
        """A single value itself; of a list or mapping, its key."""
        at = self.node if isinstance(self.node, ScalarNode) else self.key or self.node
        return Position(at.line, at.column, at.end_column)


@dataclass(frozen=True, slots=True)
class Layers:
    """The two places where an environment's settings are written."""

    base: MapNode
    delta: MapNode | None

    def written(self, path: Path) -> Written:
        """Where a path of the resolved environment was written."""
        layers = [Written(self.base, None, in_delta=False)]
        if self.delta is not None:
            layers.insert(0, Written(self.delta, None, in_delta=True))
        for segment in path:
            below = [child for layer in layers if (child := _child(layer, segment)) is not None]
            if not below:
                short_forms = [layer for layer in layers if isinstance(layer.node, ScalarNode)]
                return (short_forms or layers)[-1]
            layers = _counting(below)
        return next(
            layer
            for layer in reversed(layers)
            if not isinstance(layer.node, ScalarNode) or layer is layers[0]
        )


def _counting(layers: list[Written]) -> list[Written]:
    """The layers that make up a value: below a mapping the mappings and short forms, else the topmost."""
    top, *lower = layers
    if not isinstance(top.node, MapNode):
        return [top]
    return [top, *(one for one in lower if isinstance(one.node, MapNode) or isinstance(one.node.value, str))]


def _child(written: Written, segment: str | int) -> Written | None:
    match written.node:
        case MapNode(entries=entries) if (entry := entries.get(str(segment))) is not None:
            return Written(entry.node, entry.key, written.in_delta)
        case ListNode(items=items) if str(segment).isdecimal() and int(segment) < len(items):
            return Written(items[int(segment)], None, written.in_delta)
    single_entry = isinstance(segment, int) and not isinstance(written.node, ListNode)
    return written if single_entry else None


@dataclass(frozen=True, slots=True)
class Merged:
    """The plain data of an environment; what the delta leaves alone is the base's own, not a copy."""

    data: Mapping[str, object]
    faults: tuple[Fault, ...]


def merged(model: type[Part], base: dict[str, object], delta: MapNode | None) -> Merged:
    """The base with an environment's changes: mappings merge, lists and values replace, null removes."""
    if delta is None or not delta.entries:
        return Merged(base, ())
    faults: list[Fault] = []
    return Merged(_overlaid(model, base, delta, (), faults), tuple(faults))


def _overlaid(
    model: type[Part], base: Mapping[str, object], delta: MapNode, path: Path, faults: list[Fault]
) -> dict[str, object]:
    result = dict(base)
    for key, entry in delta.entries.items():
        here = (*path, key)
        node = entry.node
        if isinstance(node, MapNode):
            below = _as_mapping(model, base.get(key), here)
            result[key] = _overlaid(model, below, node, here, faults)
        elif node.value is not None:
            result[key] = node.value
        elif result.pop(key, _ABSENT) is _ABSENT:
            faults.append(_idle_removal(base, here))
    return result


def _as_mapping(model: type[Part], value: object, path: Path) -> Mapping[str, object]:
    if isinstance(value, dict):
        return value
    field = short_form_field(model, path) if isinstance(value, str) else None
    return {field: value} if field is not None else {}


def _idle_removal(base: Mapping[str, object], path: Path) -> Fault:
    name = str(path[-1])
    message = f"null removes what the base says, and the base says no '{clipped(name)}' here"
    return Fault(path, message, (), did_you_mean(name, base), "key")
