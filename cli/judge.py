"""`bucketwright judge`: verdicts for scripts and editors, one JSON line in, one out."""

import os
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import IO, Any, BinaryIO, cast

import click

from bucketwright.plain_text import counted
from cli.commands import command
from cli.exits import Exit, gravest
from cli.json_lines import Line, Unreadable, numbered_lines
from cli.output import Level, Output, json_text
from cli.program import report_bug

Judge = Callable[[Mapping[str, object]], Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class Kind:
    """Where a kind's judge lives, the keys that hold its verdict, and those beside it."""

    module: str
    function: str
    verdicts: tuple[str, ...]
    beside: tuple[str, ...] = ()

    def load(self) -> Judge:
        """Import the judge; only now."""
        return cast("Judge", getattr(import_module(self.module), self.function))

    def undecided(self, known: object, because: str) -> Mapping[str, object]:
        """The answer for a line that nobody could judge."""
        return {"id": known, **dict.fromkeys(self.verdicts + self.beside), "because": because}


_IAM = "bucketwright.iam.judge"
_LIFECYCLE = "bucketwright.contract.lifecycle.judge"

KINDS: Mapping[str, Kind] = {
    "overlap": Kind(_IAM, "judge_overlap", ("overlap", "a_contains_b", "b_contains_a"), ("example",)),
    "isolation": Kind(_IAM, "judge_isolation", ("isolated",)),
    "public": Kind(_IAM, "judge_public", ("public",)),
    "fate": Kind(_LIFECYCLE, "judge_fate", ("events",)),
    "lifecycle": Kind(_LIFECYCLE, "judge_lifecycle", ("valid",), ("errors",)),
}


class Source(click.File):
    """A file, or stdin, where it is open."""

    def convert(
        self,
        value: str | os.PathLike[str] | IO[Any],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> IO[Any]:
        """Open it; a program started without stdin was used wrongly."""
        try:
            return super().convert(value, param, ctx)
        except RuntimeError:
            self.fail("stdin is closed", param, ctx)


@command("judge")
@click.argument("kind", type=click.Choice(list(KINDS)), metavar="KIND")
@click.argument("file", type=Source("rb"), default="-")
@click.pass_obj
def judge(output: Output, kind: str, file: BinaryIO) -> Exit:
    """Reads FILE, or stdin where it is - or left out, and answers line by line, in order.

    A line that cannot be read or decided is answered with null verdicts and the reason in "because"; the
    others go on. Unknown fields are ignored, blank lines are skipped. Exit code 3 says that some verdict
    is null.

    \b
    Lines in:
      overlap    {"id", "a", "b"}: two patterns with * and ?
      isolation  {"id", "policy", "intended_prefix"}
      public     {"id", "policy"}
      fate       {"id", "versioning", "rules", "object"}
      lifecycle  {"id", "versioning", "rules"}
    """
    chosen = KINDS[kind]
    ask = chosen.load()
    outcomes: Counter[Exit] = Counter()
    for _, line in numbered_lines(file):
        answer, outcome = _answer(chosen, ask, line, output)
        output.result(answer)
        if output.closed:
            break
        outcomes[outcome] += 1
    undecided = outcomes[Exit.INCOMPLETE]
    output.note(
        f"{counted(outcomes.total(), 'line')} judged, {undecided} with an undecided verdict",
        Level.NOTE if undecided else Level.DETAIL,
    )
    return gravest(outcomes)


def _answer(kind: Kind, ask: Judge, line: Line, output: Output) -> tuple[str, Exit]:
    """The line to print, and how its judging ended."""
    if isinstance(line, Unreadable):
        return json_text(kind.undecided(line.id, line.because)), Exit.INCOMPLETE
    try:
        said = ask(line)
        decided = all(said.get(key) is not None for key in kind.verdicts)
        return json_text(said), Exit.CLEAN if decided else Exit.INCOMPLETE
    except Exception as failure:  # noqa: BLE001 - one line never stops the others
        report_bug(failure, output)
        because = f"internal error: {type(failure).__name__}"
        return json_text(kind.undecided(line.get("id"), because)), Exit.INCOMPLETE
