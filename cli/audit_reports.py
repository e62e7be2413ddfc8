"""Into which form is an audit put, and where does it go: a line after the other, or a file that is whole?"""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final

from bucketwright import __version__
from bucketwright.audited import Audit
from bucketwright.reports import audit_json, audit_markdown, audit_text
from bucketwright.reports.audit_rows import rows
from bucketwright.reports.sarif import as_sarif
from bucketwright.s3.evidence import write_whole
from cli.audit_destinations import Destinations
from cli.audit_options import Format
from cli.contract_option import PROJECT_FILE
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
