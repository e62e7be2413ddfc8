"""A process that writes a ledger and kills itself where it is told to; each life goes on from the last."""

import os
import signal
import sys
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from types import FrameType
from typing import Final
from unittest.mock import patch

from audits.ledger import Span, compacting, parts, writing
from audits.ledger.ledger import Ledger
from audits.ledger.spans import Range
from tests.audits.ledger.rows import BUCKET, columns_of, day, opened, row

State = Mapping[str, str]
CUTS: Final = ("", "k03", "k06", None)
BEFORE: Final[State] = {f"k{number:02}": "1" for number in range(10)}
FULL: Final[State] = {f"k{number:02}": "2" for number in range(0, 10, 2)}
CHANGED: Final[State] = {**{key: etag for key, etag in FULL.items() if key != "k04"}, "k00": "3", "k05": "3"}
STATES: Final = (BEFORE, FULL, CHANGED)
"""What there is before, and after each of the two runs."""


def spans() -> list[Range]:
    """The keys, in three parts."""
    return [(low or "", high) for low, high in pairwise(CUTS)]


def here(state: State, span: Range) -> dict[str, str]:
    """What of a state lies in a range."""
    return {key: etag for key, etag in state.items() if span[0] < key and (span[1] is None or key <= span[1])}


def all_told(ledger: Ledger) -> None:
    """A run that tells everything, part by part; and one that tells what changed."""
    done = {run.name for run in ledger.manifest(BUCKET).runs}
    if "full" not in done:
        with ledger.writing(BUCKET, "full") as writer:
            for span in spans():
                if span not in writer.finished:
                    writer.replace(
                        Span(*span, day(1)), columns_of(row(*one) for one in here(FULL, span).items())
                    )
                    writer.flush()
    if "changed" not in done:
        with ledger.writing(BUCKET, "changed") as writer:
            for span in spans():
                was, now = here(FULL, span), here(CHANGED, span)
                new = [row(key, etag) for key, etag in now.items() if was.get(key) != etag]
                writer.add(Span(*span, day(2)), columns_of(new), [(key, "") for key in was if key not in now])
                writer.flush()


class _Counting:
    """Counts the calls of functions of the ledger, and of those that act on files."""

    def __init__(self, last: int) -> None:
        self.calls = 0
        self._last: Final = last

    def __call__(self, frame: FrameType, event: str, _argument: object) -> None:
        if event in {"call", "c_call"} and f"audits{os.sep}ledger" in frame.f_code.co_filename:
            self.calls += 1
            if self.calls == self._last:
                os.kill(os.getpid(), signal.SIGKILL)


def live(folder: Path, last: int) -> int:
    """Write until that call; how many there were."""
    counting = _Counting(last)
    with (
        patch.object(parts, "GROUP_ROWS", 2),
        patch.object(compacting, "GROUP_ROWS", 2),
        patch.object(writing, "MOST_SMALL", 2),
        opened(folder) as ledger,
    ):
        sys.setprofile(counting)
        all_told(ledger)
        sys.setprofile(None)
    return counting.calls


def killed(folder: Path, last: int) -> bool:
    """Let a process of its own live until that call; whether it was killed there."""
    child = os.fork()
    if child == 0:
        try:
            live(folder, last)
        except BaseException:  # noqa: BLE001 - whatever it is, this process must not go on as a test run
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code in {0, -signal.SIGKILL}
    return code != 0
