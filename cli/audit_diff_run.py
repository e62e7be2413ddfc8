"""`bucketwright audit diff`: two runs that were kept, by what each of them found."""

from functools import partial
from pathlib import Path

from bucketwright.plain_text import shown
from bucketwright.reports.audit_kept import NotKeptError, read
from bucketwright.s3.evidence import KeptError
from cli.audit_diff import Side, between, lines
from cli.audit_extent import extent_of
from cli.audit_kept import past
from cli.audit_options import Compared
from cli.audit_refusals import plainly
from cli.exits import Exit
from cli.output import Output


def run_diff(output: Output, names: tuple[str, str], told: Compared) -> Exit:
    """Two runs, by what each of them found."""
    return plainly(output, partial(_diff, output, names, told))


def _diff(output: Output, names: tuple[str, str], told: Compared) -> Exit:
    found = between(*(_side(told["runs"], name) for name in names))
    if told["form"] == "json":
        output.json(found.as_data(), indent=2)
    else:
        for line in lines(found):
            output.result(line)
    if found.new:
        return Exit.FINDINGS
    return Exit.INCOMPLETE if found.undecided else Exit.CLEAN


def _side(folder: Path, name: str) -> Side:
    earlier = past(folder, name)
    try:
        kept = read(earlier.about.found)
    except NotKeptError:
        raise KeptError(
            f"what run {shown(name)} found was not kept with it; audit again, and compare with that run"
        ) from None
    return Side(name, earlier.time, extent_of(earlier.about.scope), kept)
