"""What would be answered if it were asked as in an earlier run? What was kept, if it is unchanged."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final, get_args

from bucketwright.calls import Answer, Call, Failure, FailureKind, Outcome, Send
from bucketwright.plain_text import clipped, did_you_mean, shown
from bucketwright.s3.evidence import FORMAT, About, Evidence, KeptError
from bucketwright.strict_json import NotJsonError, read_json

_DIGEST: Final = re.compile("[0-9a-f]{64}")
_NOT_KEPT: Final = Failure("refused", "NotKept", "this was not asked in that run")
_CHANGED: Final = Failure("refused", "Changed", "what was kept of this answer has been changed since")
_KINDS: Final[Mapping[str, FailureKind]] = {kind: kind for kind in get_args(FailureKind)}


@dataclass(frozen=True, slots=True)
class Run:
    """One run that was kept."""

    about: About
    digests: Mapping[str, str]
    """Of the outcomes, by the identities of the calls."""
    operations: frozenset[str]
    """What was asked, as AWS calls it."""


def run_of(evidence: Evidence, name: str) -> Run:
    """A run by its name; KeptError where there is none, or it cannot be read."""
    path = evidence.index_of(name)
    if not path.is_file():
        known = evidence.runs()
        near = did_you_mean(name, known)
        latest = f"the latest is {shown(known[-1])}" if known else f"{evidence.folder} holds none"
        raise KeptError(f"no run {shown(name)} was kept; {near or latest}")
    index = _mapping(_read(path), path)
    if index.get("format") != FORMAT:
        raise KeptError(
            f"{path}: kept by another version of this tool, in format {shown(index.get('format'))}"
        )
    entries = index.get("calls")
    if not isinstance(entries, list):
        raise _unreadable(path)
    pairs = [_entry(_mapping(entry, path), path) for entry in entries]
    digests = {call.identity: digest for call, digest in pairs}
    return Run(_about(index, path), digests, frozenset(call.operation for call, _ in pairs))


def replayed(evidence: Evidence, name: str) -> Send:
    """A Send that answers from a run; what was not asked then is not answered now."""
    return answering(evidence, run_of(evidence, name))


def answering(evidence: Evidence, run: Run) -> Send:
    """The same of a run that was read already."""
    digests = run.digests

    def answer(call: Call) -> Outcome:
        digest = digests.get(call.identity)
        return _NOT_KEPT if digest is None else _outcome(evidence.answer_of(digest), digest)

    return answer


def _outcome(path: Path, digest: str) -> Outcome:
    try:
        raw = path.read_bytes()
    except OSError:
        return _NOT_KEPT
    if sha256(raw).hexdigest() != digest:
        return _CHANGED
    try:
        kept = read_json(raw).value
    except NotJsonError:
        return _CHANGED
    match kept:
        case {"values": dict() as values}:
            return Answer(values)
        case {"failure": {"kind": str() as kind, "code": str() as code, "message": str() as message}}:
            return Failure(_KINDS.get(kind, "refused"), code, message)
    return _CHANGED


def _about(index: Mapping[str, object], path: Path) -> About:
    said = {name: _text(index, name, path) for name in ("run", "time", "version", "account")}
    found = _mapping(index.get("found", {}), path)
    return About(**said, scope=_mapping(index.get("scope"), path), found=found)


def _entry(entry: Mapping[str, object], path: Path) -> tuple[Call, str]:
    named = {name: _text(entry, name, path) for name in ("service", "operation", "region", "account")}
    digest = _text(entry, "answer", path)
    if not _DIGEST.fullmatch(digest):
        raise _unreadable(path)
    call = Call(
        named["service"],
        named["operation"],
        _mapping(entry.get("params"), path),
        named["region"],
        named["account"],
    )
    return call, digest


def _read(path: Path) -> object:
    try:
        return read_json(path.read_bytes()).value
    except OSError as error:
        raise KeptError(f"{path}: {error.strerror or 'it cannot be read'}") from None
    except NotJsonError as error:
        raise KeptError(f"{path}: {clipped(str(error), 200)}") from None


def _mapping(value: object, path: Path) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise _unreadable(path)
    return value


def _text(entry: Mapping[str, object], name: str, path: Path) -> str:
    value = entry.get(name)
    if not isinstance(value, str):
        raise _unreadable(path)
    return value


def _unreadable(path: Path) -> KeptError:
    return KeptError(f"{path}: not a run as this tool keeps it")
