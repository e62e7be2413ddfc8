"""`bucketwright access`: who may do what on which prefix."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, Literal

import click

from bucketwright.contract.access import Row, access_matrix
from bucketwright.iam.reach import NOT_CONSIDERED
from cli.commands import command
from cli.output import Output, Tint
from cli.sound import environment_options, one_environment

WIDTH: Final = 80
_GAP: Final = 2


@command("access")
@environment_options
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="A table, or JSON."
)
@click.pass_obj
def access(output: Output, named: Path | None, env: str | None, form: Literal["text", "json"]) -> None:
    """A row for each prefix, a column for each grantee. Readers may also list below their prefixes. Below
    the table stand the keys that a grantee loses because they look like those of a prefix it was not
    granted.
    """
    environment = one_environment(named, env, output)
    rows = access_matrix(environment)
    if form == "json":
        output.json(as_json(environment.name, rows), indent=2)
        return
    for number, block in enumerate(_blocks(rows)):
        if number:
            output.result("")
        head, *lines = block
        output.result(head, Tint.PLACE)
        for line in lines:
            output.result(line)
    for line in _lost(rows):
        output.result(line)
    if not rows:
        output.result("nobody is granted anything")
    output.note(f"not considered: {', '.join(NOT_CONSIDERED)}")


def as_json(environment: str, rows: Sequence[Row]) -> dict[str, object]:
    """The grants for scripts."""
    return {
        "version": 1,
        "environment": environment,
        "grants": [
            {
                "grantee": row.access_id,
                "kind": row.kind,
                "bucket": row.bucket_id,
                "prefix": row.prefix_id,
                "pattern": row.pattern,
                "verbs": list(row.verbs),
                "lost": list(row.lost),
            }
            for row in rows
        ],
        "not_considered": list(NOT_CONSIDERED),
    }


def _blocks(rows: Sequence[Row]) -> Iterator[list[str]]:
    """Tables of as many grantees as fit side by side."""
    addresses = list(dict.fromkeys(f"{row.bucket_id}/{row.prefix_id}" for row in rows))
    cells = {(row.access_id, f"{row.bucket_id}/{row.prefix_id}"): "+".join(row.verbs) for row in rows}
    first = max(map(len, addresses), default=0)
    for grantees in _columns(dict.fromkeys(row.access_id for row in rows), cells, WIDTH - first):
        wide = {one: _width(one, cells) for one in grantees}
        table = [" " * first + "".join(f"{'':{_GAP}}{one:{wide[one]}}" for one in grantees)]
        table += [
            f"{address:{first}}"
            + "".join(f"{'':{_GAP}}{cells.get((one, address), '-'):{wide[one]}}" for one in grantees)
            for address in addresses
        ]
        yield [line.rstrip() for line in table]


def _columns(grantees: dict[str, None], cells: dict[tuple[str, str], str], room: int) -> Iterator[list[str]]:
    block: list[str] = []
    for grantee in grantees:
        if block and sum(_GAP + _width(one, cells) for one in (*block, grantee)) > room:
            yield block
            block = []
        block.append(grantee)
    if block:
        yield block


def _width(grantee: str, cells: dict[tuple[str, str], str]) -> int:
    return max(len(grantee), *(len(cell) for (one, _), cell in cells.items() if one == grantee))


def _lost(rows: Sequence[Row]) -> Iterator[str]:
    lost = [(row, key) for row in rows for key in row.lost]
    if lost:
        yield ""
        yield "Refused, because they look like keys of a prefix that was not granted:"
        for row, key in lost:
            yield f"  {row.access_id} on {row.bucket_id}/{row.prefix_id}: keys such as {key}"
