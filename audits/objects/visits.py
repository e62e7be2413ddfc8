"""A page of a list, until all of it is judged: what is to be looked at in it, and whom that concerns."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from audits.objects.known import Thing
from bucketwright.objects.unfinished import Uploads
from bucketwright.s3.wire.rows import Marker, Page, Row

AnyPage: TypeAlias = Page[Row] | Page[Row | Marker]


class Visit(Protocol):
    """One page."""

    @property
    def rows(self) -> Sequence[Row | Marker]:
        """Those that have to be judged."""

    def recall(self, one: Thing) -> None:
        """Let it be known of an object what is known of it from earlier."""

    def begun(self) -> None:
        """One more thing is to be done of the page."""

    def done(self) -> None:
        """One thing is done; with the last the page is."""


class Visits(Protocol):
    """How pages are looked at."""

    @property
    def needs_tags_shown(self) -> bool:
        """Whether headers would say more if it were known that whoever asks may read tags."""

    def show_tags(self) -> None:
        """Whoever asks may read tags: headers that count none say that there are none."""

    def visit(self, page: AnyPage) -> Visit:
        """What is to be done of one."""

    def uploads(self, told: Uploads) -> None:
        """All uploads that nobody finished."""


@dataclass(frozen=True, slots=True)
class Glance:
    """A page of which nothing is known from earlier, and nothing is kept."""

    rows: Sequence[Row | Marker]

    def recall(self, one: Thing) -> None:
        """There is nothing to recall."""

    def begun(self) -> None:
        """Nobody waits for it."""

    def done(self) -> None:
        """Nobody waits for it."""


class Forgetful:
    """Looks at every page as at the first time."""

    needs_tags_shown = False

    def show_tags(self) -> None:
        """Nothing is kept of tags."""

    def visit(self, page: AnyPage) -> Visit:
        """All of it."""
        return Glance(page.rows)

    def uploads(self, told: Uploads) -> None:
        """Nothing is kept of them."""
