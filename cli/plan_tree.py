"""How does a plan read: which resource stands under which, what are the facts of each, how many are there?"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from bucketwright.facets.placeholders import addresses_in
from bucketwright.plain_text import counted
from bucketwright.plan import UNKNOWN_INPUT, Plan, Resource
from cli.lines import PROSE, folded, terminal_width
from cli.output import Output, Tint
from cli.plan_values import decided

_INDENT: Final = "  "
_FOLDED: Final = "    "
"""How much further in a line goes on that is too long: not where something else would stand below it."""
_TOGETHER: Final = "\0"
"""A space at which no line is broken."""
_NO_IDS: Final[Mapping[str, str]] = MappingProxyType({})
_OF_ITS_BUCKET: Final = "bucket"
"""The input by which a setting of a bucket hangs on it; the tree shows that by its shape."""
_TELLING: Final = 8
"""Characters of a name that is in an id on purpose."""


@dataclass(frozen=True, slots=True)
class Document:
    """A policy among the inputs of a resource, and where it stands there."""

    path: str
    content: Mapping[str, object]


def tree(plan: Plan, ids: Mapping[str, str] = _NO_IDS) -> Iterator[tuple[Resource, str]]:
    """A line for each resource, those that it holds below it; what is deployed has an id under its URN."""
    known = {resource.urn for resource in plan.resources}
    below: dict[str | None, list[Resource]] = {}
    for resource in plan.resources:
        below.setdefault(resource.parent if resource.parent in known else None, []).append(resource)
    waiting = [(resource, 0) for resource in reversed(below.get(None, []))]
    while waiting:
        resource, depth = waiting.pop()
        said = "; ".join(facts(resource, ids.get(resource.urn, "")))
        yield resource, f"{_INDENT * depth}{titled(resource)}{said and f': {said}'}"
        waiting += [(inner, depth + 1) for inner in reversed(below.get(resource.urn, []))]


def show_tree(plan: Plan, output: Output, ids: Mapping[str, str] = _NO_IDS) -> None:
    """Print the tree; components stand out."""
    width = terminal_width()
    for resource, line in tree(plan, ids):
        depth = len(line) - len(line.lstrip())
        for piece in folded(line, width, depth + len(_FOLDED)):
            output.result(piece, None if resource.custom else Tint.PLACE)


def titled(resource: Resource) -> str:
    """Its type in short, and its name where that says more: `s3.BucketPolicy files`."""
    kind = short_type(resource.type)
    return kind if kind == f"provider {resource.name}" else f"{kind} {resource.name}"


def short_type(token: str) -> str:
    """A type as programs write it: `s3.Bucket`, and without a module for components."""
    parts = token.split(":")
    if parts[:-1] == ["pulumi", "providers"]:
        return f"provider {parts[-1]}"
    module = parts[1].partition("/")[0] if len(parts) > 2 else "index"
    return parts[-1] if module == "index" else f"{module}.{parts[-1]}"


def facts(resource: Resource, id_: str = "") -> Iterator[str]:
    """What a reader wants to know of it beside its name."""
    own = resource.inputs.get("bucket" if resource.kind.endswith(":Bucket") else "name")
    if isinstance(own, str) and own not in (UNKNOWN_INPUT, resource.name):
        yield own
    if _says_more(id_, resource):
        yield id_
    yield from decided(short_type(resource.kind), resource.inputs)
    if resource.protect:
        yield "protected"
    if resource.retain_on_delete:
        yield "kept when removed from the program"
    for document in documents_of(resource):
        yield _summed_up(document)
    of_another = not resource.kind.endswith(":Bucket")
    unknown = dict.fromkeys(
        _last_name(path) for path in unknowns(resource) if not (of_another and path == _OF_ITS_BUCKET)
    )
    if unknown:
        yield f"unknown: {', '.join(unknown)}"


def _says_more(id_: str, resource: Resource) -> bool:
    """Whether what AWS calls it is more than a name that the program gave, or is made of such names."""
    if not id_ or resource.type.startswith("pulumi:"):
        return False
    own = (value for _, value in _leaves(resource.inputs) if isinstance(value, str))
    return not any(one == id_ or (len(one) >= _TELLING and one in id_) for one in own)


def _last_name(path: str) -> str:
    """`kmsMasterKeyId`, for the way to one that stands far inside."""
    return path.rpartition(".")[2].partition("[")[0]


def unknowns(resource: Resource) -> tuple[str, ...]:
    """The inputs whose value nobody knows before the first deployment."""
    return tuple(path for path, value in _leaves(resource.inputs) if value == UNKNOWN_INPUT)


def documents_of(resource: Resource) -> Iterator[Document]:
    """The policies among its inputs."""
    for path, value in _leaves(resource.inputs):
        content = _object(value) if isinstance(value, str) else None
        if content is not None and "Statement" in content:
            yield Document(path, content)


def summary(plan: Plan) -> Iterator[str]:
    """How many resources there are of each type, and how many of their values are unknown."""
    made = Counter(short_type(one.type) for one in plan.resources if one.custom)
    components = sum(not one.custom for one in plan.resources)
    types = ", ".join(f"{number}{_TOGETHER}{name}" for name, number in sorted(made.items()))
    number = f"{counted(made.total(), 'resource')} in {counted(components, 'component')}"
    total = f"{number}: {types}" if types else number
    for line in folded(total, terminal_width() or PROSE, len(_FOLDED)):
        yield line.replace(_TOGETHER, " ")
    unknown = sum(len(unknowns(one)) for one in plan.resources)
    yield f"{counted(unknown, 'value')} unknown before the first deployment"


def _summed_up(document: Document) -> str:
    statements = document.content["Statement"]
    number = len(statements) if isinstance(statements, list) else 1
    stand_ins = sorted(addresses_in(json.dumps(document.content)))
    late = f" with a stand-in for {', '.join(stand_ins)}" if stand_ins else ""
    return f"{document.path} of {counted(number, 'statement')}{late}"


def _object(text: str) -> Mapping[str, object] | None:
    if not text.lstrip().startswith("{"):
        return None
    try:
        found: object = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _leaves(value: object, path: str = "") -> Iterator[tuple[str, object]]:
    """Every single value inside, with the way to it: `rules[0].filter.prefix`."""
    match value:
        case Mapping():
            for name in sorted(value):
                yield from _leaves(value[name], f"{path}.{name}" if path else name)
        case list() | tuple():
            for number, one in enumerate(value):
                yield from _leaves(one, f"{path}[{number}]")
        case _:
            yield path, value
