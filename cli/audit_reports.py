"""Into which form is an audit put, and where does it go: a line after the other, or a file that is whole?"""

import errno
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import click

from bucketwright import __version__
from bucketwright.audited import Audit
from bucketwright.reports import audit_json, audit_markdown, audit_text
from bucketwright.reports.audit_rows import rows
from bucketwright.reports.sarif import as_sarif
from bucketwright.s3.evidence import write_whole
from cli.audit_options import Format
from cli.contract_file import PROJECT_FILE
from cli.output import Output, json_text

Tell = Callable[[Audit, bool], Iterator[str]]
"""The lines of a report; whether what is kept is said, too."""


def _text(audit: Audit, passing: bool) -> Iterator[str]:
    return audit_text.lines(audit, passing=passing)


def _jsonl(audit: Audit, passing: bool) -> Iterator[str]:
    return (json_text(row) for row in rows(audit, passing=passing))


def _json(audit: Audit, passing: bool) -> Iterator[str]:
    yield from json_text(audit_json.as_json(audit, passing=passing), indent=2).split("\n")


def _markdown(audit: Audit, _: bool) -> Iterator[str]:
    return audit_markdown.page(audit)


def _sarif(audit: Audit, _: bool) -> Iterator[str]:
    whole = as_sarif(audit.as_review(), __version__, PROJECT_FILE)
    yield from json_text(whole, indent=2).split("\n")


def _html(audit: Audit, passing: bool) -> Iterator[str]:
    from cli.html_report import html_report  # noqa: PLC0415 - brings Jinja, which no other format needs

    yield from html_report(audit, passing=passing).split("\n")


FORMS: Final[Mapping[Format, Tell]] = {
    "text": _text,
    "jsonl": _jsonl,
    "json": _json,
    "markdown": _markdown,
    "sarif": _sarif,
    "html": _html,
}


@dataclass(frozen=True, slots=True)
class Destinations:
    """What goes where."""

    shown: Format
    """On stdout."""
    files: tuple[tuple[Format, Path], ...]


def destinations(forms: Sequence[Format], outs: Sequence[Path]) -> Destinations:
    """Each format goes into the file in the same place; one that has none is shown, else the text is."""
    if len(outs) > len(forms):
        raise click.UsageError(f"--out {outs[len(forms)]} has no --format; say one for each --out, in order")
    rest = forms[len(outs) :]
    if len(rest) > 1:
        raise click.UsageError(f"only one --format goes to stdout; name a file with --out for {rest[0]}")
    for path in outs:
        _refuse_unwritable(path)
    return Destinations(rest[0] if rest else "text", tuple(zip(forms, outs, strict=False)))


def tell(audit: Audit, to: Destinations, output: Output, *, passing: bool) -> None:
    """Write every file, whole or not at all, and show the rest; OSError, at the end, where one cannot be."""
    failed = [error for form, path in to.files for error in _write(FORMS[form](audit, passing), path)]
    if to.shown == "text":
        head, *lines = FORMS["text"](audit, passing)
        output.summary(head)
        for line in lines:
            output.result(line)
    else:
        for line in FORMS[to.shown](audit, passing):
            output.result(line)
    for error in failed:
        raise error


def _write(lines: Iterator[str], path: Path) -> Iterator[OSError]:
    """Why a file could not be written, where that is so."""
    content = "".join(f"{line}\n" for line in lines).encode("utf-8", "backslashreplace")
    try:
        write_whole(path.resolve(), content, path.resolve().parent)
    except OSError as error:
        yield OSError(error.errno, error.strerror, str(path))


def _refuse_unwritable(path: Path) -> None:
    """Before anything is asked, not after minutes of asking."""
    if not path.parent.is_dir():
        raise click.UsageError(f"--out {path}: there is no folder {path.parent}")
    if path.exists() and not path.is_file():
        raise click.UsageError(f"--out {path}: that is no file, and a report would take its place")
    if not os.access(path.parent, os.W_OK):
        raise OSError(errno.EACCES, os.strerror(errno.EACCES), str(path.parent))
