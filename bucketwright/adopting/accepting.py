"""What of a described contract does a contract take? The rest is left out, and said with the reason."""

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Final

from bucketwright.adopting.found import Data
from bucketwright.adopting.yaml_text import yaml_text
from bucketwright.contract.access.isolation import check_isolation
from bucketwright.contract.access.stopping import why_not_deployed
from bucketwright.contract.loading import read
from bucketwright.contract.model import Contract
from bucketwright.contract.problems import ContractError, Path, Problem
from bucketwright.plain_text import clipped

SOURCE: Final = "contract.yaml"
_PART: Final = re.compile(r"[^.]+")
_WHOLE_BUCKET: Final = frozenset({"name", "namespace"})
_WHOLE_PREFIX: Final = frozenset({"path", "objects", "overlaps", "quarantine"})
_ONE_BY_ONE: Final = frozenset({"tags", "unsafe"})
_BUCKET, _SETTING, _PREFIX, _OF_PREFIX = 2, 3, 4, 5


class NothingLeftError(Exception):
    """No contract can be made of it; the text says why."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A part that no contract takes."""

    path: Path
    why: str


@dataclass(frozen=True, slots=True)
class Accepted:
    """A contract that loads and that would be deployed, and what had to go for that."""

    data: Data
    text: str
    contract: Contract
    left_out: tuple[LeftOut, ...]


def accepted(data: Mapping[str, object], heading: str = "") -> Accepted:
    """The most of it that loads; NothingLeftError where what is wrong cannot be left out."""
    left, told = deepcopy(dict(data)), list[LeftOut]()
    while True:
        text = heading + yaml_text(left)
        try:
            contract = read(text, SOURCE)
        except ContractError as refused:
            gone = _unloadable(left, refused.problems)
        else:
            gone = _undeployable(left, contract)
            if not gone:
                return Accepted(left, text, contract, tuple(told))
        if not gone:
            raise NothingLeftError("no contract can be made of what was found")
        gone = [_with_cause(left, one, told) for one in gone]
        for one in gone:
            _remove(left, one.path)
        told += gone


def without(data: Mapping[str, object], path: Path) -> Data:
    """The same without one part, and without what that part alone was for."""
    left = deepcopy(dict(data))
    _remove(left, path)
    return left


def _unloadable(data: Data, problems: tuple[Problem, ...]) -> list[LeftOut]:
    """The smallest parts by whose absence each problem goes."""
    found: dict[Path, str] = {}
    for one in problems:
        path = _standing(data, _unit(_located(data, one.path)))
        if path:
            found.setdefault(path, one.message)
    if not found and problems:
        raise NothingLeftError(f"{problems[0].path}: {problems[0].message}")
    return [LeftOut(path, why) for path, why in found.items()]


def _undeployable(data: Data, contract: Contract) -> list[LeftOut]:
    (environment,) = contract.environments.values()
    found: dict[Path, str] = {}
    for one in check_isolation(environment):
        if why_not_deployed(environment.name, [one]):
            path = _standing(data, _unit(one.path))
            if path:
                found.setdefault(path, str(one))
    return [LeftOut(path, why) for path, why in found.items()]


def _with_cause(data: Data, one: LeftOut, told: list[LeftOut]) -> LeftOut:
    """The same, with why a prefix that it names is not there: it was left out before."""
    part: object = data
    for step in one.path:
        part = part.get(step) if isinstance(part, Mapping) else None
    named = set(_texts(part))
    for before in told:
        match before.path:
            case ("buckets", bucket_id, "prefixes", prefix_id) if f"{bucket_id}/{prefix_id}" in named:
                why = f"{one.why}: {bucket_id}/{prefix_id} is left out, for {before.why}"
                return LeftOut(one.path, why)
    return one


def _texts(part: object) -> Iterator[str]:
    """Every text in a part of a contract."""
    match part:
        case str():
            yield part
        case Mapping():
            yield from (text for value in part.values() for text in _texts(value))
        case list():
            yield from (text for value in part for text in _texts(value))


def _located(data: object, spelled: str) -> Path:
    """The way to the part that a problem names, as far as it goes; keys may hold dots."""
    path: list[str | int] = []
    rest = spelled
    while rest and isinstance(data, Mapping):
        fitting = (
            key for key in data if rest == clipped(str(key)) or rest.startswith(f"{clipped(str(key))}.")
        )
        key = max(fitting, key=len, default=None)
        if key is None:
            break
        path.append(key)
        data, rest = data[key], rest[len(clipped(key)) + 1 :]
    return (*path, *_PART.findall(rest))


def _unit(path: Path) -> Path:
    """What has to go as a whole, so that nothing is said by halves."""
    match path:
        case ("buckets", _, setting, *_) if setting in _WHOLE_BUCKET:
            return path[:_BUCKET]
        case ("buckets", _, "prefixes", _, what, *_) if what in _WHOLE_PREFIX:
            return path[:_PREFIX]
        case ("buckets", _, "prefixes", _, _, *_):
            return path[:_OF_PREFIX]
        case ("buckets", _, what, _, *_) if what in _ONE_BY_ONE or what == "prefixes":
            return path[:_PREFIX]
        case ("buckets", _, _, *_):
            return path[:_SETTING]
        case ("buckets" | "access" | "tags", _, *_):
            return path[:_BUCKET]
    return ()


def _standing(data: object, path: Path) -> Path:
    """As much of a way as leads to something that can go; nothing where it leads nowhere."""
    for length, step in enumerate(path):
        if not isinstance(data, Mapping) or step not in data:
            return path[:length] if length >= _BUCKET else ()
        data = data[step]
    return path


def _remove(data: Data, path: Path) -> None:
    """Take a part away, with whatever above it is empty then."""
    *above, last = path
    way: list[tuple[Data, str]] = []
    inside: object = data
    for step in above:
        if not isinstance(inside, dict) or step not in inside:
            return
        way.append((inside, str(step)))
        inside = inside[step]
    if isinstance(inside, dict):
        inside.pop(last, None)
    for holder, key in reversed(way[1:]):
        if holder[key] == {} and key != "buckets" and not _may_be_empty(path, key):
            del holder[key]


def _may_be_empty(path: Path, key: str) -> bool:
    """A bucket of which nothing is said is as it is by default."""
    return len(path) > 1 and path[0] == "buckets" and key == path[1]
