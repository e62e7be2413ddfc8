"""How many requests may be under way at once? As many as make more answers come, fewer when asked to."""

from typing import Final

_FIRST: Final = 32
"""As many as the SDK has under way in this program."""
_ROUNDS: Final = 2
"""How often as many answers as are under way have to come before their rate says something."""
_FEWEST: Final = 16
_GAIN: Final = 1.05
_REST: Final = 8
"""Rounds until it is tried again whether more would do good by now."""


class Window:
    """It doubles while answers come faster for it, then tries more now and then; it halves when asked to.

    What does no good is taken back: more requests under way would only wait somewhere else.
    """

    def __init__(self, most: int, now: float) -> None:
        self.size = min(_FIRST, most)
        self._most, self._now = most, now
        self._good, self._best = self.size, 0.0
        """As many as were known to do good, and the rate at which answers came then."""
        self._came = self._rest = 0
        self._leaping = True
        self._halved = now

    def answered(self, now: float) -> None:
        """An answer came that is no wish for fewer requests."""
        self._came += 1
        if self._came < max(_FEWEST, _ROUNDS * self.size) or now <= self._now:
            return
        rate = self._came / (now - self._now)
        self._came, self._now = 0, now
        if rate > self._best * _GAIN:
            self._best, self._good, self._rest = rate, self.size, 0
            self._grow()
        elif self.size > self._good:
            self._leaping = False
            self.size, self._rest = self._good, _REST
        elif self._rest:
            self._rest -= 1
        else:
            self._best = rate
            self._grow()

    def throttled(self, began: float, now: float) -> None:
        """A request that began then was answered with the wish for fewer; those of one moment count once."""
        if began < self._halved:
            return
        self.size = self._good = max(1, self.size // 2)
        self._leaping, self._best, self._came, self._rest = False, 0.0, 0, 0
        self._halved = self._now = now

    def _grow(self) -> None:
        more = self.size if self._leaping else max(1, self.size // 8)
        self.size = min(self._most, self.size + more)
