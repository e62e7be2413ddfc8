"""Somebody who watches a transfer."""

from threading import Event


class Told:
    """Somebody who watches."""

    def __init__(self, cancel_at: int | None = None) -> None:
        self.done: list[tuple[int, int]] = []
        self.cancel, self._cancel_at = Event(), cancel_at

    def __call__(self, done: int, total: int) -> None:
        self.done.append((done, total))
        if self._cancel_at is not None and done >= self._cancel_at:
            self.cancel.set()

    def keep_sound(self, size: int) -> None:
        """It goes forward, and ends with all."""
        told = [done for done, _ in self.done]
        assert told == sorted(set(told))
        assert {total for _, total in self.done} == {size}
        assert told[-1] == size
