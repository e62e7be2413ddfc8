"""Where does each report of an audit go? Said, and refused, before anything is asked."""

import errno
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from cli.audit_options import Format


@dataclass(frozen=True, slots=True)
class Destinations:
    """What goes where."""

    shown: Format
    """On stdout."""
    files: tuple[tuple[Format, Path], ...]


def destinations(forms: Sequence[Format], outs: Sequence[Path]) -> Destinations:
    """Each format goes into the file in the same place; one that has none is shown, else the text is."""
    if len(outs) > len(forms):
        raise click.UsageError(f"--out {outs[len(forms)]} has no --format; say one for each --out, in order")
    rest = forms[len(outs) :]
    if len(rest) > 1:
        raise click.UsageError(f"only one --format goes to stdout; name a file with --out for {rest[0]}")
    for path in outs:
        _refuse_unwritable(path)
    return Destinations(rest[0] if rest else "text", tuple(zip(forms, outs, strict=False)))


def _refuse_unwritable(path: Path) -> None:
    """Before anything is asked, not after minutes of asking."""
    if not path.parent.is_dir():
        raise click.UsageError(f"--out {path}: there is no folder {path.parent}")
    if path.exists() and not path.is_file():
        raise click.UsageError(f"--out {path}: that is no file, and a report would take its place")
    if not os.access(path.parent, os.W_OK):
        raise OSError(errno.EACCES, os.strerror(errno.EACCES), str(path.parent))
