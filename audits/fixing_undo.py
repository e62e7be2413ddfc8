"""What puts back what a fix changed, and a log of what was sent: files for their owner alone."""

import json
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from audits.fixing import Step
from audits.fixing_apply import Done
from bucketwright.calls import Call, Failure, Outcome
from bucketwright.facets.writing import Write
from bucketwright.plain_text import shown
from bucketwright.s3.evidence import write_whole
from bucketwright.s3.redaction import redacted_values
from bucketwright.strict_json import NotJsonError, read_json

FORMAT: Final = 1
_OWN: Final = 0o600
_SETTINGS: Final = re.compile(
    r"s3:(Put|Delete)(Bucket[A-Za-z]+|PublicAccessBlock|Object(Acl|Tagging|LockConfiguration))"
    r"|s3control:(Put|Delete)PublicAccessBlock"
    r"|iam:(Put|Delete)Role(Policy|PermissionsBoundary)|iam:(Attach|Detach)RolePolicy"
    r"|iam:Update(AssumeRolePolicy|Role)"
    r"|kms:(PutKeyPolicy|(En|Dis)ableKey(Rotation)?|CancelKeyDeletion|(Create|Update|Delete)Alias)"
    r"|sqs:SetQueueAttributes|access-?analyzer:(Create|Delete)Analyzer"
)
"""Calls that set what an audit reads. Nothing else is sent because a file says so."""


class UndoError(Exception):
    """A file of that kind cannot be used: its text is a sentence for people."""


@dataclass(frozen=True, slots=True)
class Undo:
    """What puts one change back."""

    address: str
    fact: str
    writes: tuple[Write, ...]
    irrevocable: str = ""
    """Why no call does."""


def undo_of(several: Iterable[Done]) -> tuple[Undo, ...]:
    """Of all that was sent, the last first; also of what was only half made."""
    return undo_of_steps(done.step for done in several if done.sent)


def undo_of_steps(steps: Iterable[Step]) -> tuple[Undo, ...]:
    """Of all of them, the last first."""
    return tuple(Undo(one.address, one.fact, one.undo, one.irrevocable) for one in reversed(tuple(steps)))


def keep_undo(path: Path, several: Iterable[Undo], time: datetime) -> None:
    """Write the file, whole or not at all; an OSError where it cannot be."""
    undos = [
        {
            "address": one.address,
            "fact": one.fact,
            "irrevocable": one.irrevocable,
            "calls": [
                {**as_data(write), "permission": write.permission, "harmless": sorted(write.harmless)}
                for write in one.writes
            ],
        }
        for one in several
    ]
    text = json.dumps({"format": FORMAT, "time": time.isoformat(), "undo": undos}, indent=1)
    write_whole(path, text.encode(), path.parent)


def read_undo(path: Path) -> tuple[Undo, ...]:
    """What a file says; UndoError where it is no such file, or would do anything else."""
    try:
        found = read_json(path.read_bytes()).value
    except OSError as error:
        raise UndoError(f"{path}: {error.strerror or 'it cannot be read'}") from None
    except NotJsonError as error:
        raise UndoError(f"{path} is {error}") from None
    if not isinstance(found, Mapping) or found.get("format") != FORMAT:
        raise UndoError(f"{path} was not written by this version of `fix`")
    try:
        return tuple(_undo(one) for one in _several(found["undo"]))
    except (KeyError, TypeError) as error:
        raise UndoError(f"{path} was changed since `fix` wrote it: {error}") from None


def as_data(write: Write) -> dict[str, object]:
    """One call, as a file or a plan shows it."""
    call = write.call
    data = {"service": call.service, "operation": call.operation, "params": dict(call.params)}
    return {**data, "region": call.region, "account": call.account}


@dataclass(frozen=True, slots=True)
class Log:
    """A line before each call that changes something, and one after it; never rewritten."""

    path: Path

    def note(self, time: datetime, write: Write, outcome: Outcome | None) -> None:
        """Add a line; an OSError where it cannot be, before anything is sent."""
        line = {"time": time.isoformat(), **as_data(write), "came": _came(outcome)}
        text = json.dumps(redacted_values(line), default=str, separators=(",", ":"))
        handle = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, _OWN)
        with os.fdopen(handle, "a", encoding="utf-8") as file:
            file.write(f"{text}\n")


def _came(outcome: Outcome | None) -> str:
    match outcome:
        case None:
            return "about to be sent"
        case Failure(kind, code):
            return f"failed: {kind} {code}".strip()
    return "done"


def _undo(found: object) -> Undo:
    if not isinstance(found, Mapping):
        raise TypeError("an entry is no object")
    writes = tuple(_write(one) for one in _several(found["calls"]))
    return Undo(str(found["address"]), str(found["fact"]), writes, str(found["irrevocable"]))


def _write(found: object) -> Write:
    if not isinstance(found, Mapping) or not isinstance(found.get("params"), Mapping):
        raise TypeError("a call is no object with parameters")
    name = f"{found['service']}:{found['operation']}"
    if not _SETTINGS.fullmatch(name):
        raise TypeError(f"{shown(name)} is no call that puts a setting back")
    call = Call(
        str(found["service"]),
        str(found["operation"]),
        found["params"],
        str(found["region"]),
        str(found["account"]),
    )
    return Write(call, str(found["permission"]), frozenset(map(str, _several(found["harmless"]))))


def _several(found: object) -> list[object]:
    if not isinstance(found, list):
        raise TypeError("a list is none")
    return found
