"""How is a fact of an object read from an answer, so that what cannot be read is Unknown?"""

from collections.abc import Callable
from datetime import datetime

from bucketwright.calls import Outcome
from bucketwright.facets.reading import Read, told
from bucketwright.facets.said import Refer, Said
from bucketwright.posture import Undetermined, Unknown


def answered(outcome: Outcome | None, read: Read, refer: Refer) -> Said:
    """What was answered to a call that always has an answer."""
    said = told(outcome, read, refer)
    if said is None:
        raise Undetermined(read.operation, Unknown("nothing was answered"))
    return said


def time_of(said: Said, name: str) -> object:
    """When something was that always has a time."""
    return known(lambda: said.needed(name, when(said, name)))


def when(said: Said, name: str) -> datetime | None:
    """The time that a field says, if it says one."""
    found = said.text(name)
    if found is None:
        return None
    try:
        found_then = datetime.fromisoformat(found)
    except ValueError:
        raise Undetermined(name, Unknown("is no time")) from None
    if found_then.tzinfo is None:
        raise Undetermined(name, Unknown("is a time of no known zone"))
    return found_then


def known(read: Callable[[], object]) -> object:
    """A fact, or why it is none."""
    try:
        return read()
    except Undetermined as undetermined:
        return Unknown(str(undetermined))
