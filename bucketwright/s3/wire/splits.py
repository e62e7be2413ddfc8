"""Where may a range of keys be split, when nothing is known of what lies ahead? Two guesses, taken in turns.

By bytes: half way between the first characters in which the ends of the range differ, as hashes want it. By
length: after all that has half of its beginning in common with the last key that was read, as deep folders
want it. No split is finer than the keys of the last page differ among themselves.
"""

from typing import Final

_LAST_LEAD: Final = 0xF5
"""One more than the first byte of any character in UTF-8 can be."""
_AFTER_LETTERS: Final = 0x7B
_FIRST_SHOWN: Final = 0x20
_SURROGATES: Final = range(0xD800, 0xE000)
_LAST: Final = 0x10FFFF


def split(first: str, at: str, high: str | None, guess: int) -> str | None:
    """A text between both, as the range `(at, high]` is split; None where there is none.

    Keys from `first` to `at` were on the last page.
    """
    if high is not None and at >= high:
        return None
    deepest = shared(first, at)
    ways = (_by_bytes(at, high), _by_length(at, high, deepest))
    found = ways if guess % 2 == 0 else reversed(ways)
    return next((one for one in found if one is not None and at < one and (high is None or one < high)), None)


def _by_bytes(at: str, high: str | None) -> str | None:
    """Half way between the first characters that differ, or else those after them."""
    same = shared(at, high)
    limit = None if high is None else high[same : same + 1]
    for place in range(same, len(at) + 1):
        between = _between(at[place : place + 1], limit if place == same else None)
        if between:
            return at[:place] + between
    return None


def _by_length(at: str, high: str | None, deepest: int) -> str | None:
    """Just after all that begins as `at` does, up to half way from where it differs from the end."""
    same = shared(at, high)
    place = same + (deepest - same + 1) // 2
    if place >= len(at) or place < same:
        return None
    following = ord(at[place]) + 1
    if following in _SURROGATES:
        following = _SURROGATES.stop
    return at[:place] + chr(following) if following <= _LAST else None


def shared(one: str, other: str | None) -> int:
    """How many characters both begin with."""
    if other is None:
        return 0
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (mine, theirs) in pairs if mine != theirs), min(len(one), len(other)))


def _between(low: str, high: str | None) -> str:
    """A character after one and before the other; empty where none is of use. No `low` is before all."""
    first = _lead(low) if low else _FIRST_SHOWN - 1
    last = _lead(high) if high else _AFTER_LETTERS if first < _AFTER_LETTERS - 1 else _LAST_LEAD
    half = max((first + last) // 2, first + 1)
    if half < last:
        return chr(max(_first_with(half), _FIRST_SHOWN)) if half >= _FIRST_SHOWN else ""
    middle = (ord(low or "\0") + (ord(high) if high else _LAST)) // 2
    return "" if middle in _SURROGATES or middle < _FIRST_SHOWN or chr(middle) <= low else chr(middle)


def _lead(character: str) -> int:
    return character.encode("utf-8", "surrogatepass")[0]


def _first_with(lead: int) -> int:
    """The first character whose bytes begin so, or at least not before."""
    if lead < 0x80:
        return lead
    if lead < 0xE0:
        return max(lead - 0xC0, 2) << 6
    if lead < 0xF0:
        return max((lead - 0xE0) << 12, 0x800) if lead != 0xED else 0xE000
    return max((lead - 0xF0) << 18, 0x10000)
