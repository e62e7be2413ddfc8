"""Is a version locked, and until when? A HEAD shows it only to whoever may read it, and does not say so."""

from collections.abc import Callable, Mapping
from typing import Final, get_args

from audits.object_answers import known, when
from bucketwright.calls import Outcome
from bucketwright.facets.reading import told
from bucketwright.facets.said import Refer, Said
from bucketwright.facets.words import Mode
from bucketwright.looking.object_reads import LEGAL_HOLD, RETENTION
from bucketwright.posture import Unknown

NO_LOCK: Final[Mapping[str, object]] = {"lock_mode": None, "retain_until": None, "legal_hold": False}
LOCK_FACTS: Final = tuple(NO_LOCK)
HELD_BACK: Final = Unknown("S3 shows an object's lock only to whoever may read it")


def retention(outcome: Outcome | None, refer: Refer) -> dict[str, object]:
    """How firmly and until when a version is locked."""

    def read(name: str, fact: Callable[[Said], object]) -> object:
        said = told(outcome, RETENTION, refer)
        if said is None:
            return None
        inside = said.needed("Retention", said.part("Retention"))
        return inside.needed(name, fact(inside))

    return {
        "lock_mode": known(lambda: read("Mode", lambda said: said.word("Mode", get_args(Mode)))),
        "retain_until": known(lambda: read("RetainUntilDate", lambda said: when(said, "RetainUntilDate"))),
    }


def legal_hold(outcome: Outcome | None, refer: Refer) -> object:
    """Whether a version is held."""

    def read() -> bool:
        said = told(outcome, LEGAL_HOLD, refer)
        return said is not None and said.inside("LegalHold").text("Status") == "ON"

    return known(read)
