"""How is pydantic's complaint said in words a reader of contracts knows, and at which path?"""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Final, Literal, get_origin

from pydantic import ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from bucketwright.contract.anatomy import description, known_fields
from bucketwright.contract.form import Part
from bucketwright.contract.ids import meant_ids
from bucketwright.contract.problems import Fault, Path
from bucketwright.contract.quantities import MisspeltError
from bucketwright.plain_text import clipped, did_you_mean, printable, shown

_KEY_MARK = "[key]"
_NEEDED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "string_type": "text",
        "int_type": "a whole number",
        "bool_type": "true or false",
        "tuple_type": "a list",
        "mapping_type": "a mapping",
        "dict_type": "a mapping",
        "model_type": "a mapping",
        "model_attributes_type": "a mapping",
    }
)
_OF_FIELDS: Final = frozenset({"model_type", "model_attributes_type"})
_MOST_LOST: Final = 3
_NOTHING = object()
_Said = tuple[str, tuple[str, ...], str]


def explained(model: type[Part], raw: object, error: ValidationError) -> Iterator[Fault]:
    """Each thing pydantic found wrong with the raw data of a part, once, at a path that is written there."""
    places: dict[tuple[Path, bool, str], list[ErrorDetails]] = {}
    for details in error.errors(include_url=False):
        places.setdefault((*_place(raw, details), _lacking(details)), []).append(details)
    entries_too = {path[:-1] for path, _, _ in places if path}
    for (path, at_key, _), complaints in places.items():
        if complaints[0]["type"] == "too_short" and path in entries_too:
            continue
        yield _fault(model, raw, path, complaints, at_key=at_key)


def _place(raw: object, details: ErrorDetails) -> tuple[Path, bool]:
    """The written part of a location: pydantic adds steps for unions, short forms and single entries."""
    location = details["loc"]
    at_key = bool(location) and location[-1] == _KEY_MARK
    path: list[str | int] = []
    value = raw
    for segment in location[:-1] if at_key else location:
        below = _child(value, segment)
        if below is not _NOTHING:
            path.append(segment)
            value = below
    return tuple(path), at_key or details["type"] == "extra_forbidden"


def _lacking(details: ErrorDetails) -> str:
    return str(details["loc"][-1]) if details["type"] == "missing" else ""


def _child(value: object, segment: str | int) -> object:
    match value:
        case dict():
            return value.get(segment, _NOTHING)
        case list() if isinstance(segment, int) and segment < len(value):
            return value[segment]
    return _NOTHING


def _fault(
    model: type[Part], raw: object, path: Path, complaints: list[ErrorDetails], *, at_key: bool
) -> Fault:
    value: object = path[-1] if at_key and path else _value(raw, path)
    first = complaints[0]
    if first["type"] == "extra_forbidden":
        known = tuple(sorted(known_fields(model, path[:-1])))
        return Fault(path, f"unknown key {shown(value)}", known, did_you_mean(value, known), "key")
    if first["type"] == "missing":
        return _missing(model, path, str(first["loc"][-1]))
    where: Literal["key", "value"] = "key" if at_key else "value"
    if len(complaints) > 1:
        return Fault(path, _neither(value, complaints), (), _nearest(value, complaints), where)
    message, allowed, remedy = _said(value, first)
    fields = known_fields(model, path) if first["type"] in _OF_FIELDS else {}
    listed = allowed if value is None else allowed or tuple(fields)
    meant = _meant(value, first)
    remedy = f"did you mean '{meant}'?" if meant else _example(fields, value) or remedy
    return Fault(path, message, listed, remedy, where, meant=meant)


def _meant(value: object, details: ErrorDetails) -> str:
    """The nearest right spelling of what should be an id, or made of some."""
    pattern = str(details.get("ctx", {}).get("ids", ""))
    return meant_ids(value, pattern) if pattern and isinstance(value, str) else ""


def _example(fields: Mapping[str, FieldInfo], value: object) -> str:
    """What a mapping of these fields needs, spelled out where the text in its place is likely just that."""
    needed = [name for name, field in fields.items() if field.is_required()]
    if not needed:
        return ""
    single = len(needed) == 1 and get_origin(fields[needed[0]].annotation) is None
    if single and isinstance(value, str):
        return f"write {{{needed[0]}: {clipped(value)}}}"
    return f"at least {' and '.join(needed)} {'is' if len(needed) == 1 else 'are'} needed in it"


def _value(raw: object, path: Path) -> object:
    for segment in path:
        raw = _child(raw, segment)
    return raw


