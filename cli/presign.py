"""`bucketwright presign`: a link that lets whoever has it read or write one object, until it ends."""

from datetime import UTC, timedelta
from typing import TYPE_CHECKING, Literal, Unpack

import click

from bucketwright.storage.naming import Named
from cli.commands import command
from cli.exits import Exit
from cli.output import Output
from cli.spelled import SIZE, SPAN
from cli.store import Reach, opened, store_options
from cli.store_names import STORED, object_meant

if TYPE_CHECKING:  # the storage is loaded when a command runs
    from bucketwright.storage.signing.signed import SignedForm, SignedUrl

Method = Literal["get", "put", "post"]


class Asked(Reach):
    """All that is told beside the object."""

    method: Method
    lasts: timedelta | None
    size: int | None
    origin: str
    sha256: str
    content_type: str
    download_name: str
    as_json: bool


@command("presign")
@click.argument("object_", metavar="OBJECT", type=STORED)
@click.option(
    "--method",
    type=click.Choice(["get", "put", "post"]),
    default="get",
    show_default=True,
    help="To read; to write with a PUT; to write with a form.",
)
@click.option("--lasts", type=SPAN, metavar="TIME", help="How long it is good for, such as '2 hours'.")
@click.option("--size", type=SIZE, metavar="SIZE", help="Exactly of a PUT, at most of a form: '3 MB'.")
@click.option("--sha256", default="", metavar="DIGITS", help="Of a PUT: no other content is taken.")
@click.option("--type", "content_type", default="", metavar="TYPE", help="The content type, to write.")
@click.option("--download-name", default="", metavar="NAME", help="Browsers save it under this name.")
@click.option("--origin", default="", metavar="ORIGIN", help="Of a page that uses it: CORS has to let it.")
@click.option("--json", "as_json", is_flag=True, help="All that is needed to send it, as JSON.")
@store_options
@click.pass_obj
def presign(output: Output, object_: str, **asked: Unpack[Asked]) -> Exit:
    """OBJECT is such as files/documents/7/brief.pdf. The link is printed, then the headers of a PUT, or the
    fields of a form, which have to be sent exactly so. Whoever sees it can use it: when it ends is said on
    stderr. Nothing is asked of the server, so nobody looks whether the object is there.
    """
    if asked["method"] == "get" and asked["content_type"]:
        raise click.UsageError("--type is for what is written: leave it out, or say --method put or post")
    if asked["method"] != "put" and asked["sha256"]:
        raise click.UsageError("--sha256 is for a PUT: leave it out, or say --method put")
    with opened(output, asked) as storage:
        signed = _signed(object_meant(storage, object_), asked)
    _print(output, signed, as_json=asked["as_json"])
    for warning in signed.warnings:
        output.note(f"warning: {warning}")
    output.note(f"good until {signed.until.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC, for {signed.key}")
    return Exit.CLEAN


def _signed(meant: Named, asked: Asked) -> "SignedUrl | SignedForm":
    from bucketwright.storage import Said  # noqa: PLC0415 - loaded when a command runs
    from bucketwright.storage.signing.link import Link  # noqa: PLC0415 - same

    link = Link(asked["lasts"], asked["size"], asked["origin"], asked["sha256"])
    if asked["method"] == "get":
        return meant.place.signed_get(meant.name, link, file_name=asked["download_name"])
    said = Said(asked["content_type"], file_name=asked["download_name"])
    if asked["method"] == "put":
        return meant.place.signed_put(meant.name, link, said)
    return meant.place.signed_post(meant.name, link, said)


def _print(output: Output, signed: "SignedUrl | SignedForm", *, as_json: bool) -> None:
    page = signed.for_page()
    if as_json:
        output.json({**page, "key": signed.key, "warnings": list(signed.warnings)}, indent=2)
        return
    output.result(signed.url)
    for kind, mark in (("headers", ": "), ("fields", "=")):
        found = page.get(kind)
        for name, text in found.items() if isinstance(found, dict) else ():
            output.result(f"{name}{mark}{text}")
