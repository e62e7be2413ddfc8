"""`bucketwright lint`: does code name buckets that it should ask the contract for?"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Final

import click

from bucketwright.contract.mentions import ALLOWED, Mention, Names, names
from bucketwright.plain_text import counted
from cli.commands import command
from cli.contract_option import contract_option
from cli.exits import Exit
from cli.forms import Form, form_option
from cli.output import Output, Tint
from cli.sound import given_or_error, sound_contract

_LARGEST: Final = 5 * 2**20
_LOOKED_AT: Final = 8_192
_NO_CODE: Final = frozenset({".md", ".rst", ".lock"})
_NOT_OURS: Final = frozenset({"node_modules", "__pycache__", "venv"})


@dataclass(frozen=True, slots=True)
class _Found:
    """What one file has, or a folder that could not be looked through."""

    file: Path
    mentions: tuple[Mention, ...] = ()
    unread: str = ""
    """Why it could not be read."""


@command("lint")
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path, exists=True))
@click.option(
    "--exclude", multiple=True, metavar="GLOB", help="Leave out paths such as 'tests/*'; repeatable."
)
@contract_option
@form_option("Lines, or JSON.")
@click.pass_obj
def lint(
    output: Output,
    paths: tuple[Path, ...],
    exclude: tuple[str, ...],
    named: Path | None,
    form: Form,
) -> Exit:
    """PATH is a file or a folder; by default the current one. Names of the contract's buckets, in any of its
    environments, are findings, also where code puts them together, as f"shop-{env}-files". A line with
    `bucketwright: allow-name` is left out, and so are in folders: hidden files, prose, what is no text, and
    the contract.
    """
    source = given_or_error(named, output)
    known = names(sound_contract(source, output))
    own = source.path.resolve() if source.path else None
    files = (file for path in paths or (Path(),) for file in _files(path, exclude))
    looked = [
        file if isinstance(file, _Found) else _looked(file, known)
        for file in files
        if isinstance(file, _Found) or file.resolve() != own
    ]
    if form == "json":
        output.json(_as_json(looked), indent=2)
    else:
        _show(output, looked)
    if any(one.mentions for one in looked):
        return Exit.FINDINGS
    return Exit.INCOMPLETE if any(one.unread for one in looked) else Exit.CLEAN


def _files(path: Path, exclude: tuple[str, ...]) -> Iterator[Path | _Found]:
    """A file that is named, or those of a folder that may be code; at last the folders nobody may read."""
    if not path.is_dir():
        yield path
        return
    shut: list[_Found] = []

    def note(error: OSError) -> None:
        shut.append(_unread(Path(error.filename or path), error))

    for here, folders, files in os.walk(path, onerror=note):
        folders[:] = sorted(one for one in folders if _may_hold_code(Path(here, one)))
        for file in (Path(here, one) for one in sorted(files)):
            is_code = not file.name.startswith(".") and file.suffix not in _NO_CODE
            if is_code and not file.is_symlink() and not any(fnmatch(str(file), one) for one in exclude):
                yield file
    yield from shut


def _may_hold_code(folder: Path) -> bool:
    is_own = not folder.name.startswith(".") and folder.name not in _NOT_OURS
    return is_own and not _is_venv(folder)


def _is_venv(folder: Path) -> bool:
    try:
        return (folder / "pyvenv.cfg").exists()
    except OSError:
        return False


def _looked(file: Path, known: Names) -> _Found:
    try:
        if not file.is_file():
            return _Found(file, unread="no file")
        with file.open("rb") as opened:
            data = opened.read(_LOOKED_AT)
            if b"\0" in data:
                return _Found(file)
            data += opened.read(_LARGEST)
    except OSError as error:
        return _unread(file, error)
    if len(data) > _LARGEST:
        return _Found(file, unread=f"larger than {_LARGEST:,} bytes")
    return _Found(file, tuple(known.mentions(data.decode("utf-8", "replace"))))


def _unread(path: Path, error: OSError) -> _Found:
    return _Found(path, unread=error.strerror or str(error))


def _show(output: Output, looked: list[_Found]) -> None:
    for one in looked:
        for mention in one.mentions:
            place = f"{one.file}:{mention.line}:{mention.column}:"
            where = f" of {mention.environment}" if mention.environment else ""
            output.result(f"{place} {mention.text} names the bucket {mention.bucket_id}{where}", Tint.PLACE)
        if one.unread:
            output.error(f"{one.file} is not looked at: {one.unread}")
    number = sum(len(one.mentions) for one in looked)
    output.summary(f"{counted(_number(looked), 'file')}, {counted(number, 'name')} of buckets")
    if number:
        output.note(f"ask the contract for it: Storage.open().prefix('BUCKET/PREFIX'); or say # {ALLOWED}")


def _number(looked: list[_Found]) -> int:
    """How many files were looked at."""
    return sum(not one.unread for one in looked)


def _as_json(looked: list[_Found]) -> dict[str, object]:
    return {
        "version": 1,
        "files": _number(looked),
        "mentions": [
            {
                "file": str(one.file),
                "line": mention.line,
                "column": mention.column,
                "text": mention.text,
                "bucket": mention.bucket_id,
                "environment": mention.environment or None,
            }
            for one in looked
            for mention in one.mentions
        ],
        "unread": [{"file": str(one.file), "because": one.unread} for one in looked if one.unread],
    }
