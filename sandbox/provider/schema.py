"""Does the provider know this type, and does it take these inputs? The installed SDK says."""

import importlib
import inspect
import sys
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.metadata import version
from pathlib import Path
from threading import Lock
from types import ModuleType
from typing import Final

import pulumi_aws
from pulumi.runtime import rpc

from bucketwright.plan import UNKNOWN_INPUT
from sandbox.provider.value_kinds import Anything, Either, Kind, Listing, Record, Scalar, Table

VERSION: Final = version("pulumi-aws")
_LOADING: Final = Lock()
_COMMON: Final = frozenset({"id", "urn", "pulumi_resource_name", "pulumi_resource_type"})


@dataclass(frozen=True, slots=True)
class ResourceType:
    """What the SDK says of one type of resource."""

    token: str
    inputs: Record
    outputs: frozenset[str]


class NoSuchTypeError(LookupError):
    """The SDK registers no such type."""


@cache
def resource_type(token: str) -> ResourceType:
    """The type a token stands for."""
    made = _class_of(token)
    module = sys.modules[made.__module__]
    arguments = next(name for name in module.__all__ if name.endswith("Args"))
    return ResourceType(token, Record(getattr(module, arguments)), frozenset(_outputs(made)))


def kinds_of(token: str) -> Mapping[str, Kind]:
    """The inputs of a type, and what each takes."""
    return resource_type(token).inputs.members


def violations(token: str, inputs: Mapping[str, object]) -> list[str]:
    """What the SDK's classes would not have sent: unknown types and names, wrong nesting, missing parts."""
    try:
        wanted = resource_type(token).inputs
    except NoSuchTypeError as error:
        return [str(error)]
    return list(_in_record(wanted, inputs, ""))


def _class_of(token: str) -> type:
    package, _, rest = token.partition(":")
    module = rpc.get_resource_module(package, rest.partition(":")[0], "") if package == "aws" else None
    classes = getattr(module, "mod_info", {})
    if token not in classes.get("classes", {}):
        raise NoSuchTypeError(f"{token!r} is not a type of pulumi-aws {VERSION}{_meant(token)}")
    found: type = getattr(_loaded(classes["fqn"]), classes["classes"][token])
    return found


def _meant(token: str) -> str:
    """The class of the same service whose name comes nearest."""
    service, wanted = token.removeprefix("aws:").partition("/")[0], token.rpartition(":")[2]
    folder = Path(pulumi_aws.__path__[0])
    for name in (service, f"{service}_"):
        if name.isidentifier() and (folder / name).is_dir():
            near = get_close_matches(wanted, dir(_loaded(f"pulumi_aws.{name}")), 1)
            return f"; did you mean {near[0]}?" if near else ""
    return ""


def _loaded(module: str) -> ModuleType:
    """A module of the SDK, whole. It warns of each deprecated class in it, which concerns nobody here."""
    with _LOADING, warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        found = importlib.import_module(module)
        hasattr(found, "Provider")  # the SDK loads its modules at the first look into them
        return found


def _outputs(made: type) -> Iterator[str]:
    for name, member in inspect.getmembers(made, lambda member: isinstance(member, property)):
        if name not in _COMMON:
            yield getattr(member.fget, "_pulumi_name", name)


def _in_value(kind: Kind, value: object, where: str) -> Iterator[str]:
    if value == UNKNOWN_INPUT or isinstance(kind, Anything):
        return
    match kind, value:
        case Record(), Mapping():
            yield from _in_record(kind, value, where)
        case Table(item), Mapping():
            for key, inner in value.items():
                yield from _in_value(item, inner, f'{where}["{key}"]')
        case Listing(item), list() | tuple():
            for index, inner in enumerate(value):
                yield from _in_value(item, inner, f"{where}[{index}]")
        case Scalar(), _ if _fits(kind, value):
            return
        case Either(kinds), _:
            yield from _in_either(kinds, value, where)
        case _:
            yield f"{where} must be {kind}, not {_shown(value)}"


def _in_record(kind: Record, value: Mapping[str, object], where: str) -> Iterator[str]:
    dot = f"{where}." if where else ""
    for name, inner in value.items():
        member = kind.members.get(name)
        if member is None:
            yield f"{dot}{name} is no property here{_nearest(name, kind.members)}"
        else:
            yield from _in_value(member, inner, f"{dot}{name}")
    yield from (f"{dot}{name} is missing" for name in sorted(kind.required - set(value)))


def _in_either(kinds: tuple[Kind, ...], value: object, where: str) -> Iterator[str]:
    """The complaints of the kind that has the value's form, or one about the form."""
    formed = [kind for kind in kinds if _has_form(kind, value)]
    if not formed:
        yield f"{where} must be {Either(kinds)}, not {_shown(value)}"
    else:
        yield from min((list(_in_value(kind, value, where)) for kind in formed), key=len)


def _has_form(kind: Kind, value: object) -> bool:
    match kind:
        case Record() | Table():
            return isinstance(value, Mapping)
        case Listing():
            return isinstance(value, list | tuple)
        case Scalar():
            return _fits(kind, value)
        case _:
            return True


def _fits(kind: Scalar, value: object) -> bool:
    if kind.type not in {int, float}:
        return isinstance(value, kind.type)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return kind.type is float or float(value).is_integer()


def _shown(value: object) -> str:
    match value:
        case Mapping():
            return "a mapping"
        case list() | tuple():
            return "a list"
        case _:
            return repr(value)


def _nearest(name: str, names: Mapping[str, object]) -> str:
    near = get_close_matches(name, names, 1)
    return f"; did you mean {near[0]}?" if near else f"; there are {', '.join(sorted(names))}"