def _missing(model: type[Part], path: Path, name: str) -> Fault:
    said = description(model, path, name).split(". ")[0].strip()
    remedy = f"{name}: {' '.join(said.split())}" if said else ""
    return Fault(path, f"'{name}' is missing", (), remedy, "key")


def _said(value: object, details: ErrorDetails) -> _Said:
    """Message, allowed values and help for one complaint about one value."""
    kind = details["type"]
    if kind in _NEEDED:
        return _wrong_type(kind, value)
    context = details.get("ctx", {})
    worder = _WORDERS.get(kind)
    if worder is not None:
        return worder(value, context)
    return printable(details["msg"]), (), ""


def _wrong_type(kind: str, value: object) -> _Said:
    return f"{_NEEDED[kind]} is needed, found {_found(value)}", (), _remedy(kind, value)


def _literal(value: object, context: Mapping[str, object]) -> _Said:
    allowed = _choices(context)
    message = "nothing is written here" if value is None else f"{shown(value)} is not allowed"
    return message, allowed, did_you_mean(value, allowed)


def _shape(value: object, context: Mapping[str, object]) -> _Said:
    if value is None:
        return f"nothing is written here; needed: {context['words']}", (), ""
    if not isinstance(value, str) and not context["numeric"]:
        return _wrong_type("string_type", value)
    found = "this" if context["quiet"] else shown(value)
    return f"{found} is not {context['words']}", (), _leading_zeros(value, context["digits"])


def _leading_zeros(value: object, digits: object) -> str:
    """What to write where a number was to be text of so many digits, and zeros before it are lost."""
    match value, digits:
        case (bool(), _):
            return ""
        case (int(), int()) if 10 ** (digits - _MOST_LOST - 1) <= value < 10 ** (digits - 1):
            return f"put it in quotes if it begins with 0: '{value:0{digits}d}'"
    return ""


def _choices(context: Mapping[str, object]) -> tuple[str, ...]:
    """The allowed words from pydantic's list of them: `'a', 'b' or 'c'`."""
    return tuple(word.strip("' ") for word in str(context["expected"]).replace(" or ", ", ").split(", "))


_WORDERS: Final[Mapping[str, Callable[[object, Mapping[str, object]], _Said]]] = MappingProxyType(
    {
        "literal_error": _literal,
        "shape": _shape,
        "value_error": lambda _, context: (
            printable(str(context["error"])),
            (),
            context["error"].help if isinstance(context["error"], MisspeltError) else "",
        ),
        "greater_than_equal": lambda value, context: (
            f"at least {context['ge']} is needed, found {shown(value)}",
            (),
            "",
        ),
        "less_than_equal": lambda value, context: (
            f"at most {context['le']} is allowed, found {shown(value)}",
            (),
            "",
        ),
        "too_short": lambda *_: ("at least one entry is needed", (), ""),
    }
)


def _neither(value: object, complaints: list[ErrorDetails]) -> str:
    """A value that fits none of several forms."""
    forms = []
    for details in complaints:
        context = details.get("ctx", {})
        match details["type"]:
            case "literal_error":
                forms.append(" or ".join(f"'{word}'" for word in _choices(context)))
            case "shape":
                forms.append(str(context["words"]))
            case kind:
                forms.append(_NEEDED.get(kind, printable(details["msg"])))
    return f"{shown(value)} is not " + "; or ".join(dict.fromkeys(forms))


def _nearest(value: object, complaints: list[ErrorDetails]) -> str:
    words = [
        word
        for details in complaints
        if details["type"] == "literal_error"
        for word in _choices(details.get("ctx", {}))
    ]
    return did_you_mean(value, words)


def _found(value: object) -> str:
    match value:
        case None:
            return "nothing"
        case str():
            return "text"
        case int() if not isinstance(value, bool):
            return "a whole number"
        case float():
            return "a number"
    return shown(value)


def _remedy(kind: str, value: object) -> str:
    match kind, value:
        case "string_type", bool() | int() | float():
            return f"put it in quotes: '{shown(value)}'"
        case "tuple_type", str() | int() | float():
            return f"write a list: [{shown(value)}]"
        case (("mapping_type" | "dict_type" | "model_type" | "model_attributes_type"), None):
            return "write {} for all defaults"
        case (("int_type" | "bool_type"), str()):
            return (
                "write it without quotes" if value.lower() in {"true", "false"} or value.isdecimal() else ""
            )
    return ""
