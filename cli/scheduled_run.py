"""How does an audit run where nobody watches: remember, look, leave reports, tell what is new, keep it?"""

import tarfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import click

from audits.telling import Folder, Post, TellingError, Topic
from bucketwright.reports.audit_message import message_of
from bucketwright.s3.addresses import AccessError
from bucketwright.s3.sessions import Access, Sessions
from bucketwright.strict_json import NotJsonError, read_json
from cli.audit import audit
from cli.audit_access import run_name
from cli.clock import now
from cli.exits import Exit
from cli.output import Output

REPORTS: Final[Mapping[str, str]] = {
    "json": "application/json",
    "jsonl": "application/x-ndjson",
    "sarif": "application/sarif+json",
    "html": "text/html; charset=utf-8",
}
"""The formats of the reports, each with its media type."""
_EVIDENCE: Final = ("answers", "runs")
_PACKED: Final = "evidence.tar.gz"
_WHOLE: Final = "json"
_ENDED: Final[Mapping[int, str]] = {
    Exit.CLEAN: "clean",
    Exit.FINDINGS: "findings",
    Exit.INCOMPLETE: "incomplete",
}


@dataclass(frozen=True, slots=True)
class Orders:
    """What runs, and where it is told."""

    words: Sequence[str]
    reports: Folder
    history: Folder
    topic: Topic


@dataclass(slots=True)
class _Ending:
    """The last line of the log: alarms wait for it."""

    run: str
    how: str = "failed"
    new: int = 0
    report: str = ""

    def as_data(self) -> Mapping[str, object]:
        return {"scheduled_audit": self.how, "run": self.run, "new": self.new, "report": self.report or None}


def orders(words: Sequence[str], reports: str, history: str, topic: str) -> Orders:
    """What was said on the command line; wrong use where it makes no sense."""
    try:
        return Orders(words, Folder.named(reports), Folder.named(history), Topic.named(topic))
    except ValueError as wrong:
        raise click.UsageError(str(wrong)) from None


def scheduled(told: Orders, output: Output) -> Exit:
    """A whole run; how it ended is said whatever happens."""
    ending = _Ending(run_name(now()))
    try:
        with TemporaryDirectory(prefix="bucketwright-") as name:
            return _run(told, Path(name), output, ending)
    except (AccessError, TellingError) as wrong:
        ending.how = "failed"
        output.error(str(wrong))
        return Exit.INCOMPLETE
    finally:
        output.json(ending.as_data())


def _run(told: Orders, folder: Path, output: Output, ending: _Ending) -> Exit:
    post = Post(told.topic, Sessions(Access(region=told.topic.region)).endpoint_url)
    runs = folder / "kept"
    remembered = runs / "history"
    remembered.mkdir(parents=True)
    post.fetch(told.history, remembered)
    before = _digests(remembered)
    code = _audited(told.words, folder, runs, output)
    report = _report(folder)
    if report is None:
        return code
    ending.report = _leave(post, told.reports, folder, ending.run)
    message = message_of(report, ending.report)
    if message is not None:
        post.tell(message.subject, message.text)
        ending.new = message.findings
    for name, digest in _digests(remembered).items():
        if before.get(name) != digest:
            post.leave(told.history, name, remembered / name, REPORTS[_WHOLE])
    ending.how = _ENDED.get(code, "failed")
    return code


def _audited(words: Sequence[str], folder: Path, runs: Path, output: Output) -> Exit:
    """The audit, as whoever types it would run it."""
    files = [word for form in REPORTS for word in ("--format", form, "--out", str(folder / f"audit.{form}"))]
    told = [*files, *words, "--keep", "--runs", str(runs)]
    return Exit(audit.main(told, prog_name="bucketwright audit", standalone_mode=False, obj=output))


def _report(folder: Path) -> Mapping[str, object] | None:
    """All that it found; None where it could not look."""
    try:
        found = read_json((folder / f"audit.{_WHOLE}").read_bytes()).value
    except (FileNotFoundError, NotJsonError):
        return None
    return found if isinstance(found, Mapping) else None


def _leave(post: Post, reports: Folder, folder: Path, run: str) -> str:
    """Where the report for people is."""
    for form, media_type in REPORTS.items():
        post.leave(reports, f"{run}/audit.{form}", folder / f"audit.{form}", media_type)
    packed = folder / _PACKED
    with tarfile.open(packed, "x:gz") as archive:
        for part in _EVIDENCE:
            if (folder / "kept" / part).is_dir():
                archive.add(folder / "kept" / part, part)
    post.leave(reports, f"{run}/{_PACKED}", packed, "application/gzip")
    return reports.url(f"{run}/audit.html")


def _digests(folder: Path) -> Mapping[str, str]:
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in sorted(folder.glob("*.json"))}
