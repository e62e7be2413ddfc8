"""How is a text or value from outside shown: on one line, not too long, and with nothing hidden in it?"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final
from uuid import UUID

WIDTH: Final = 60
_WORD_WIDTH: Final = 80
_MOST_COMPARED: Final = 300
_MOST_DIGITS: Final = 40
_HUGE: Final = 10**_MOST_DIGITS


def printable(text: str) -> str:
    """The text with everything invisible or directing spelled as an escape."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else _escape(char) for char in text)


def _escape(char: str) -> str:
    code = ord(char)
    if code < 0x100:
        return {"\t": "\\t", "\n": "\\n", "\r": "\\r"}.get(char, f"\\x{code:02x}")
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def shown(value: object, width: int = WIDTH) -> str:
    """A value from outside, in quotes where it is text, fit for one line."""
    match value:
        case None:
            return "nothing"
        case bool():
            return "true" if value else "false"
        case str():
            return f"'{clipped(value, width)}'"
        case int() if abs(value) >= _HUGE:
            return f"a number of more than {_MOST_DIGITS} digits"
        case int() | float() | date() | UUID():
            return str(value)
        case list() | tuple():
            return "a list"
        case Mapping():
            return "a mapping"
    return f"a value of type {type(value).__name__}"


def clipped(text: str, width: int = WIDTH) -> str:
    """The beginning of a text, printable."""
    return printable(text[:width]) + ("…" if len(text) > width else "")


def counted(number: int, noun: str) -> str:
    """A number and its noun: `1 prefix`, `2 prefixes`."""
    plural = f"{noun}es" if noun.endswith("x") else f"{noun}s"
    return f"{number} {noun if number == 1 else plural}"


def did_you_mean(word: object, known: Iterable[str]) -> str:
    """Name the known word that is nearest to a mistaken one; empty when none is near."""
    if not isinstance(word, str):
        return ""
    folded: dict[str, str] = {}
    for name in known:
        folded.setdefault(name.lower(), name)
        if len(folded) == _MOST_COMPARED:
            break
    from difflib import get_close_matches  # noqa: PLC0415 - only where somebody mistyped a name

    close = get_close_matches(word[:_WORD_WIDTH].lower(), folded, n=1)
    return f"did you mean '{clipped(folded[close[0]])}'?" if close else ""
