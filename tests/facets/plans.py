"""Plans of one bucket, by hand or made of what facets declare, and a program whose names are known."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from bucketwright.facets.declaring import merged
from bucketwright.facets.facet import Declared, Form, Planned
from bucketwright.facets.said import Refer
from bucketwright.facets.tokens import BUCKET
from bucketwright.plan import Resource

Inputs = Mapping[str, object]
_SNAKE: Final = re.compile(r"_([a-z0-9])")
_SERVICES: Final = {"bucket": "s3", "key": "kms", "role": "iam", "distribution": "cloudfront"}


def resource(kind: str, inputs: Inputs, name: str = "files") -> Resource:
    """One resource of a program."""
    return Resource(f"urn:pulumi:dev::shop::{kind}::{name}", kind, name, inputs)


def plan(inline: Inputs, *parts: tuple[str, Inputs], refer: Refer | None = None) -> Planned:
    """A bucket with what it says itself, and with further resources of these kinds."""
    further = (resource(kind, inputs, f"part-{n}") for n, (kind, inputs) in enumerate(parts))
    return Planned(resource(BUCKET, inline), tuple(further), lambda _: refer or address_of)


def declared_plan(declared: Iterable[Declared]) -> Planned:
    """The plan of a program that declares what facets ask for."""
    inline: Inputs = {}
    parts: list[tuple[str, Inputs]] = []
    for one in merged(declared):
        if one.kind == BUCKET:
            inline = spelled(one.args)
        else:
            parts.append((one.kind, spelled(one.args)))
    return plan(inline, *parts)


def resolve(address: str, form: Form) -> str:
    """What the program of these tests has for an address."""
    kind, _, identifier = address.partition(":")
    if form == "name":
        return f"name-of-{kind}-{identifier}"
    return f"arn:aws:{_SERVICES[kind]}:::{kind}/{identifier}"


def address_of(kind: str, _: str, found: object) -> str | None:
    """The address of what a value names: resolve, the other way round."""
    if not isinstance(found, str):
        return None
    known = re.fullmatch(rf"(?:name-of-{kind}-|arn:aws:[a-z0-9]+:::{kind}/)(.+)", found)
    return f"{kind}:{known[1]}" if known else None


def spelled(args: Inputs) -> dict[str, object]:
    """Arguments of Python as the engine sees them: names in camel case, numbers as floats."""
    return {camel(name): value if name == "tags" else _value(value) for name, value in args.items()}


def camel(name: str) -> str:
    """A name of Python as Pulumi's schema has it."""
    return _SNAKE.sub(lambda match: match[1].upper(), name.rstrip("_"))


def _value(value: object) -> object:
    match value:
        case Mapping():
            return spelled(value)
        case list():
            return [_value(one) for one in value]
        case int() if not isinstance(value, bool):
            return float(value)
        case _:
            return value
