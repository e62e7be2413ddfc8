"""`bucketwright access`: who may do what on which prefix."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import click

from bucketwright.contract.access.findings import Unusable
from bucketwright.contract.access.grantees import not_let_in
from bucketwright.contract.access.key_policy import GivenKey, given_keys
from bucketwright.contract.access.matrix import NOT_CONSIDERED, Row, access_matrix
from cli.commands import command
from cli.forms import Form, form_option
from cli.output import Output, json_text
from cli.sound import environment_options, one_environment

WIDTH: Final = 80
_GAP: Final = 2


@command("access")
@environment_options
@form_option("A table, or JSON.")
@click.pass_obj
def access(output: Output, named: Path | None, env: str | None, form: Form) -> None:
    """A row for each prefix, a column for each grantee. Readers may also list below their prefixes. Below
    the table stand what readers have to restore from an archive first, the keys that a grantee loses
    because they look like those of a prefix it was not granted, services that are let in nowhere, and what
    the owners of given KMS keys have to add.
    """
    environment = one_environment(named, env, output)
    rows, refused, given = access_matrix(environment), not_let_in(environment), given_keys(environment)
    if form == "json":
        output.json(
            {"version": 1, "environment": environment.name, **as_json(rows, refused, given)}, indent=2
        )
        return
    for number, block in enumerate(_blocks(rows)):
        if number:
            output.result("")
        output.block(block)
    for line in (*_restored(rows), *_lost(rows), *_refused(refused), *_to_add(given)):
        output.result(line)
    if not rows and not refused:
        output.result("nobody is granted anything")
    output.note(f"not considered: {', '.join(NOT_CONSIDERED)}")


def as_json(rows: Sequence[Row], refused: Sequence[Unusable], given: Sequence[GivenKey]) -> dict[str, object]:
    """The grants for scripts."""
    return {
        "grants": [
            {
                "grantee": row.access_id,
                "kind": row.kind,
                "bucket": row.bucket_id,
                "prefix": row.prefix_id,
                "pattern": row.pattern,
                "verbs": list(row.verbs),
                "restores": row.restores,
                "lost": [{"key": one.key, "verbs": list(one.verbs)} for one in row.losses],
            }
            for row in rows
        ],
        "not_let_in": [{"grantee": one.access_id, "because": one.because} for one in refused],
        "given_keys": [
            {"key": one.arn, "statements": list(one.statements), "unknown": one.because or None}
            for one in given
        ],
        "not_considered": list(NOT_CONSIDERED),
    }


def _blocks(rows: Sequence[Row]) -> Iterator[list[str]]:
    """Tables of as many grantees as fit side by side."""
    addresses = list(dict.fromkeys(f"{row.bucket_id}/{row.prefix_id}" for row in rows))
    cells = {(row.access_id, f"{row.bucket_id}/{row.prefix_id}"): "+".join(row.verbs) for row in rows}
    first = max(map(len, addresses), default=0)
    wide = {row.access_id: len(row.access_id) for row in rows}
    for (grantee, _), cell in cells.items():
        wide[grantee] = max(wide[grantee], len(cell))
    for grantees in _columns(wide, WIDTH - first):
        table = [" " * first + "".join(f"{'':{_GAP}}{one:{wide[one]}}" for one in grantees)]
        table += [
            f"{address:{first}}"
            + "".join(f"{'':{_GAP}}{cells.get((one, address), '-'):{wide[one]}}" for one in grantees)
            for address in addresses
        ]
        yield [line.rstrip() for line in table]


def _columns(wide: Mapping[str, int], room: int) -> Iterator[list[str]]:
    block: list[str] = []
    for grantee in wide:
        if block and sum(_GAP + wide[one] for one in (*block, grantee)) > room:
            yield block
            block = []
        block.append(grantee)
    if block:
        yield block


def _restored(rows: Sequence[Row]) -> Iterator[str]:
    readers: dict[str, list[str]] = {}
    for row in rows:
        if row.restores:
            readers.setdefault(f"{row.bucket_id}/{row.prefix_id}", []).append(row.access_id)
    if readers:
        yield ""
        yield "May lie in an archive; whoever reads may restore, which costs money and changes no object:"
        yield from (f"  {address}: {', '.join(who)}" for address, who in readers.items())


def _lost(rows: Sequence[Row]) -> Iterator[str]:
    lost = [(row, loss) for row in rows for loss in row.losses]
    if lost:
        yield ""
        yield "Refused, because they look like keys of a prefix that was not granted:"
        for row, loss in lost:
            lose = "loses" if len(loss.verbs) == 1 else "lose"
            yield (
                f"  {row.access_id} on {row.bucket_id}/{row.prefix_id}: "
                f"{' and '.join(loss.verbs)} {lose} keys such as {loss.key}"
            )


def _refused(refused: Sequence[Unusable]) -> Iterator[str]:
    if refused:
        yield ""
        yield "Granted something, and yet let in nowhere:"
        yield from (f"  {one.access_id}: {one.because}" for one in refused)


def _to_add(given: Sequence[GivenKey]) -> Iterator[str]:
    """The statements as a JSON list, ready for the policy of the key."""
    for one in given:
        if one.because:
            yield ""
            yield f"What the owner of {one.arn} has to add to its policy is unknown: {one.because}"
        elif one.statements:
            yield ""
            yield f"The owner of {one.arn} has to add to its policy:"
            yield from json_text(one.statements, indent=2).split("\n")
