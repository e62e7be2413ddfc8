"""Print the page of every field a contract knows, from the JSON Schema and the tables beside it."""

from collections.abc import Iterator, Mapping

from bucketwright.contract.keys.variable_types import TYPES
from bucketwright.contract.schema import schema

Node = Mapping[str, object]
_MADE_FROM_OTHERS = "Change"
_LIST = "list of "


def page() -> Iterator[str]:
    """The lines of the page."""
    whole = schema()
    yield "# Fields of the contract"
    yield ""
    yield "Made from the JSON Schema by `make docs`."
    yield from _section("Contract", whole)
    for name, part in _mapping(whole["$defs"]).items():
        if not name.endswith(_MADE_FROM_OTHERS):
            yield from _section(name, _mapping(part))
    yield from ("", "## Types of variables", "", "| type | values |", "|---|---|")
    yield from (f"| `{name}` | {_cell(kind.description)} |" for name, kind in TYPES.items())


def _section(name: str, part: Node) -> Iterator[str]:
    yield from ("", f"## {name}", "", str(part.get("description", "")), "")
    yield from ("| field | value | default | meaning |", "|---|---|---|---|")
    required = part.get("required", [])
    for field, node in _mapping(part["properties"]).items():
        own = _mapping(node)
        must = isinstance(required, list) and field in required
        default = "required" if must else _default(own)
        cells = (f"`{field}`", _kind(own), default, _cell(str(own.get("description", ""))))
        yield f"| {' | '.join(cells)} |"


def _kind(node: Node) -> str:
    """What a value may be, in words and links."""
    if "$ref" in node:
        name = str(node["$ref"]).rpartition("/")[2]
        changes = name.endswith(_MADE_FROM_OTHERS)
        return "what it says differently" if changes else f"[{name}](#{name.lower()})"
    if "enum" in node:
        return ", ".join(f"`{value}`" for value in _list(node["enum"]))
    if "const" in node:
        return f"`{node['const']}`"
    if "anyOf" in node:
        kinds = list(dict.fromkeys(_kind(_mapping(one)) for one in _list(node["anyOf"])))
        one_of = " or ".join(kind for kind in kinds if kind != "null" and not kind.startswith(_LIST))
        many = any(kind.startswith(_LIST) for kind in kinds)
        return f"{one_of}, or a list of them" if many else one_of
    if node.get("type") == "array":
        return f"{_LIST}{_kind(_mapping(node.get('items', {})))}"
    if "patternProperties" in node or isinstance(node.get("additionalProperties"), Mapping):
        return f"id to {_kind(_values(node))}"
    return _scalar(node)


def _values(node: Node) -> Node:
    by_pattern = _mapping(node.get("patternProperties", {}))
    return _mapping(next(iter(by_pattern.values()), node.get("additionalProperties")))


def _scalar(node: Node) -> str:
    examples = _list(node.get("examples", []))
    shown = f", such as {', '.join(f'`{example}`' for example in examples)}" if examples else ""
    names = {"string": "text", "integer": "whole number", "boolean": "`true` or `false`"}
    kind = str(node.get("type", "anything"))
    return f"{names.get(kind, kind)}{shown}"


def _default(node: Node) -> str:
    default = node.get("default")
    plain = default not in (None, {}, []) and not isinstance(default, Mapping)
    return f"`{str(default).lower() if isinstance(default, bool) else default}`" if plain else ""


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _mapping(value: object) -> Node:
    return value if isinstance(value, Mapping) else {}


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


if __name__ == "__main__":
    print("\n".join(page()))
