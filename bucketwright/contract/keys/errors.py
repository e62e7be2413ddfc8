"""What is wrong with a template, a value or a key, and where."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from uuid import UUID

_SHOWN_CHARACTERS = 40
_SHOWN_DIGITS = 40
_NEAR = 0.5


class TemplateError(ValueError):
    """A template nobody can use, or a value that does not fit; `position` counts characters from 0."""

    def __init__(self, message: str, position: int = 0, hint: str = "") -> None:
        super().__init__(message, position, hint)
        self.message = message
        self.position = position
        self.help = hint

    def __str__(self) -> str:
        return f"{self.message} (character {self.position})" + (f": {self.help}" if self.help else "")

    def moved(self, offset: int) -> "TemplateError":
        """The same error seen from a text that begins `offset` characters earlier."""
        return TemplateError(self.message, self.position + offset, self.help)


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Why a key is not one of a template's keys; `position` counts its characters from 0."""

    reason: str
    position: int

    def __str__(self) -> str:
        return f"{self.reason} at character {self.position}"


def shown(value: object) -> str:
    """Spell a value so that it fits a line and holds no invisible character."""
    if isinstance(value, str):
        return repr(value[:_SHOWN_CHARACTERS]) + ("…" if len(value) > _SHOWN_CHARACTERS else "")
    if isinstance(value, int):
        return (
            str(value) if abs(value) < 10**_SHOWN_DIGITS else f"a number of more than {_SHOWN_DIGITS} digits"
        )
    return str(value) if isinstance(value, date | UUID) else f"a value of type {type(value).__name__}"


def nearest(word: str, known: Iterable[str]) -> str:
    """Name the known words, the nearest first where one is near."""
    names = sorted(known)
    close = get_close_matches(word[:_SHOWN_CHARACTERS], names, n=1, cutoff=_NEAR)
    allowed = f"known: {', '.join(names)}" if names else "there is none"
    return f"did you mean {close[0]!r}? {allowed}" if close else allowed
