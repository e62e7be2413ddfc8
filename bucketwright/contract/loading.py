"""How does a text become a contract, or everything that is wrong with it at once?"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path as FilePath
from stat import S_ISDIR, S_ISREG
from typing import Final

from pydantic import ValidationError

from bucketwright.contract.buckets import Bucket
from bucketwright.contract.composing import MapNode, compose
from bucketwright.contract.contradictions import BUCKET_CHECKS, ENVIRONMENT_CHECKS, Scope, clashes, readable
from bucketwright.contract.locating import Findings
from bucketwright.contract.merging import Layers, Merged, merged
from bucketwright.contract.model import Contract, Environment, Head, Settings
from bucketwright.contract.problems import MOST_SHOWN, ContractError, Fault, Problem
from bucketwright.contract.syntax import decoded
from bucketwright.contract.validating import Judge
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


def load(path: FilePath) -> Contract:
    """The contract in a file; ContractError with every problem where there is none."""
    return load_bytes(contract_bytes(path), str(path))


def contract_bytes(path: FilePath) -> bytes:
    """The bytes of a contract file; ContractError where there is no such file, or it is none to be read."""
    try:
        return file_bytes(path, LARGEST_FILE)
    except UnreadableError as error:
        raise ContractError([_whole(str(path), error.message, error.help)]) from None


def load_bytes(data: bytes, source: str) -> Contract:
    """The contract in the bytes of a file; ContractError with every problem where there is none."""
    if len(data) > LARGEST_FILE:
        raise ContractError([_whole(source, _TOO_LARGE)])
    text = decoded(data, source)
    if isinstance(text, Problem):
        raise ContractError([text], data.decode(errors="replace"))
    return read(text, source)


def read(text: str, source: str) -> Contract:
    """The contract in a text; ContractError with every problem where there is none."""
    if len(text) > LARGEST_FILE:
        raise ContractError([_whole(source, _TOO_LARGE)])
    composed = compose(text, source)
    findings = Findings(source, composed.problems)
    root = composed.root
    if not isinstance(root, MapNode):
        raise ContractError(findings.problems() or [_not_a_mapping(root and root.value, source)], text)
    environments, layers = _environments(root, findings)
    problems = findings.problems()
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
class _Resolved:
    """One environment on its way: its merged data, and its place in the file."""

    name: str
    layers: Layers
    merged: Merged


def _environments(
    root: MapNode, findings: Findings
) -> tuple[Mapping[str, Environment], Mapping[str, Layers]]:
    """Every environment, validated and free of contradictions as far as findings stay empty."""
    named = _head_is_sound(root, findings)
    judge = Judge()
    seen: dict[int, tuple[Bucket, tuple[Fault, ...]]] = {}
    scopes: dict[str, Scope] = {}
    resolved = list(_resolved(root))
    for one in resolved:
        if fault := _too_many_buckets(one.merged):
            findings.add(one.name, one.layers, (fault,))
            continue
        project = str(root.value.get("project")) if named else _UNNAMED
        judged = judge.environment(one.merged.data, project, one.name if named else _UNNAMED)
        found: list[Iterator[Fault]] = [iter(one.merged.faults), iter(judged.faults)]
        buckets = judge.judged_buckets(one.merged.data)
        found += [_bucket_faults(bucket_id, bucket, seen) for bucket_id, bucket in buckets]
        for value in (judged.value, judged.rest) if judged.faults else (judged.value,):
            if isinstance(value, Environment) and named:
                scope = scopes[one.name] = Scope(value, judged.broken)
                found += [readable(check(scope)) for check in ENVIRONMENT_CHECKS]
        findings.add(one.name, one.layers, islice(_once_each(found), MOST_SHOWN + 1))
    layers = {one.name: one.layers for one in resolved}
    for name, fault in islice(readable(clashes(scopes)), MOST_SHOWN + 1):
        findings.add_for_all(layers[name], fault)
    return {name: scope.environment for name, scope in scopes.items()}, layers


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


def _head_is_sound(root: MapNode, findings: Findings) -> bool:
    """Whether project and environments can be named."""
    head = {key: root.value[key] for key in root.value if key in _HEAD}
    try:
        Head.model_validate(head)
    except ValidationError as error:
        for fault in explained(Head, head, error):
            findings.add_for_all(Layers(root, None), fault)
        return False
    environments = root.value["environments"]
    if isinstance(environments, dict) and len(environments) > MOST_ENVIRONMENTS:
        message = f"a contract has at most {MOST_ENVIRONMENTS} environments, found {len(environments)}"
        findings.add_for_all(Layers(root, None), Fault(("environments",), message))
        return False
    return True


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


def _bucket_faults(
    bucket_id: str, bucket: Bucket, seen: dict[int, tuple[Bucket, tuple[Fault, ...]]]
) -> Iterator[Fault]:
    """What is wrong with a bucket by itself; remembered, for environments share buckets."""
    if id(bucket) not in seen:
        faults = tuple(fault for check in BUCKET_CHECKS for fault in readable(check(bucket)))
        seen[id(bucket)] = (bucket, faults)
    return (fault.under("buckets", bucket_id) for fault in seen[id(bucket)][1])
