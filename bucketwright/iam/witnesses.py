"""A text of a set that some limits leave, without comparing more of the limits than needed."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Final, TypeVar

from bucketwright.iam.charset import Repeat
from bucketwright.iam.formulas import unions
from bucketwright.iam.languages import (
    EVERYTHING,
    And,
    Exhausted,
    Formula,
    Leaf,
    Letters,
    Not,
    Or,
    Undecided,
    Work,
    search,
    within,
)

T = TypeVar("T")
_STAR: Final = Repeat(EVERYTHING, 0, None)
_GUESSES: Final = 8
_TOO_LONG: Final = 1500
"""No ARN is so long, nor any prefix."""


def first_settled(attempts: Iterable[Callable[[], T | None]]) -> T | None:
    """Return what the first attempt finds; what one leaves undecided matters only if no other finds."""
    left_open: Undecided | None = None
    for attempt in attempts:
        try:
            found = attempt()
        except Exhausted:
            raise
        except Undecided as undecided:
            left_open = left_open or undecided
        else:
            if found is not None:
                return found
    if left_open:
        raise left_open
    return None


def shortest(asked: Formula, limits: Sequence[Formula], work: Work) -> Letters | None:
    """Return a shortest text that is asked for and within all limits, or None.

    A limit is compared only once a text found without it lies outside of it; the easy ones all at once.
    """
    compared: list[Formula] = []
    while (found := search(And((asked, *compared)), work)) is not None:
        broken = next((limit for limit in limits if not within(limit, found, work)), None)
        if broken is None:
            return found
        compared += _at_once(limits) if is_easy(broken) else [broken]
    return None


def _at_once(limits: Iterable[Formula]) -> Iterator[Formula]:
    """All easy limits; what is denied is put together, since leaves of one Or are read together."""
    easy = list(filter(is_easy, limits))
    yield Not(Or(tuple(limit.part for limit in easy if isinstance(limit, Not))))
    yield from (limit for limit in easy if not isinstance(limit, Not))


def easiest_first(limits: Iterable[Formula]) -> tuple[Formula, ...]:
    """Those with few stars are compared soonest, and of these the shorter ones are often the wider ones."""
    return tuple(sorted(limits, key=_hardness))


def is_easy(formula: Formula) -> bool:
    """Whether comparing with it leaves little to remember: no leaf has stars between which text may move."""
    return all(leaf.tokens.count(_STAR) <= 1 for leaves in unions(formula) for leaf in leaves)


def _hardness(formula: Formula) -> tuple[int, int]:
    tokens = [token for leaves in unions(formula) for leaf in leaves for token in leaf.tokens]
    return tokens.count(_STAR), len(tokens)


def guesses(asked: Formula, limits: Sequence[Formula]) -> Iterator[Letters]:
    """Yield a few texts that may be asked for and within all limits: with what the limits name in a star."""
    wanted = [letter for limit in limits for leaf in _wanted(limit) for letter in _between_stars(leaf)]
    starred = (leaf for leaf in _wanted(asked) if _STAR in leaf.tokens)
    short = (leaf for leaf in starred if _least(leaf) + len(wanted) < _TOO_LONG)
    yield from (_filled(leaf, wanted) for leaf in islice(short, _GUESSES))


def _least(leaf: Leaf) -> int:
    return sum(token.low for token in leaf.tokens)


def _wanted(formula: Formula, *, wanted: bool = True) -> Iterator[Leaf]:
    """The leaves that a text had better match."""
    match formula:
        case Leaf():
            yield from (formula,) if wanted else ()
        case Not(part):
            yield from _wanted(part, wanted=not wanted)
        case _:
            for part in formula.parts:
                yield from _wanted(part, wanted=wanted)


def _between_stars(leaf: Leaf) -> Letters:
    """What the leaf asks for after its first star and before its last."""
    stars = [at for at, token in enumerate(leaf.tokens) if token == _STAR]
    return _spelled(leaf.tokens[stars[0] : stars[-1]]) if stars else ()


def _filled(leaf: Leaf, filling: Sequence[str]) -> Letters:
    """The shortest text of the leaf, but for its last star, which takes the filling."""
    last = max(at for at, token in enumerate(leaf.tokens) if token == _STAR)
    return (*_spelled(leaf.tokens[:last]), *filling, *_spelled(leaf.tokens[last:]))


def _spelled(tokens: Sequence[Repeat]) -> Letters:
    return tuple(letter for token in tokens for letter in [token.chars.example()] * token.low)
