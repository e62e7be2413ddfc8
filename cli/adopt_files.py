"""Which files does an adoption leave, and what is said of them?"""

from collections.abc import Iterator
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from shlex import quote
from typing import Final

from audits.adopting import Adoption
from bucketwright.adopting.gaps import Gap
from bucketwright.adopting.importing import Import
from bucketwright.plain_text import counted
from cli.output import Output, json_text

CONTRACT: Final = "contract.yaml"
OPEN: Final = "not-expressed.jsonl"
IMPORT: Final = "import.json"
_SEEN: Final = {"differs": "seen", "unknown": "not known", "left out": "seen"}
_PROVIDER: Final = "**pulumi:providers:aws::aws"


def first_there(folder: Path) -> Path | None:
    """A file that is in the way; none where nothing is."""
    return next((folder / name for name in (CONTRACT, OPEN, IMPORT) if (folder / name).exists()), None)


def write(folder: Path, adoption: Adoption, taken: Import | None, *, force: bool) -> None:
    """Leave the files; over others only by force."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {CONTRACT: adoption.text, OPEN: "".join(f"{json_text(asdict(gap))}\n" for gap in adoption.gaps)}
    if taken is not None:
        files[IMPORT] = f"{json_text(taken.file, indent=2)}\n"
    elif force:
        (folder / IMPORT).unlink(missing_ok=True)
    for name, text in files.items():
        with (folder / name).open("w" if force else "x", encoding="utf-8") as file:
            file.write(text)


def tell(output: Output, folder: Path, adoption: Adoption, taken: Import | None) -> None:
    """What stays open, what was written, and what comes next."""
    for (address, name), several in groupby(adoption.gaps, key=lambda gap: (gap.address, gap.name)):
        output.block((name or address, *(line for gap in several for line in _open(gap))))
    for line in _summary(folder, adoption, taken):
        output.summary(line)
    for line in _next(folder, adoption) if taken is not None else ():
        output.note(line)


def _open(gap: Gap) -> Iterator[str]:
    yield f"  {gap.setting}: {_SEEN[gap.kind]}: {gap.seen}"
    if gap.declared:
        yield f"    the contract: {gap.declared}"


def _summary(folder: Path, adoption: Adoption, taken: Import | None) -> Iterator[str]:
    environment = adoption.environment
    prefixes = sum(len(bucket.prefixes) for bucket in environment.buckets.values())
    yield (
        f"wrote {folder / CONTRACT}: {counted(len(environment.buckets), 'bucket')}, "
        f"{counted(prefixes, 'prefix')}, {len(environment.access)} under access; "
        f"not expressed: {counted(len(adoption.gaps), 'setting')}"
    )
    if taken is not None:
        yield (
            f"wrote {folder / IMPORT}: {counted(taken.count, 'resource')} to take over; "
            f"the first deployment makes {counted(len(taken.made), 'resource')} beside them"
        )
    if adoption.untagged:
        yield f"the first deployment puts bucketwright's own tags on {counted(adoption.untagged, 'bucket')}"


def _next(folder: Path, adoption: Adoption) -> Iterator[str]:
    """What a person does then."""
    file = quote(str(folder / IMPORT))
    yield f"next, in the stack {adoption.environment.name} of this contract:"
    yield f"  pulumi up --target {quote(_PROVIDER)}"
    yield f"  pulumi import --file {file} --protect=false --generate-code=false"
    yield "  pulumi preview"
