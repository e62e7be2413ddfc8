"""How does a text become a contract, or everything that is wrong with it at once?"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from pathlib import Path as FilePath
from stat import S_ISDIR, S_ISREG
from typing import Final

from pydantic import ValidationError

from bucketwright.contract.buckets import Bucket
from bucketwright.contract.composing import MapNode, compose
from bucketwright.contract.contradictions import BUCKET_CHECKS, ENVIRONMENT_CHECKS, Scope, clashes, readable
from bucketwright.contract.ids import nearest_id, standing_ids
from bucketwright.contract.locating import Findings
from bucketwright.contract.merging import Layers, Merged, merged
from bucketwright.contract.model import Contract, Environment, Head, Settings
from bucketwright.contract.named_rules import unknown_rules
from bucketwright.contract.problems import MOST_SHOWN, ContractError, Fault, Problem
from bucketwright.contract.syntax import decoded
from bucketwright.contract.validating import Judge, Judged
from bucketwright.contract.wording import explained
from bucketwright.plain_text import shown

LARGEST_FILE: Final = 8 * 2**20
MOST_ENVIRONMENTS: Final = 50
MOST_BUCKETS: Final = 10_000
_HEAD: Final = frozenset(Head.model_fields)
_UNNAMED: Final = "unnamed"


class UnreadableError(ValueError):
    """A path behind which there is nothing to read: `message` says why, `help` what to do instead."""

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.help = remedy


def file_bytes(path: FilePath, most: int) -> bytes:
    """The bytes of a regular file, at most one more than `most`; nothing else is opened or waited for."""
    try:
        mode = path.stat().st_mode
        if S_ISREG(mode):
            with path.open("rb") as file:
                return file.read(most + 1)
    except (OSError, ValueError) as error:
        raise UnreadableError(_refusal(error)) from None
    if S_ISDIR(mode):
        raise UnreadableError("this is a folder, not a file")
    raise UnreadableError("this is a pipe or a device, not a file", "--contract - reads one from stdin")


def load(path: FilePath, known_rules: frozenset[str] = frozenset()) -> Contract:
    """The contract in a file; ContractError with every problem where there is none.

    Where it is told which rules there are, one that names another is a problem.
    """
    return load_bytes(contract_bytes(path), str(path), known_rules)


def contract_bytes(path: FilePath) -> bytes:
    """The bytes of a contract file; ContractError where there is no such file, or it is none to be read."""
    try:
        return file_bytes(path, LARGEST_FILE)
    except UnreadableError as error:
        raise ContractError([_whole(str(path), error.message, error.help)]) from None


def load_bytes(data: bytes, source: str, known_rules: frozenset[str] = frozenset()) -> Contract:
    """The same of the bytes of a file."""
    if len(data) > LARGEST_FILE:
        raise ContractError([_whole(source, _TOO_LARGE)])
    text = decoded(data, source)
    if isinstance(text, Problem):
        raise ContractError([text], data.decode(errors="replace"))
    return read(text, source, known_rules)


def read(text: str, source: str, known_rules: frozenset[str] = frozenset()) -> Contract:
    """The same of a text."""
    if len(text) > LARGEST_FILE:
        raise ContractError([_whole(source, _TOO_LARGE)])
    composed = compose(text, source)
    findings = Findings(source, composed.problems)
    root = composed.root
    if not isinstance(root, MapNode):
        raise ContractError(findings.problems() or [_not_a_mapping(root and root.value, source)], text)
    environments, layers = _environments(root, findings, known_rules)
    problems = findings.problems()
    if composed.repeated:
        other = Findings(source, composed.problems)
        last = compose(text, source, last=True).root
        if isinstance(last, MapNode):
            _environments(last, other, known_rules)
        problems = findings.whichever(other, composed.repeated)
    if problems:
        raise ContractError(problems, text)
    return Contract(str(root.value["project"]), source, environments, layers)


_TOO_LARGE: Final = f"a contract has at most {LARGEST_FILE // 2**20} MiB"


def _whole(source: str, message: str, remedy: str = "") -> Problem:
    return Problem(source, 0, 0, 0, "", message, (), remedy)


def _refusal(error: OSError | ValueError) -> str:
    match error:
        case FileNotFoundError():
            return "there is no such file"
        case PermissionError():
            return "the file may not be read"
        case OSError():
            return f"the file cannot be read: {error.strerror}"
    return "this is no file name"


def _not_a_mapping(value: object, source: str) -> Problem:
    remedy = "begin with project: and environments:"
    if value is None:
        return _whole(source, "the file is empty", remedy)
    return Problem(source, 1, 1, 2, "", f"a contract is a mapping, found {shown(value)}", (), remedy)


@dataclass(frozen=True, slots=True)
class _Named:
    """The id of the project, and those of the environments that have one, as they are written."""

    project: str
    environments: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Resolved:
    """One environment on its way: its merged data, and its place in the file."""

    name: str
    layers: Layers
    merged: Merged


@dataclass(slots=True)
class _Reading:
    """What is remembered from environment to environment: they share most of what they hold."""

    named: _Named
    known_rules: frozenset[str]
    judge: Judge = field(default_factory=Judge)
    judged: dict[str, Judged] = field(default_factory=dict)
    scopes: dict[str, Scope] = field(default_factory=dict)
    _seen: dict[int, tuple[Bucket, tuple[Fault, ...]]] = field(default_factory=dict)

    def faults(self, one: _Resolved) -> Iterator[Fault]:
        """Everything that is wrong with an environment."""
        if fault := _too_many_buckets(one.merged):
            return iter((fault,))
        name = self.named.environments.get(one.name)
        judged = self.judge.environment(one.merged.data, self.named.project or _UNNAMED, name or _UNNAMED)
        self.judged[one.name] = judged
        strangers = unknown_rules(one.merged.data, self.known_rules)
        found: list[Iterable[Fault]] = [one.merged.faults, judged.faults, strangers]
        buckets = self.judge.judged_buckets(one.merged.data)
        found += [map(judged.as_written, self._of_bucket(*bucket)) for bucket in buckets]
        for value in (judged.value, judged.rest) if judged.faults else (judged.value,):
            if isinstance(value, Environment) and name is not None:
                scope = self.scopes[one.name] = Scope(value, judged.broken)
                found += [map(judged.as_written, readable(check(scope))) for check in ENVIRONMENT_CHECKS]
        return _once_each(found)

    def clashes(self) -> Iterator[tuple[str, Fault]]:
        """What is wrong between environments, each fault with the one that it is placed in."""
        for name, fault in readable(clashes(self.scopes)):
            yield name, self.judged[name].as_written(fault)

    def _of_bucket(self, bucket_id: str, bucket: Bucket) -> Iterator[Fault]:
        """What is wrong with a bucket by itself; remembered, for environments share buckets."""
        if id(bucket) not in self._seen:
            faults = tuple(fault for check in BUCKET_CHECKS for fault in readable(check(bucket)))
            self._seen[id(bucket)] = (bucket, faults)
        return (fault.under("buckets", bucket_id) for fault in self._seen[id(bucket)][1])


def _environments(
    root: MapNode, findings: Findings, known_rules: frozenset[str]
) -> tuple[Mapping[str, Environment], Mapping[str, Layers]]:
    """Every environment, validated and free of contradictions as far as findings stay empty."""
    reading = _Reading(_named(root, findings), known_rules)
    resolved = list(_resolved(root))
    for one in resolved:
        findings.add(one.name, one.layers, islice(reading.faults(one), MOST_SHOWN + 1))
    layers = {one.name: one.layers for one in resolved}
    for name, fault in islice(reading.clashes(), MOST_SHOWN + 1):
        findings.add_for_all(layers[name], fault)
    return {name: scope.environment for name, scope in reading.scopes.items()}, layers


def _too_many_buckets(merged: Merged) -> Fault | None:
    buckets = merged.data.get("buckets")
    if not isinstance(buckets, dict) or len(buckets) <= MOST_BUCKETS:
        return None
    message = f"an environment has at most {MOST_BUCKETS} buckets, found {len(buckets)}"
    return Fault(("buckets",), message, (), "AWS gives no account more unless asked")


def _once_each(found: Iterable[Iterable[Fault]]) -> Iterator[Fault]:
    told: set[Fault] = set()
    for fault in chain.from_iterable(found):
        if fault not in told:
            told.add(fault)
            yield fault


def _named(root: MapNode, findings: Findings) -> _Named:
    """What project and environments are called, or would be, spelled right; what is wrong there is found."""
    head = {key: root.value[key] for key in root.value if key in _HEAD}
    try:
        Head.model_validate(head)
    except ValidationError as error:
        for fault in explained(Head, head, error):
            findings.add_for_all(Layers(root, None), fault)
    project, environments = head.get("project"), head.get("environments")
    named = _Named(nearest_id(project) if isinstance(project, str) else "")
    if not isinstance(environments, dict) or not named.project:
        return named
    if len(environments) > MOST_ENVIRONMENTS:
        message = f"a contract has at most {MOST_ENVIRONMENTS} environments, found {len(environments)}"
        findings.add_for_all(Layers(root, None), Fault(("environments",), message))
        return named
    return replace(named, environments=standing_ids(environments))


def _resolved(root: MapNode) -> Iterator[_Resolved]:
    """The environments; without any, the base by itself, so that its own faults are found."""
    base = _without_head(root)
    entry = root.entries.get("environments")
    deltas = entry.node.entries if entry is not None and isinstance(entry.node, MapNode) else {}
    for name, delta in islice(deltas.items(), MOST_ENVIRONMENTS):
        node = delta.node if isinstance(delta.node, MapNode) else None
        yield _Resolved(name, Layers(base, node), merged(Settings, base.value, node))
    if not deltas:
        yield _Resolved(_UNNAMED, Layers(base, None), Merged(base.value, ()))


def _without_head(root: MapNode) -> MapNode:
    entries = {key: entry for key, entry in root.entries.items() if key not in _HEAD}
    value: dict[str, object] = {key: entry.node.value for key, entry in entries.items()}
    return replace(root, entries=entries, value=value)
