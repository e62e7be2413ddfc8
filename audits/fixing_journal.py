"""What a fix was about to do and did, line by line: by it a fix is taken up again, and put back.

A line is on the disk before what it announces is sent. Files are for their owner alone, and one run writes.
"""

import fcntl
import json
import os
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from threading import Condition
from typing import Final

from audits.fixing_things import ContentFix
from bucketwright.calls import Failure
from bucketwright.facets.writing import Write

FORMAT: Final = 2
FOLDER: Final = "fixes"
_OWN: Final = 0o600
_OWN_FOLDER: Final = 0o700


class JournalError(Exception):
    """A journal cannot be used: its text is a sentence for people."""


class Journal:
    """The journal of a run that goes on; safe to share between threads."""

    def __init__(self, path: Path, clock: Callable[[], datetime], *, is_new: bool) -> None:
        """An OSError where it cannot be written, JournalError where another run writes it."""
        self.path: Final = path
        self._clock: Final = clock
        if is_new:
            path.parent.mkdir(mode=_OWN_FOLDER, parents=True, exist_ok=True)
        flags = os.O_RDWR | os.O_APPEND | (os.O_CREAT | os.O_EXCL if is_new else 0)
        self._file: Final = os.open(path, flags, _OWN)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(self._file)
            raise JournalError(f"{path}: another fix is still at work on it") from None
        if is_new:
            _to_disk(path.parent)
        else:
            self._cut_torn_line()
        self._written = self._kept = 0
        self._is_keeping = False
        self._turn = Condition()

    def plan(self, entry: Mapping[str, object]) -> None:
        """Add a line that need not be on the disk yet."""
        with self._turn:
            self._add(entry)

    def keep(self, entry: Mapping[str, object]) -> None:
        """Add a line, and come back once it is on the disk; one write to the disk serves all who wait."""
        with self._turn:
            self._add(entry)
            mine = self._written
            self._turn.wait_for(lambda: self._kept >= mine or not self._is_keeping)
            if self._kept >= mine:
                return
            self._is_keeping, upto = True, self._written
        try:
            os.fsync(self._file)
            with self._turn:
                self._kept = max(self._kept, upto)
        finally:
            with self._turn:
                self._is_keeping = False
                self._turn.notify_all()

    def begin(self, number: int, kept: str = "") -> None:
        """That a change is about to be sent; `kept` stands for all that is not to change by it."""
        self.keep({"is": "begin", "number": number, "time": self._time(), "kept": kept})

    def upload(self, number: int, upload: str) -> None:
        """That a copy in parts was begun."""
        self.keep({"is": "upload", "number": number, "upload": upload})

    def left(self, number: int, content: str) -> None:
        """Which content a change left; it is on the disk with the next line that has to be."""
        self.plan({"is": "left", "number": number, "content": content})

    def end(self, number: int, state: str, reason: str, calls: Iterable[Mapping[str, object]] = ()) -> None:
        """What became of a change."""
        told = {"state": state, "reason": reason, "calls": list(calls)}
        self.keep({"is": "end", "number": number, "time": self._time(), **told})

    def undone(self, number: int, state: str, reason: str) -> None:
        """What became of putting one back."""
        self.keep({"is": "undone", "number": number, "time": self._time(), "state": state, "reason": reason})

    def undoing(self, number: int) -> None:
        """That one is about to be put back."""
        self.keep({"is": "undoing", "number": number, "time": self._time()})

    def close(self) -> None:
        """Let others at it."""
        with suppress(OSError):
            os.close(self._file)

    def drop(self) -> None:
        """Nothing was changed, and nothing is to be told of."""
        self.close()
        self.path.unlink(missing_ok=True)

    def _add(self, entry: Mapping[str, object]) -> None:
        line = json.dumps(entry, separators=(",", ":")).encode("ascii") + b"\n"
        sent = os.write(self._file, line)
        if sent != len(line):
            os.ftruncate(self._file, os.fstat(self._file).st_size - sent)
            raise OSError(28, "no room for a whole line", str(self.path))
        self._written += 1

    def _time(self) -> str:
        return self._clock().isoformat()

    def _cut_torn_line(self) -> None:
        """What a run that was killed had written half."""
        size = os.fstat(self._file).st_size
        while size and os.pread(self._file, 1, size - 1) != b"\n":
            size -= 1
        os.ftruncate(self._file, size)


def fix_line(fix: ContentFix) -> dict[str, object]:
    """One change inside a bucket, as a journal holds it."""
    thing = fix.thing
    told = {
        "is": "content",
        "number": fix.number,
        "address": fix.address,
        "bucket": fix.bucket,
        "thing": [thing.bucket, thing.key, thing.region, thing.signer, thing.version, thing.upload],
        "before": fix.before,
        "after": fix.after,
        "ends": fix.ends,
        "etag": fix.etag,
        "irrevocable": fix.irrevocable,
        "replaced": fix.replaced,
    }
    return {name: value for name, value in told.items() if value not in ("", ())}


def call_line(write: Write) -> dict[str, object]:
    """One call that sets something, as a plan or a journal shows it."""
    call = write.call
    told = {"service": call.service, "operation": call.operation, "params": dict(call.params)}
    return {
        **told,
        "region": call.region,
        "account": call.account,
        "permission": write.permission,
        "harmless": sorted(write.harmless),
    }


def came(write: Write, outcome: object) -> dict[str, object]:
    """What came of a call, in few words."""
    failed = f"{outcome.kind} {outcome.code}".strip() if isinstance(outcome, Failure) else ""
    return {"operation": write.call.operation, **({"failed": failed} if failed else {})}


def _to_disk(folder: Path) -> None:
    """That a file is in it."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
