"""`bucketwright put`: files of this machine become objects, by the rules of the place they go to."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypedDict, Unpack

import click

from bucketwright.plain_text import shown
from bucketwright.storage.naming import Named, spelled
from cli.commands import command
from cli.exits import Exit
from cli.output import Output
from cli.store import Reach, human, opened, store_options
from cli.store_bar import bar
from cli.store_names import STORED, meant
from cli.store_overwriting import keep_name, over, overwrite_option, saying_how, written_to
from cli.store_steps import Step, carry_out, dry_run_option

if TYPE_CHECKING:  # the storage is loaded when a command runs
    from bucketwright.storage import Said
    from bucketwright.storage.content import Data
    from bucketwright.storage.place import Place

_STDIN: Final = Path("-")


class Options(TypedDict):
    """What is said of an object beside its content."""

    content_type: str
    encoding: str
    download_name: str
    cache_control: str
    metadata: tuple[str, ...]


class Asked(Reach, Options):
    """All that is told beside the files and where they go."""

    overwrite: bool
    resume: bool
    dry_run: bool


@dataclass(frozen=True, slots=True)
class _Upload:
    """One file, and the name it goes to."""

    file: Path
    place: "Place"
    name: str
    said: "Said"
    overwrite: bool
    resume: bool
    output: Output

    def told(self, name: str, size: int | None) -> str:
        source = "stdin" if self.file == _STDIN else str(self.file)
        return f"put {source} as {spelled(self.place, name)}" + ("" if size is None else f" ({human(size)})")

    @property
    def step(self) -> Step:
        replaced = spelled(self.place, self.name) if self.overwrite else ""
        return Step(self.told(self.name, None), self.act, self.looked, replaced)

    def act(self) -> str:
        etag = over(self.place, self.name, overwrite=self.overwrite)
        data: Data = sys.stdin.buffer if self.file == _STDIN else self.file
        there = written_to(self.place, overwrite=self.overwrite)
        note = None
        if self.resume and self.file != _STDIN:
            note = self.file.with_name(f".{self.file.name[:200]}.upload")
        with saying_how(self.place), bar(self.output, self.file.name) as progress:
            written = there.put(self.name, data, self.said, over=etag, progress=progress, resume=note)
        return self.told(written.name, written.size)

    def looked(self) -> str:
        """The same without the write: what it would be refused for, it is refused for."""
        keep_name(self.place, self.name, overwrite=self.overwrite)
        if self.file == _STDIN:
            return self.told(self.name, None)
        from bucketwright.storage.content import given  # noqa: PLC0415 - loaded when a command runs
        from bucketwright.storage.foreseen import keep_content  # noqa: PLC0415 - same

        with given(self.file) as body:
            keep_content(self.place.there, self.place.path + self.name, body, self.said)
            return self.told(self.name, body.size)


@command("put")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@click.argument("target", type=STORED)
@overwrite_option
@click.option("--type", "content_type", default="", metavar="TYPE", help="The content type.")
@click.option("--encoding", default="", metavar="NAME", help="The compression that readers undo: gzip, …")
@click.option("--download-name", default="", metavar="NAME", help="Browsers save it under this name.")
@click.option("--cache-control", default="", metavar="TEXT", help="How long caches may keep it.")
@click.option("--metadata", multiple=True, metavar="NAME=TEXT", help="A text beside it; repeatable.")
@click.option("--resume", is_flag=True, help="Go on where it broke off; noted beside FILE as .NAME.upload.")
@dry_run_option
@store_options
@click.pass_obj
def put(output: Output, files: tuple[Path, ...], target: str, **asked: Unpack[Asked]) -> Exit:
    """FILE is a path, or - for stdin. TARGET is an object, such as files/documents/7/brief.pdf, or a place,
    such as files/documents/7/, where files keep their names. Type, tags and limits are the contract's; where
    a name is taken it decides what happens, and nothing is replaced without --overwrite.
    """
    with opened(output, asked, begins=True) as storage:
        where = meant(storage, target)
        written_to(where.place, overwrite=asked["overwrite"])
        uploads = tuple(_uploads(output, files, where, asked))
        return carry_out(output, (one.step for one in uploads), dry_run=asked["dry_run"])


def _uploads(output: Output, files: tuple[Path, ...], where: Named, asked: Asked) -> Iterator[_Upload]:
    said = _said(asked)
    names_one = bool(where.name) and not where.name.endswith("/")
    if names_one and len(files) > 1:
        raise click.UsageError(f"{where.spelled} is one object, and {len(files)} files are given")
    for file in files:
        if file == _STDIN and not names_one:
            raise click.UsageError("stdin has no name: say the whole name of the object")
        if file != _STDIN and not file.is_file():
            about = "a folder: sync takes those" if file.is_dir() else "no file"
            raise click.UsageError(f"{shown(str(file), 120)} is {about}")
        name = where.name if names_one else where.name + file.name
        yield _Upload(file, where.place, name, said, asked["overwrite"], asked["resume"], output)


def _said(asked: Options) -> "Said":
    from bucketwright.storage import Said  # noqa: PLC0415 - loaded when a command runs

    for one in asked["metadata"]:
        if "=" not in one:
            raise click.UsageError(f"--metadata {shown(one, 120)} is no NAME=TEXT")
    metadata = dict(one.partition("=")[::2] for one in asked["metadata"])
    return Said(
        asked["content_type"],
        asked["encoding"],
        asked["download_name"],
        asked["cache_control"],
        metadata,
    )
