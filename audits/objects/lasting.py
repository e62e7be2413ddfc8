"""What is still known of an object that is listed as it was?"""

from collections.abc import Callable, Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import Final

from audits.objects.alike import Unasked
from audits.objects.ways import Look
from bucketwright.objects.keeping import OF_ENCRYPTION, can_be_kept, possible_now
from bucketwright.objects.postures import ObjectPosture
from bucketwright.objects.sources import SOURCES
from bucketwright.posture import Unknown

KEPT: Final = tuple(
    name for name in SOURCES[ObjectPosture.kind] if can_be_kept(name) or name in OF_ENCRYPTION
)
"""The facts that an unchanged row can prove."""
_ASKED: Final[Mapping[Look, str]] = {
    name: sources[0]
    for name, sources in SOURCES[ObjectPosture.kind].items()
    if sources[0] in {"head", "acl", "tagging"}
}
_CHANGED: Final = "may be another since it was asked for"


def later(look: Look, found: object) -> object:
    """What will be known of something that is seen now, if the object is listed as it is now."""
    question = _ASKED.get(look)
    return found if question is None else still(str(look), found, question)


def still(fact: str, found: object, question: str = "head", *, stays: bool = False) -> object:
    """What is known of a fact that was answered earlier; `stays`: nobody can have changed the encryption."""
    possible = None if isinstance(found, Unknown) else possible_now(fact, found, stays=stays)
    if possible is None:
        return Unasked(_CHANGED, question)
    return possible[0] if len(possible) == 1 else Unasked(_CHANGED, question, possible)


@lru_cache(maxsize=1_024)
def moment(text: str) -> datetime | None:
    """A time as a list or a header spells it; None where it is none, or of no known zone."""
    for read in _SPELLINGS:
        try:
            found = read(text)
        except ValueError:
            continue
        return found if found.tzinfo is not None else None
    return None


_SPELLINGS: Final[tuple[Callable[[str], datetime], ...]] = (datetime.fromisoformat, parsedate_to_datetime)
