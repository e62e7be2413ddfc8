"""Do the generated parts of the documentation still say what the program says? If not, they are rewritten.

A generated block stands between `<!-- generated: SOURCE -->` and `<!-- end -->`. SOURCE is a file of this
repository, `$` and a command that is shown with its output, or `markdown` and a command whose output is part
of the page. Some files are the whole output of one command.
"""

import argparse
import difflib
import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
COMMANDS: Mapping[str, str] = {
    "bucketwright/contract/contract.schema.json": "bucketwright schema",
    "docs/contract-reference.md": "python tools/contract_reference.py",
}
"""File -> the command whose whole output it is."""
FOLDERS: Mapping[str, str] = {"docs/rules": "python tools/rules_reference.py"}
"""Folder -> the command that prints all its files, as a JSON object of names and texts."""

BLOCK = re.compile(
    r"(?P<head><!-- generated: (?P<source>[^\n]+) -->\n)(?P<body>.*?)(?P<end><!-- end -->)", re.DOTALL
)
MARKDOWN = "markdown "
DATE = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
LANGUAGES: Mapping[str, str] = {".yaml": "yaml", ".json": "json", ".toml": "toml"}
SURROUNDINGS: Mapping[str, str] = {
    "LANG": "C.UTF-8",
    "COLUMNS": "100",
    "NO_COLOR": "1",
    "TERM": "dumb",
    "PYTHONUNBUFFERED": "1",
    "BUCKETWRIGHT_TODAY": "2026-11-21",
}
"""The same for everybody, so that everybody makes the same pages."""
FINDINGS = 1
GONE = ""
"""Stands for a file that nothing generates any more."""
LINES_SHOWN = 20


def run(command: str, *, notes: bool = True) -> str:
    """What the command prints, with or without its notes on stderr; one that fails is no documentation."""
    program, *words = shlex.split(command)
    own = Path(sys.executable).parent / program
    done = subprocess.run(
        [str(own) if own.exists() else program, *words],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **SURROUNDINGS},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT if notes else subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode > FINDINGS:
        stop(f"{command}: exit code {done.returncode}", done.stdout + (done.stderr or ""))
    return done.stdout


def block(source: str, answer: Callable[[str], str]) -> str:
    """The text that stands for a source: fenced, unless it is Markdown already."""
    if source.startswith(MARKDOWN):
        return f"{answer(source.removeprefix(MARKDOWN)).rstrip()}\n"
    command = source.removeprefix("$ ")
    if command != source:
        return f"```console\n{source}\n{answer(command).rstrip()}\n```\n"
    path = ROOT / source
    return f"```{LANGUAGES.get(path.suffix, 'text')}\n{path.read_text().rstrip()}\n```\n"


def refreshed(page: str, answer: Callable[[str], str]) -> str:
    """The page with every generated block made anew; output that differs by its dates alone stays."""

    def renewed(found: re.Match[str]) -> str:
        new = block(found["source"], answer)
        same = found["source"].startswith("$ ") and DATE.sub("", new) == DATE.sub("", found["body"])
        return found["head"] + (found["body"] if same else new) + found["end"]

    return BLOCK.sub(renewed, page)


def generated() -> Iterator[tuple[Path, str]]:
    """Every file with something generated in it, and its text as it should be."""
    for name, command in COMMANDS.items():
        yield ROOT / name, run(command, notes=False)
    for name, command in FOLDERS.items():
        files = json.loads(run(command, notes=False))
        gone = {path.name for path in (ROOT / name).glob("*")} - files.keys()
        yield from ((ROOT / name / file, text) for file, text in files.items())
        yield from ((ROOT / name / file, GONE) for file in gone)
    for path in (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))):
        if str(path.parent.relative_to(ROOT)) not in FOLDERS:
            yield path, refreshed(path.read_text(), run)


def difference(path: Path, text: str) -> list[str]:
    """The lines that are stale, as a difference; nothing where none are."""
    old = path.read_text() if path.exists() else ""
    name = str(path.relative_to(ROOT))
    return list(
        difflib.unified_diff(old.splitlines(), text.splitlines(), name, "generated", n=0, lineterm="")
    )


def stop(problem: str, detail: str) -> NoReturn:
    """End with what went wrong, and no file touched by it."""
    print(f"generated: {problem}", detail, sep="\n", file=sys.stderr)
    sys.exit(1)


def main() -> None:
    """Write what is stale, or with --check only say it."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    arguments.add_argument(
        "--check", action="store_true", help="write nothing; exit 1 when something is stale"
    )
    only_check = arguments.parse_args().check
    files = dict(generated())
    stale = {path: lines for path, text in files.items() if (lines := difference(path, text))}
    if stale and only_check:
        shown = (line for lines in stale.values() for line in lines[:LINES_SHOWN])
        stop("stale; run `make docs`", "\n".join(shown))
    for path in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(files[path])
        if files[path] == GONE:
            path.unlink()
        print(f"generated: {'removed' if files[path] == GONE else 'wrote'} {path.relative_to(ROOT)}")
    print("generated: nothing is stale" if not stale else f"generated: {len(stale)} files made anew")


if __name__ == "__main__":
    main()
