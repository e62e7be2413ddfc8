"""Which objects will be deleted or archived at another time than before?"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Event = Literal["delete", "archive", "delete old versions", "abort uploads"]


@dataclass(frozen=True, slots=True)
class RetentionChange:
    """One event of the life of objects under one prefix, before and after."""

    bucket: str
    """The address of the bucket."""
    prefix: str
    """Keys that begin so, or the address of a declared prefix."""
    event: Event
    before: int | None
    """Days of age; None where it never happens."""
    after: int | None
    to: str = ""
    """The storage class, of an archive."""
    first: date | None = None
    """When it happens first to an object that is there already."""

    @property
    def is_earlier(self) -> bool:
        """Whether objects go, or move, that would have stayed longer."""
        return self.after is not None and (self.before is None or self.after < self.before)
