"""What may a contract say at a path? Read off the models, so that it stands nowhere twice."""

from collections.abc import Iterator, Mapping
from types import UnionType
from typing import Union, get_args, get_origin

from pydantic.fields import FieldInfo

from bucketwright.contract.described import descriptions
from bucketwright.contract.form import Part, ShortForm
from bucketwright.contract.problems import Path


def known_fields(model: type[Part], path: Path) -> Mapping[str, FieldInfo]:
    """The keys known at a path below a part; empty where keys are free or none can stand."""
    part = _part(_descend(model, path))
    return part.model_fields if part is not None else {}


def description(model: type[Part], path: Path, name: str) -> str:
    """What is said of a field of the part at a path; empty where there is none such."""
    part = _part(_descend(model, path))
    return "" if part is None else descriptions(part).get(name, "")


def short_form_field(model: type[Part], path: Path) -> str | None:
    """The field that a bare word at a path stands for, where there is a short form."""
    field = known_fields(model, path[:-1]).get(str(path[-1]))
    forms = [item for item in field.metadata if isinstance(item, ShortForm)] if field is not None else []
    return forms[0].field if forms else None


def _descend(annotation: object, path: Path) -> object:
    for segment in path:
        annotation = _step(annotation, segment)
    return annotation


def _step(annotation: object, segment: str | int) -> object:
    for kind in _alternatives(annotation):
        if isinstance(kind, type) and issubclass(kind, Part):
            field = kind.model_fields.get(str(segment))
            return field.annotation if field is not None else None
        origin, arguments = get_origin(kind), get_args(kind)
        if origin is tuple:
            return arguments[0] if isinstance(segment, int) else _step(arguments[0], segment)
        if origin is not None and isinstance(origin, type) and issubclass(origin, Mapping):
            return arguments[1]
    return None


def _part(annotation: object) -> type[Part] | None:
    for kind in _alternatives(annotation):
        if isinstance(kind, type) and issubclass(kind, Part):
            return kind
        if get_origin(kind) is tuple:
            return _part(get_args(kind)[0])
    return None


def _alternatives(annotation: object) -> Iterator[object]:
    """The types a value may have, without what is merely said about them."""
    if get_origin(annotation) in {Union, UnionType}:
        for argument in get_args(annotation):
            yield from _alternatives(argument)
    else:
        yield annotation
