"""Plain data as the YAML a person would write: short parts on one line, and no word that could be misread."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from bucketwright.contract.plain_scalars import plain_value
from bucketwright.plain_text import printable

_WIDTH: Final = 110
_DEEPEST_ON_A_LINE: Final = 2
_INDENT: Final = "  "
_PLAIN: Final = re.compile(
    r"[A-Za-z0-9_./][A-Za-z0-9_./:@+=*-]*(?: [A-Za-z0-9_./@+=*(-][A-Za-z0-9_./:@+=*()-]*)*"
)
_LINES: Final = re.compile(r"(?:[!-~][ -~]*\n)+")
_ESCAPES: Final = {'"': '\\"', "\\": "\\\\"}


def yaml_text(value: Mapping[str, object]) -> str:
    """The text of a document that holds this mapping."""
    return "".join(f"{line}\n" for line in _block(value, ""))


def _block(value: Mapping[str, object], indent: str) -> Iterator[str]:
    for key, one in value.items():
        yield from _entry(f"{indent}{_scalar(key)}:", one, indent + _INDENT)


def _entry(head: str, value: object, indent: str) -> Iterator[str]:
    """What stands behind a key or a dash: on its line where that is short, else below it."""
    if isinstance(value, str) and "\n" in value and _LINES.fullmatch(value):
        yield f"{head} |"
        yield from (f"{indent}{line}" for line in value.splitlines())
        return
    flow = _flow(value)
    fits = (
        len(head) + 1 + len(flow) <= _WIDTH
        and _depth(value) <= _DEEPEST_ON_A_LINE
        and "\n" not in _texts(value)
    )
    if fits or not isinstance(value, Mapping | list) or not value:
        yield f"{head} {flow}"
    elif isinstance(value, Mapping):
        yield head
        yield from _block(value, indent)
    else:
        yield head
        for one in value:
            yield from _item(one, indent)


def _item(value: object, indent: str) -> Iterator[str]:
    """An entry of a list; of a mapping the first key stands behind the dash."""
    if isinstance(value, Mapping) and value and not _fits(value, indent):
        first, *more = _block(value, indent + _INDENT)
        yield f"{indent}- {first.removeprefix(indent + _INDENT)}"
        yield from more
    else:
        yield from _entry(f"{indent}-", value, indent + _INDENT)


def _fits(value: object, indent: str) -> bool:
    return len(indent) + len(_flow(value)) < _WIDTH and _depth(value) <= _DEEPEST_ON_A_LINE


def _depth(value: object) -> int:
    match value:
        case Mapping():
            return 1 + max(map(_depth, value.values()), default=0)
        case list():
            return 1 + max(map(_depth, value), default=0)
    return 0


def _texts(value: object) -> str:
    match value:
        case Mapping():
            return "".join(map(_texts, value.values()))
        case list():
            return "".join(map(_texts, value))
        case str():
            return value
    return ""


def _flow(value: object) -> str:
    match value:
        case Mapping():
            return "{" + ", ".join(f"{_scalar(str(key))}: {_flow(one)}" for key, one in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(_flow, value)) + "]"
    return _scalar(value)


def _scalar(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case str():
            return value if _is_plain(value) else _quoted(value)
    raise TypeError(f"YAML of a contract holds no {type(value).__name__}")


def _is_plain(text: str) -> bool:
    """Whether every reader of YAML takes the bare word for this text."""
    return (
        bool(_PLAIN.fullmatch(text))
        and not text.endswith(":")
        and ": " not in text
        and plain_value(text) == text
    )


def _quoted(text: str) -> str:
    return '"' + "".join(map(_visible, text)) + '"'


def _visible(char: str) -> str:
    """A character, or its escape, which YAML spells as this project does."""
    return _ESCAPES.get(char, char) if char.isprintable() else printable(char)
