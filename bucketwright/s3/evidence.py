"""What was answered in a run, kept so that it can be judged again: each answer once, by its digest.

`answers/ab/cdef….json` holds an outcome, `runs/RUN.json` which call had which. Secrets are blotted out; files
are for their owner alone, and are there whole or not at all.
"""

import json
import os
import re
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from tempfile import mkstemp
from typing import Final

from bucketwright.calls import Answer, Begins, Call, Done, Failure, Outcome, Send
from bucketwright.plain_text import shown
from bucketwright.s3.redaction import redacted_values

FORMAT: Final = 1
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,127}")


class KeptError(OSError):
    """What is kept cannot be read, or nothing more can be kept; the message is for people."""


@dataclass(frozen=True, slots=True)
class About:
    """What a run's index says besides the calls."""

    run: str
    time: str
    version: str
    account: str = ""
    scope: Mapping[str, object] = field(default_factory=dict)
    """What was asked for: the stack, the buckets, the rules."""
    found: Mapping[str, object] = field(default_factory=dict)
    """What the run found; nothing where that was not kept."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A folder of answers and runs."""

    folder: Path

    def runs(self) -> tuple[str, ...]:
        """The names of the runs that were kept, sorted."""
        try:
            return tuple(sorted(path.stem for path in self._runs.glob("*.json")))
        except OSError as error:
            raise _not_readable(self._runs, error) from None

    def index_of(self, run: str) -> Path:
        """Where a run's index is; KeptError where it can have no such name."""
        if not _NAME.fullmatch(run):
            raise KeptError(f"{shown(run)} is no name of a run")
        return self._runs / f"{run}.json"

    def answer_of(self, digest: str) -> Path:
        """Where an outcome is."""
        return self.folder / "answers" / digest[:2] / f"{digest[2:]}.json"

    def keep(self, outcome: Outcome) -> str:
        """Keep an outcome, unless it is there already; its digest."""
        text = canonical(_as_json(outcome))
        digest = sha256(text).hexdigest()
        path = self.answer_of(digest)
        if not _holds(path, len(text)):
            write_whole(path, text, self.folder)
        return digest

    def keep_run(self, about: About, calls: Mapping[str, tuple[Call, str]]) -> None:
        """Keep which call had which outcome."""
        entries = [_entry(*calls[identity]) for identity in sorted(calls)]
        index = {
            "format": FORMAT,
            "run": about.run,
            "time": about.time,
            "version": about.version,
            "account": about.account,
            "scope": about.scope,
            "found": redacted_values(about.found),
            "calls": entries,
        }
        write_whole(self.index_of(about.run), canonical(index), self.folder)

    @property
    def _runs(self) -> Path:
        return self.folder / "runs"


class Recorded:
    """A Send that keeps what it is answered. What cannot be kept is answered all the same; `finish` tells."""

    def __init__(self, send: Send, evidence: Evidence) -> None:
        self._send, self._evidence = send, evidence
        self._calls: dict[str, tuple[Call, str]] = {}
        self._failed: OSError | None = None

    def __call__(self, call: Call) -> Outcome:
        return self._kept(call, self._send(call))

    def _kept(self, call: Call, outcome: Outcome) -> Outcome:
        if self._failed is None:
            try:
                self._calls[call.identity] = (call, self._evidence.keep(outcome))
            except OSError as error:
                self._failed = error
        return outcome

    def finish(self, about: About) -> str:
        """Keep the run under its name; KeptError, and no run, where not all was kept."""
        try:
            if self._failed is not None:
                raise self._failed
            self._evidence.keep_run(about, dict(self._calls))
        except KeptError:
            raise
        except OSError as error:
            why = error.strerror or "it cannot be written to"
            raise KeptError(f"this run is not kept: {self._evidence.folder}: {why}") from None
        return about.run


class _BeginsRecorded(Recorded):
    """The same of a Send that need not be waited for."""

    def __init__(self, send: Begins, evidence: Evidence) -> None:
        super().__init__(send, evidence)
        self._begins = send
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="evidence")
        """Whoever makes the calls is not to wait for a disk."""

    def begin(self, call: Call, done: Done) -> None:
        """Make a call, keep what came of it, and tell."""

        def keep(outcome: Outcome | BaseException) -> None:
            try:
                self._writer.submit(self._keep, call, outcome, done)
            except RuntimeError:  # the program ends
                done(outcome)

        self._begins.begin(call, keep)

    def _keep(self, call: Call, outcome: Outcome | BaseException, done: Done) -> None:
        try:
            told: Outcome | BaseException = (
                outcome if isinstance(outcome, BaseException) else self._kept(call, outcome)
            )
        except Exception as error:  # noqa: BLE001 - raised where it can be seen
            told = error
        done(told)


def recorded(send: Send, evidence: Evidence) -> Recorded:
    """The same, keeping every answer."""
    return _BeginsRecorded(send, evidence) if isinstance(send, Begins) else Recorded(send, evidence)


def canonical(value: object) -> bytes:
    """The one text of a value: keys sorted, no spaces, nothing beyond ASCII."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False).encode("ascii")


def write_whole(path: Path, content: bytes, private: Path) -> None:
    """The file with that content for its owner alone, or no file; its folders up to `private` likewise."""
    for folder in (private, *reversed([up for up in path.parents if private in up.parents])):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _holds(path: Path, size: int) -> bool:
    """Whether a file is there, and as long as it should be: a machine that went down may have cut it."""
    try:
        return path.stat().st_size == size
    except FileNotFoundError:
        return False


def _as_json(outcome: Outcome) -> Mapping[str, object]:
    match outcome:
        case Answer(values):
            return {"values": redacted_values(values)}
        case Failure(kind, code, message):
            return {"failure": {"kind": kind, "code": code, "message": message}}


def _entry(call: Call, digest: str) -> Mapping[str, object]:
    return {
        "account": call.account,
        "region": call.region,
        "service": call.service,
        "operation": call.operation,
        "params": call.params,
        "answer": digest,
    }


def _not_readable(path: Path, error: OSError) -> KeptError:
    return KeptError(f"{path}: {error.strerror or 'it cannot be read'}")
