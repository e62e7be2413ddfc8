"""What does the exit code say? The same for every command."""

from collections.abc import Iterable, Mapping
from enum import IntEnum


class Exit(IntEnum):
    """How a run ended."""

    CLEAN = 0
    FINDINGS = 1
    WRONG_USE = 2
    INCOMPLETE = 3
    INTERRUPTED = 130
    TERMINATED = 143


MEANINGS: Mapping[Exit, str] = {
    Exit.CLEAN: "clean: all was looked at, nothing was found",
    Exit.FINDINGS: "findings from --fail-on up (default high); an object missing or taken",
    Exit.WRONG_USE: "wrong use, an invalid contract, or the contract says no",
    Exit.INCOMPLETE: "could not be completed, or something stays undecided",
    Exit.INTERRUPTED: "interrupted by Ctrl-C",
    Exit.TERMINATED: "ended by SIGTERM, as a scheduler does",
}

_WEIGHT = (
    Exit.CLEAN,
    Exit.INCOMPLETE,
    Exit.FINDINGS,
    Exit.WRONG_USE,
    Exit.INTERRUPTED,
    Exit.TERMINATED,
)


def gravest(codes: Iterable[Exit]) -> Exit:
    """The code of a run made of several outcomes: findings outweigh what could not be completed."""
    return max(codes, key=_WEIGHT.index, default=Exit.CLEAN)


def exit_code_table() -> str:
    """The table as the help shows it; `\\b` keeps click from filling the lines."""
    rows = (f"  {code.value:<4} {meaning}" for code, meaning in MEANINGS.items())
    return "\n".join(("\b", "Exit codes:", *rows))
