"""What did the contract say at another commit?"""

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bucketwright.contract.loading import LARGEST_FILE, load_bytes
from bucketwright.contract.problems import ContractError
from bucketwright.plain_text import counted
from cli.contract_file import Given
from cli.output import Output

if TYPE_CHECKING:
    from bucketwright.contract.model import Contract


def contract_at(reference: str, source: Given, output: Output) -> "Contract | None":
    """The contract at a commit, branch or tag; None where there was none, or none that loads."""
    if source.path is None:
        raise click.UsageError("--against needs the contract as a file: what stdin said before nobody knows")
    name = f"{reference}:{source.name}"
    content = _content_at(reference, source.path)
    if content is None:
        output.note(f"{name} is not there: everything counts as new")
        return None
    try:
        return load_bytes(content, name)
    except ContractError as unsound:
        problems = counted(len(unsound.problems), "problem")
        output.note(f"{name} does not load ({problems}): everything counts as new")
        return None


def within_repository(source: Given) -> str:
    """The file as the repository names it; as it is given outside of one."""
    if source.path is None:
        return source.name
    path = source.path.resolve()
    top = _run(path.parent, "rev-parse", "--show-toplevel")
    root = Path(top.stdout.decode("utf-8", "surrogateescape").strip())
    inside = top.returncode == 0 and path.is_relative_to(root)
    return path.relative_to(root).as_posix() if inside else source.path.as_posix()


def _content_at(reference: str, path: Path) -> bytes | None:
    folder = path.resolve().parent
    found = _run(folder, "rev-parse", "--quiet", "--verify", "--end-of-options", f"{reference}^{{commit}}")
    if found.returncode:
        said = found.stderr.decode("utf-8", "replace").strip().split("\n")[-1]
        why = f": {said}" if said else f" is known in {folder}"
        raise click.BadParameter(f"no commit {reference!r}{why}", param_hint="'--against'")
    commit = found.stdout.decode("ascii").strip()
    shown = _run(folder, "show", f"{commit}:./{path.name}")
    return None if shown.returncode else shown.stdout[: LARGEST_FILE + 1]


def _run(folder: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(["git", *words], cwd=folder, capture_output=True, check=False)  # noqa: S603, S607 - arguments, no shell; whichever git the user has
    except FileNotFoundError:
        return subprocess.CompletedProcess(words, 127, b"", b"git is not installed")
