"""`bucketwright get`: objects become files of this machine, each of them whole or as it was before."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Unpack

import click

from bucketwright.plain_text import shown
from bucketwright.storage.naming import Named
from bucketwright.storage.transfer.publishing import replaceable
from cli.commands import command
from cli.exits import Exit
from cli.output import Output
from cli.store import Reach, human, opened, store_options
from cli.store_bar import bar
from cli.store_names import STORED, object_meant
from cli.store_overwriting import hinting
from cli.store_steps import Step, carry_out, dry_run_option

if TYPE_CHECKING:  # the storage is loaded when a command runs
    from bucketwright.storage import Storage


class Asked(Reach):
    """All that is told beside the objects."""

    to: str
    overwrite: bool
    resume: bool
    dry_run: bool


@dataclass(frozen=True, slots=True)
class _Download:
    """One object, and the file it goes to."""

    source: Named
    file: Path
    overwrite: bool
    resume: bool
    output: Output

    def told(self, size: int) -> str:
        return f"get {self.source.spelled} as {self.file} ({human(size)})"

    @property
    def step(self) -> Step:
        return Step(self.source.spelled, self.act, self.looked, str(self.file) if self.overwrite else "")

    def looked(self) -> str:
        self._keep_file()
        return self.told(self.source.place.info(self.source.name).size)

    def act(self) -> str:
        self._keep_file()
        place, new = self.source.place, not self.overwrite
        with bar(self.output, self.source.name) as progress, hinting():
            stored = place.save(self.source.name, self.file, progress=progress, resume=self.resume, new=new)
        return self.told(stored.size)

    def _keep_file(self) -> None:
        with hinting():
            replaceable(self.file, new=not self.overwrite)


@command("get")
@click.argument("objects", nargs=-1, required=True, metavar="OBJECT...", type=STORED)
@click.option(
    "--to",
    type=click.Path(),
    default=".",
    show_default=True,
    metavar="PATH",
    help="The file, or the folder where files are called as the objects are.",
)
@click.option("--overwrite", is_flag=True, help="Replace files that are there already.")
@click.option("--resume", is_flag=True, help="Keep what came when it breaks off, and go on with it.")
@dry_run_option
@store_options
@click.pass_obj
def get(output: Output, objects: tuple[str, ...], **asked: Unpack[Asked]) -> Exit:
    """OBJECT is such as files/documents/7/brief.pdf. What arrives is compared with the hash of what was
    written; a connection that breaks is taken up where it broke.
    """
    with opened(output, asked) as storage:
        downloads = tuple(_downloads(output, storage, objects, asked))
        return carry_out(output, (one.step for one in downloads), dry_run=asked["dry_run"])


def _downloads(
    output: Output, storage: "Storage", objects: tuple[str, ...], asked: Asked
) -> Iterator[_Download]:
    to = Path(asked["to"])
    if len(objects) > 1 and not to.is_dir():
        raise click.UsageError(f"{shown(str(to), 120)} is no folder, and {len(objects)} objects are named")
    if asked["to"].endswith(("/", os.sep)) and not to.is_dir():
        raise click.UsageError(f"there is no folder {shown(str(to), 120)}")
    if not to.is_dir() and not to.parent.is_dir():
        raise click.UsageError(f"there is no folder {shown(str(to.parent), 120)}")
    for word in objects:
        source = object_meant(storage, word)
        file = to / PurePosixPath(source.name).name if to.is_dir() else to
        yield _Download(source, file, asked["overwrite"], asked["resume"], output)
