"""`bucketwright cat`: the content of objects, byte for byte, and on a terminal made harmless."""

import codecs
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, BinaryIO, Final, Unpack

import click

from bucketwright.plain_text import printable
from bucketwright.storage.naming import Named
from cli.commands import command
from cli.exits import Exit
from cli.output import Output
from cli.store import Reach, opened, store_options
from cli.store_names import STORED, object_meant

if TYPE_CHECKING:  # the storage is loaded when a command runs
    from bucketwright.storage.stored import Span

_SPAN: Final = re.compile(r"([0-9]{1,15})-([0-9]{1,15})?", re.ASCII)
_KEPT: Final = re.compile(r"([\n\t]+)")


class Asked(Reach):
    """All that is told beside the objects."""

    span: "Span | None"


class _SpanType(click.ParamType["Span"]):
    """Bytes from first to last."""

    name = "bytes"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> "Span":
        """The bytes meant; click's own error where none are."""
        from bucketwright.storage.stored import Span  # noqa: PLC0415 - loaded when a command runs

        found = _SPAN.fullmatch(str(value))
        if found is None or (found[2] is not None and int(found[2]) < int(found[1])):
            self.fail("bytes are named 0-99, counted from 0 and both included, or 100-", param, ctx)
        return Span(int(found[1]), None if found[2] is None else int(found[2]))


@command("cat")
@click.argument("objects", nargs=-1, required=True, metavar="OBJECT...", type=STORED)
@click.option("--bytes", "span", type=_SpanType(), metavar="FIRST-LAST", help="Only these, such as 0-99.")
@store_options
@click.pass_obj
def cat(output: Output, objects: tuple[str, ...], **asked: Unpack[Asked]) -> Exit:
    """OBJECT is such as files/documents/7/notes.txt; several come one after the other. In a pipe or a file
    the bytes are as they are stored. On a terminal what could steer it is spelled out.
    """
    with opened(output, asked) as storage:
        sources = [object_meant(storage, word) for word in objects]
        write = _writer(sys.stdout.buffer, is_terminal=sys.stdout.isatty())
        for source in sources:
            write(_content(source, asked["span"]))
    return Exit.CLEAN


def _content(source: Named, span: "Span | None") -> Iterator[bytes]:
    with source.place.stream(source.name, span) as stream:
        yield from stream


def _writer(stdout: BinaryIO, *, is_terminal: bool) -> Callable[[Iterable[bytes]], None]:
    def write(pieces: Iterable[bytes]) -> None:
        stdout.writelines(harmless(pieces) if is_terminal else pieces)
        stdout.flush()

    return write


def harmless(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The text of it for a terminal: lines and tabs as they are, all else that is invisible spelled out."""
    decoder = codecs.getincrementaldecoder("utf-8")("backslashreplace")
    for piece in pieces:
        yield _plain(decoder.decode(piece))
    yield _plain(decoder.decode(b"", final=True))


def _plain(text: str) -> bytes:
    return "".join(part if _KEPT.fullmatch(part) else printable(part) for part in _KEPT.split(text)).encode()
