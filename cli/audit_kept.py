"""Which run is meant that was kept, and what is kept of one?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bucketwright import __version__
from bucketwright.calls import Send
from bucketwright.looking.object_reads import UPLOADS
from bucketwright.s3.evidence import About, Evidence
from bucketwright.s3.replaying import answering, run_of


@dataclass(frozen=True, slots=True)
class Past:
    """An earlier run."""

    send: Send
    about: About
    has_contents: bool
    """Whether it was kept what was answered of what lies in the buckets."""

    @property
    def time(self) -> datetime:
        return datetime.fromisoformat(self.about.time)


def past(folder: Path, run: str) -> Past:
    """An earlier run, to be judged again; KeptError where there is none."""
    evidence = Evidence(folder)
    kept = run_of(evidence, run)
    return Past(answering(evidence, kept), kept.about, UPLOADS.operation in kept.operations)


def about(run: str, now: datetime, account: str, scope: Mapping[str, object]) -> About:
    """What is kept of a run besides what was answered."""
    return About(run, now.isoformat(), __version__, account, scope)
