"""What is wrong with a template, a value or a key, and where."""

from collections.abc import Iterable
from dataclasses import dataclass

from bucketwright.plain_text import did_you_mean


class TemplateError(ValueError):
    """A template nobody can use, or a value that does not fit; `position` counts characters from 0."""

    def __init__(
        self, message: str, position: int = 0, hint: str = "", others: Iterable["TemplateError"] = ()
    ) -> None:
        super().__init__(message, position, hint)
        self.message = message
        self.position = position
        self.help = hint
        self.others = tuple(others)
        """What else is wrong with the same text."""

    def __str__(self) -> str:
        return f"{self.message} (character {self.position})" + (f": {self.help}" if self.help else "")

    def moved(self, offset: int) -> "TemplateError":
        """The same error seen from a text that begins `offset` characters earlier."""
        others = (one.moved(offset) for one in self.others)
        return TemplateError(self.message, self.position + offset, self.help, others)

    def beside(self, *others: "TemplateError") -> "TemplateError":
        """The first of these and this one, as they stand in the text, with the others."""
        alone = TemplateError(self.message, self.position, self.help)
        first, *rest = sorted((alone, *self.others, *others), key=lambda one: one.position)
        return TemplateError(first.message, first.position, first.help, rest)


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Why a key is not one of a template's keys; `position` counts its characters from 0."""

    reason: str
    position: int

    def __str__(self) -> str:
        return f"{self.reason} at character {self.position}"


def nearest(word: str, known: Iterable[str]) -> str:
    """Name the known words, the nearest first where one is near."""
    names = sorted(known)
    allowed = f"known: {', '.join(names)}" if names else "there is none"
    return " ".join(filter(None, (did_you_mean(word, names), allowed)))
