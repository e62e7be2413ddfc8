"""Which names take part? Patterns say so one after the other, and the last that fits a name decides."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import translate
from typing import Final

from bucketwright.plain_text import shown
from bucketwright.storage.errors import Refused

_LONGEST: Final = 1_024


@dataclass(frozen=True, slots=True)
class Filter:
    """`*` stands for anything, `/` included, `?` for one character, `[ab]` for one of some."""

    takes_part: bool
    pattern: str


class Filters:
    """Filters in their order; without any, and before the first that fits, every name takes part."""

    def __init__(self, filters: Iterable[Filter] = ()) -> None:
        self._rows = [(one.takes_part, _compiled(one.pattern)) for one in filters]

    def take(self, name: str) -> bool:
        """Whether a name takes part."""
        return next((takes for takes, pattern in reversed(self._rows) if pattern.match(name)), True)


def _compiled(pattern: str) -> re.Pattern[str]:
    if not pattern or len(pattern) > _LONGEST:
        raise Refused(f"{shown(pattern)} is no pattern of names: it has 1 to {_LONGEST:,} characters")
    return re.compile(translate(pattern))
