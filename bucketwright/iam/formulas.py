"""Leaves combined by and, or and not: the plainest form of a formula, and whether it holds."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bucketwright.iam.charset import Repeat
from bucketwright.iam.leaves import Leaf


@dataclass(frozen=True, slots=True)
class Not:
    part: "Formula"


@dataclass(frozen=True, slots=True)
class And:
    parts: tuple["Formula", ...]


@dataclass(frozen=True, slots=True)
class Or:
    parts: tuple["Formula", ...]


Formula = Leaf | Not | And | Or
NOTHING: Final = Or(())
ANYTHING: Final = And(())
Union = tuple[Leaf, ...]
"""The leaves of one Or: a text that any of them spells."""
Repeats = tuple[Repeat, ...]
Judge = Callable[[Sequence[bool | None]], bool | None]


def plain(formula: Formula) -> Formula:
    """The same set without needless nesting and doubles."""
    match formula:
        case Leaf():
            return formula
        case Not(part):
            inner = plain(part)
            return NOTHING if inner == ANYTHING else ANYTHING if inner == NOTHING else Not(inner)
        case And(parts):
            flat = _flat(And, parts)
            return NOTHING if NOTHING in flat else flat[0] if len(flat) == 1 else And(flat)
        case _:
            flat = _flat(Or, formula.parts)
            return ANYTHING if ANYTHING in flat else flat[0] if len(flat) == 1 else Or(flat)


def beside(formula: Formula, before: Repeats, after: Repeats) -> Formula:
    """The texts of the set with something before them and something after them."""
    match formula:
        case Leaf(tokens):
            return Leaf((*before, *tokens, *after))
        case Not(part):
            return Not(beside(part, before, after))
        case And(parts):
            return And(tuple(beside(part, before, after) for part in parts))
        case _:
            return Or(tuple(beside(part, before, after) for part in formula.parts))


def following(formula: Formula, head: str) -> Formula:
    """What may stand after the head so that the whole is in the set."""
    match formula:
        case Leaf(tokens):
            return Or(tuple(map(Leaf, _left_after(tokens, head))))
        case Not(part):
            return Not(following(part, head))
        case And(parts):
            return And(tuple(following(part, head) for part in parts))
        case _:
            return Or(tuple(following(part, head) for part in formula.parts))


def _left_after(tokens: Repeats, head: str) -> Iterable[Repeats]:
    """What is left of a sequence, in each way in which it spells the head first."""
    left: Iterable[Repeats] = (tokens,)
    for char in head:
        left = dict.fromkeys(rest for one in left for rest in _left_after_one(one, char))
    return left


def _left_after_one(tokens: Repeats, char: str) -> Iterator[Repeats]:
    for at, token in enumerate(tokens):
        if token.high != 0 and token.chars.contains(char):
            high = None if token.high is None else token.high - 1
            yield (Repeat(token.chars, max(token.low - 1, 0), high), *tokens[at + 1 :])
        if token.low > 0:
            return


def unions(formula: Formula) -> Iterator[Union]:
    """The leaves of the formula, those of one Or together."""
    match formula:
        case Leaf():
            yield (formula,)
        case Not(part):
            yield from unions(part)
        case And(parts):
            for part in parts:
                yield from unions(part)
        case _:
            leaves, others = _divided(formula.parts)
            yield leaves
            for part in others:
                yield from unions(part)


def judge(formula: Formula, numbers: Mapping[Union, int]) -> Judge:
    """The formula as a function of what is known of its unions: None where that does not settle it."""
    match formula:
        case Leaf():
            return _known(numbers[(formula,)])
        case Not(part):
            held = judge(part, numbers)
            return lambda known: _not(held(known))
        case And(parts):
            each = [judge(part, numbers) for part in parts]
            return lambda known: _all(part(known) for part in each)
        case _:
            leaves, others = _divided(formula.parts)
            either = [_known(numbers[leaves]), *(judge(part, numbers) for part in others)]
            return lambda known: _not(_all(_not(part(known)) for part in either))


def includes(formula: Formula, spells: Callable[[Leaf], bool]) -> bool:
    """Whether a text is in the set, of which it is known what leaves spell it."""
    match formula:
        case Leaf():
            return spells(formula)
        case Not(part):
            return not includes(part, spells)
        case And(parts):
            return all(includes(part, spells) for part in parts)
        case _:
            return any(includes(part, spells) for part in formula.parts)


def _flat(kind: type[And] | type[Or], parts: Iterable[Formula]) -> tuple[Formula, ...]:
    found = map(plain, parts)
    flat = (one for part in found for one in (part.parts if isinstance(part, kind) else (part,)))
    return tuple(dict.fromkeys(flat))


def _divided(parts: Iterable[Formula]) -> tuple[Union, tuple[Formula, ...]]:
    leaves = tuple(part for part in parts if isinstance(part, Leaf))
    return leaves, tuple(part for part in parts if not isinstance(part, Leaf))


def _known(number: int) -> Judge:
    return lambda known: known[number]


def _not(held: bool | None) -> bool | None:
    return None if held is None else not held


def _all(held: Iterable[bool | None]) -> bool | None:
    answer: bool | None = True
    for one in held:
        if one is False:
            return False
        if one is None:
            answer = None
    return answer
