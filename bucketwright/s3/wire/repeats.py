"""Does a list tell the same version, or the same upload, twice? No sound list does."""

from bisect import bisect_left

from bucketwright.s3.wholeness import BadAnswerError

Name = tuple[str, str]
"""A key, and what tells the rows of one key apart."""


class Repeats:
    """What was told of the last key of one reader's pages: only of that one more may follow."""

    __slots__ = ("_last", "_names")

    def __init__(self) -> None:
        self._last = ""
        self._names: set[Name] = set()

    def refuse(self, names: list[Name]) -> None:
        """BadAnswerError if one stands there twice, or was there before; they are in order of the keys."""
        if not names:
            return
        fresh = set(names)
        if len(fresh) < len(names) or not self._names.isdisjoint(fresh):
            raise BadAnswerError("the same version, or upload, of a key is listed twice")
        first = bisect_left(names, names[-1][0], key=_key)
        if names[-1][0] != self._last:
            self._last, self._names = names[-1][0], set()
        self._names.update(names[first:])


def _key(name: Name) -> str:
    return name[0]
