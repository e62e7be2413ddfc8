"""`bucketwright ls`: which prefixes has the contract, and which objects lie there?"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal, Unpack, get_args

import click

from bucketwright.contract.placement import addresses
from bucketwright.plain_text import counted, shown
from bucketwright.storage.errors import NotFound
from bucketwright.storage.listing import Row, objects
from bucketwright.storage.naming import below, form
from cli.asked import S3
from cli.commands import command
from cli.exits import Exit
from cli.output import Output
from cli.store import Reach, human, opened, store_options
from cli.store_names import STORED, meant, prefix_meant

if TYPE_CHECKING:  # the storage is loaded when a command runs
    from bucketwright.storage import Storage

Form = Literal["text", "jsonl"]


class Asked(Reach):
    """All that is told beside the place."""

    form: Form


@command("ls")
@click.argument("where", required=False, type=STORED)
@click.option(
    "--format", "form", type=click.Choice(get_args(Form)), default="text", help="Lines, or JSON lines."
)
@store_options
@click.pass_obj
def ls(output: Output, where: str | None, **asked: Unpack[Asked]) -> Exit:
    """WHERE is a place, such as files/documents/7/, an object in it, or a prefix alone, such as
    files/documents, for the objects of all its values. Without it the prefixes of the contract are listed,
    and nobody is asked.
    """
    with opened(output, asked) as storage:
        if where is None:
            return _list_prefixes(output, storage, asked["form"])
        objects = size = 0
        for row in _rows(storage, where):
            objects, size = objects + 1, size + row.size
            if asked["form"] == "jsonl":
                output.json(_as_json(row))
            else:
                output.result(_line(row))
        if asked["form"] == "text":
            output.summary(f"{counted(objects, 'object')}, {human(size)}")
    return Exit.CLEAN


def _list_prefixes(output: Output, storage: "Storage", wanted: Form) -> Exit:
    for address in addresses(storage.opened.environment):
        prefix = storage.prefix(address)
        if wanted == "jsonl":
            output.json({"prefix": address, "place": form(prefix), "bucket": prefix.there.bucket})
        else:
            output.result(f"{form(prefix)}  in {prefix.there.bucket}")
    return Exit.CLEAN


def _rows(storage: "Storage", where: str) -> Iterator[Row]:
    """What lies there; NotFound where an object is named that does not."""
    word = meant(storage, where).spelled if where.startswith(S3) else where
    prefix, rest = prefix_meant(storage, word)
    found = below(prefix, rest)
    is_any = False
    for row in objects(prefix, rest):
        is_any = True
        yield row
    names_one = found is not None and found.name and not found.name.endswith("/")
    if names_one and not is_any:
        raise NotFound(f"nothing is there under {shown(word, 120)}")


def _line(row: Row) -> str:
    when = "" if row.modified is None else f"{row.modified:%Y-%m-%d %H:%M:%S}"
    return f"{human(row.size):>8}  {when:19}  {row.word}"


def _as_json(row: Row) -> dict[str, object]:
    modified = None if row.modified is None else row.modified.isoformat()
    return {"object": row.word, "key": row.key, "size": row.size, "etag": row.etag, "modified": modified}
