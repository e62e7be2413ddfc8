"""An estate that notes whether a rule goes by the time."""

from datetime import datetime
from typing import Final, Self

from bucketwright.posture import Estate

_ASKED: Final = object()


class Clock(Estate):
    """The same to every rule."""

    @classmethod
    def of(cls, estate: Estate) -> Self:
        """The same estate."""
        return cls(estate.lens, estate.postures, estate.missing, estate.circumstances, estate.foreign)

    @property
    def now(self) -> datetime:
        """When this was looked at."""
        self._known[_ASKED] = True
        return super().now

    @property
    def was_asked(self) -> bool:
        """Whether anybody has asked for the time."""
        return _ASKED in self._known

    def forget(self) -> None:
        """Let nobody have asked."""
        self._known.pop(_ASKED, None)
