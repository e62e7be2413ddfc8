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
_OFTEN: Final = 8
"""Where more than one in so many comes to nothing, that may be for too many being under way."""


class Window:
    """It doubles while answers come faster for it, then tries more now and then; it halves when asked to.

    What does no good is taken back: more requests under way would only wait somewhere else.

    A request that comes to nothing is no wish for fewer: some servers fail now and then, however little they
    are asked. Where many do, no more are under way than the SDK would have; where nothing comes, it halves.
    """

    def __init__(self, most: int, now: float) -> None:
        self.size = self._usual = min(_FIRST, most)
        self._most, self._now = most, now
        self._good, self._best = self.size, 0.0
        """As many as were known to do good, and the rate at which answers came then."""
        self._came = self._lost = self._rest = 0
        self._lost_in_a_row = 0
        self._leaping = True
        self._halved = now

    def answered(self, now: float) -> None:
        """An answer came that is no wish for fewer requests."""
        self._came += 1
        self._lost_in_a_row = 0
        self._count(now)

    def lost(self, began: float, now: float) -> None:
        """A request that began then came to nothing: the server failed, or the connection broke."""
        self._lost += 1
        self._lost_in_a_row += 1
        if self._lost_in_a_row >= max(_FEWEST, self.size):
            self.throttled(began, now)
        else:
            self._count(now)

    def _count(self, now: float) -> None:
        told = self._came + self._lost
        if told < max(_FEWEST, _ROUNDS * self.size) or now <= self._now:
            return
        rate, is_often_lost = self._came / (now - self._now), self._lost * _OFTEN > told
        self._came, self._lost, self._now = 0, 0, now
        if is_often_lost and self.size >= self._usual:
            self._shrink(self._usual)
        elif rate > self._best * _GAIN:
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
        self._shrink(1)
        self._came = self._lost = self._lost_in_a_row = 0
        self._halved = self._now = now

    def _shrink(self, least: int) -> None:
        self.size = self._good = max(least, self.size // 2)
        self._leaping, self._best, self._rest = False, 0.0, 0

    def _grow(self) -> None:
        more = self.size if self._leaping else max(1, self.size // 8)
        self.size = min(self._most, self.size + more)
