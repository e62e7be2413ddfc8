"""What if a ledger cannot be read or written in the midst of a run? The run goes on without it, and says so.

What was read of it until then was sound, and counts. From then on every page is looked at as at the first
time, and nothing more is written: what the run has told by then is in its journal, as of one that was killed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from audits.ledger.identity import BrokenError, LedgerError
from audits.object_scan import Unlooked
from audits.objects.known import Thing
from audits.objects.visits import AnyPage, Forgetful, Visit, Visits
from bucketwright.objects.unfinished import Uploads
from bucketwright.s3.wire.rows import Marker, Row

WHAT: Final = "ledger"


@dataclass(slots=True)
class Trouble:
    """Of one bucket: whether its ledger failed, which is said once."""

    place: str
    bucket: str
    """Its address."""
    skip: Callable[[Unlooked], None]
    is_told: bool = False

    def tell(self, error: LedgerError) -> None:
        """What went wrong, where, and what is to be done."""
        if not self.is_told:
            self.is_told = True
            self.skip(Unlooked(self.bucket, WHAT, reason(self.place, error)))


def reason(place: str, error: LedgerError) -> str:
    """A sentence that names the ledger, the file, and what mends it."""
    mended = (
        "; `ledger forget` takes away what is kept of this bucket, and the next audit looks at all of it"
        * isinstance(error, BrokenError)
    )
    return f"{place} could not be used: {error}{mended}"


class Faltering:
    """A bucket's memory for as long as it serves."""

    def __init__(self, memory: Visits, trouble: Trouble) -> None:
        self._memory: Final = memory
        self._trouble: Final = trouble

    @property
    def needs_tags_shown(self) -> bool:
        return self._memory.needs_tags_shown

    def show_tags(self) -> None:
        """What headers do not count is kept as none from now on."""
        self._memory.show_tags()

    def visit(self, page: AnyPage) -> Visit:
        """As the ledger lets it; else all of it."""
        if not self._trouble.is_told:
            try:
                return _Page(self._memory.visit(page), self._trouble)
            except LedgerError as error:
                self._trouble.tell(error)
        return Forgetful().visit(page)

    def uploads(self, told: Uploads) -> None:
        """Kept once the run is finished."""
        self._memory.uploads(told)


class _Page:
    """One page, which is written down unless that fails."""

    def __init__(self, page: Visit, trouble: Trouble) -> None:
        self._page: Final = page
        self._trouble: Final = trouble

    @property
    def rows(self) -> Sequence[Row | Marker]:
        return self._page.rows

    def recall(self, one: Thing) -> None:
        """Let it be known of an object what is known of it from earlier."""
        self._page.recall(one)

    def begun(self) -> None:
        """One more thing is to be done of the page."""
        self._page.begun()

    def done(self) -> None:
        """One thing is done; with the last the page is."""
        if self._trouble.is_told:
            return
        try:
            self._page.done()
        except LedgerError as error:
            self._trouble.tell(error)
