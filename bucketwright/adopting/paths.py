"""Which template of paths and names does a pattern of IAM come from, or the beginning of a filter?"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bucketwright.contract.keys.errors import TemplateError
from bucketwright.contract.keys.segments import RESERVED, escaped
from bucketwright.contract.keys.templates import NameTemplate, PathTemplate, Template

_TOKEN: Final = re.compile(r"\$\{([*?$])\}|(\*)|(\?|\$\{)|([^*?$]+|\$)")
_PLAIN_TYPE: Final = ""
_TYPES: Final = (_PLAIN_TYPE, ":slug")
"""Types of variables that are tried, the widest first: no pattern says which it was."""
_LONGEST_WORD: Final = 24
Part = str | None
"""Literal text, or None where anything may stand."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The template of a prefix, as a contract writes it."""

    path: str
    objects: str | None = None

    def bound(self, environment: str) -> tuple[PathTemplate, Template]:
        """The template of its paths and that of its keys; TemplateError where they are none."""
        path = PathTemplate(self.path)
        keys: Template = path if self.objects is None else path.joined(NameTemplate(self.objects))
        return path.bind(env=environment), keys.bind(env=environment)


def shape_of(pattern: str, environment: str) -> Shape | None:
    """The template whose keys have just this pattern, where there is one."""
    parts = _parts(pattern)
    segments = [] if parts is None else _segments(parts)
    if len(segments) < 2:
        return None
    *above, last = segments
    for kind in _TYPES:
        spelled = list(_spelled(above, kind))
        path = "".join(f"{one}/" for one in _named(spelled, environment))
        name = None if last == [None] else _segment(last, "name", _taken(spelled), kind)
        shape = Shape(path, name)
        if _makes(shape, pattern, environment):
            return shape
    return None


def shape_from(beginning: str, environment: str) -> Shape | None:
    """The template of all that begins so, where that ends with a slash."""
    if not beginning.endswith("/"):
        return None
    segments = [escaped(one) for one in beginning.removesuffix("/").split("/")]
    shape = Shape("".join(f"{one}/" for one in _named(segments, environment)))
    try:
        path, _ = shape.bound(environment)
    except TemplateError:
        return None
    return shape if path.literal_head == beginning else None


def word_of(shape: Shape) -> str:
    """The last literal segment of its path; empty where there is none."""
    literal = (one for one in reversed(shape.path.split("/")) if one and "{" not in one)
    return next(literal, "")


def _parts(pattern: str) -> list[Part] | None:
    """Literal text and stars; None where a wildcard or variable is in it that no template has."""
    parts: list[Part] = []
    for found in _TOKEN.finditer(pattern):
        literal, star, foreign, text = found.groups()
        if foreign:
            return None
        parts.append(None if star else literal or text)
    return parts


def _segments(parts: Sequence[Part]) -> list[list[Part]]:
    segments: list[list[Part]] = [[]]
    for part in parts:
        if part is None:
            segments[-1].append(None)
            continue
        first, *more = part.split("/")
        segments[-1] += [first] if first else []
        segments += [[one] if one else [] for one in more]
    return segments


def _spelled(segments: Sequence[Sequence[Part]], kind: str) -> Iterator[str]:
    """Each segment with its variables, called after the literal segment before them."""
    before, taken = "", set[str]()
    for one in segments:
        literal = "".join(part for part in one if part is not None)
        spelled = _segment(one, _variable(before), taken, kind)
        taken |= _taken([spelled])
        before = literal or before
        yield spelled


def _segment(parts: Sequence[Part], word: str, taken: set[str], kind: str) -> str:
    names = _names(word, taken)
    return "".join(f"{{{next(names)}{kind}}}" if part is None else escaped(part) for part in parts)


def _names(word: str, taken: set[str]) -> Iterator[str]:
    known = taken | RESERVED
    if word not in known:
        yield word
    number = 2
    while True:
        if f"{word}_{number}" not in known:
            yield f"{word}_{number}"
        number += 1


def _taken(spelled: Sequence[str]) -> set[str]:
    return {one.partition(":")[0] for text in spelled for one in re.findall(r"\{([a-z0-9_:]+)\}", text)}


def _variable(before: str) -> str:
    """`case` after `cases/`; a plain word where the text before says none."""
    word = re.sub(r"[^a-z0-9]+", "_", before.lower()).strip("_")[:_LONGEST_WORD].strip("_")
    return (word.removesuffix("s") or "part") if word[:1].isalpha() else "part"


def _named(segments: Sequence[str], environment: str) -> Iterator[str]:
    """The environment's name by its variable, where the keys begin with it."""
    for number, one in enumerate(segments):
        yield "{env}" if number == 0 and one == environment else one


def _makes(shape: Shape, pattern: str, environment: str) -> bool:
    try:
        _, keys = shape.bound(environment)
    except TemplateError:
        return False
    return keys.key_pattern() == pattern
