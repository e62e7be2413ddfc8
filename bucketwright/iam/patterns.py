"""Patterns with `*`, `?` and policy variables: do two meet, does one contain the other, and where not.

Exact and fast whatever the stars. Each question walks its patterns once from left to right: the pieces
between stars are laid as far left as they go, which is optimal because a star takes what is left over.
"""

from collections.abc import Iterable, Sequence

from bucketwright.iam.charset import CharSet
from bucketwright.iam.wildcards import (
    ANY,
    ESCAPED,
    STAR,
    VARIABLE,
    Pattern,
    Pieces,
    Token,
    literal,
    parse,
    without_variables,
)

__all__ = (
    "ANY", "ESCAPED", "STAR", "VARIABLE", "Pattern", "Token", "common_example", "contains", "intersects",
    "literal", "matches", "missing_example", "parse", "without_variables",
)  # fmt: skip


def matches(pattern: Pattern, text: str) -> bool:
    """Whether the pattern matches the text."""
    return contains(pattern, literal(text))


def contains(outer: Pattern, inner: Pattern) -> bool:
    """Whether every match of `inner` is a match of `outer`."""
    tokens = inner.tokens
    if not outer.has_star:
        return len(tokens) == len(outer.tokens) and all(map(_covers, outer.tokens, tokens))
    shape = outer.pieces
    rest = _between(tokens, shape)
    return (
        rest is not None
        and all(map(_covers, shape.head, tokens))
        and all(map(_covers, reversed(shape.tail), reversed(tokens)))
        and _layout(shape, rest, meets=False) is not None
    )


def intersects(a: Pattern, b: Pattern) -> bool:
    """Whether some text matches both."""
    shorter = min(len(a.head), len(b.head))
    return a.head[:shorter] == b.head[:shorter] and common_example(a, b) is not None


def common_example(a: Pattern, b: Pattern) -> str | None:
    """Return a text that matches both, or None."""
    if a.has_star and b.has_star:
        tokens = _merge_starred(a.tokens, b.tokens)
    elif a.has_star:
        tokens = _fit(a.pieces, b.tokens)
    elif b.has_star:
        tokens = _fit(b.pieces, a.tokens)
    else:
        tokens = _merge(a.tokens, b.tokens)
    return None if tokens is None else "".join("x" if token is ANY else str(token) for token in tokens)


def missing_example(inner: Pattern, outer: Pattern) -> str | None:
    """Return a text that matches `inner` but not `outer`, or None where `outer` contains `inner`."""
    if contains(outer, inner):
        return None
    filler = _unused(inner.tokens + outer.tokens)
    tokens: tuple[Token, ...] = tuple(filler if token is ANY else token for token in inner.tokens)
    for everywhere in ((), (filler,)):
        tried = _filled(tokens, everywhere, tokens.count(STAR))
        if not contains(outer, Pattern(tried)):
            return "".join(map(str, tried))
    return "".join(map(str, _missing_word(tokens, outer, filler)))


def _missing_word(tokens: tuple[Token, ...], outer: Pattern, filler: str) -> tuple[Token, ...]:
    """Fill star after star: where an empty filling is covered, a long one is not."""
    lengths = (0, 1, len(outer.tokens) + 1)
    while STAR in tokens:
        tries = (_filled(tokens, (filler,) * length, 1) for length in lengths)
        tokens = next(tried for tried in tries if not contains(outer, Pattern(tried)))
    return tokens


def _filled(tokens: tuple[Token, ...], filling: tuple[Token, ...], stars: int) -> tuple[Token, ...]:
    """Put the filling in place of the first stars."""
    filled: list[Token] = []
    for token in tokens:
        if token is STAR and stars:
            filled += filling
            stars -= 1
        else:
            filled.append(token)
    return tuple(filled)


def _covers(outer: Token, inner: Token) -> bool:
    return inner is not STAR and (outer is ANY or outer == inner)


def _compatible(a: Token, b: Token) -> bool:
    return a is ANY or b is ANY or a == b


def _narrower(a: Token, b: Token) -> Token:
    return b if a is ANY else a


def _between(tokens: Sequence[Token], shape: Pieces) -> Sequence[Token] | None:
    """What lies between the anchored ends, or None where there is too little for both."""
    end = len(tokens) - len(shape.tail)
    return tokens[len(shape.head) : end] if len(shape.head) <= end else None


def _layout(shape: Pieces, rest: Sequence[Token], *, meets: bool) -> list[int] | None:
    """Lay the middles into the rest, each as far left as it goes; return where each ends."""
    ends: list[int] = []
    masks = (_Mask(middle, meets=meets) for middle in shape.middles)
    mask = next(masks, None)
    need, found = shape.gaps[0], 0
    for position, token in enumerate(rest):
        if token is STAR:
            found = 0
        elif need:
            need -= 1
        elif mask is not None:
            found = (found << 1 | 1) & mask.of(token)
            if found & mask.complete:
                ends.append(position)
                mask, need, found = next(masks, None), shape.gaps[len(ends)], 0
    return ends if mask is None and not need else None


class _Mask:
    """Which positions of a piece accept a token, as bits: shift-and search with don't-cares."""

    def __init__(self, piece: tuple[Token, ...], *, meets: bool) -> None:
        self.complete = 1 << (len(piece) - 1)
        self._any = sum(1 << i for i, token in enumerate(piece) if token is ANY)
        self._bits: dict[Token, int] = {ANY: (1 << len(piece)) - 1 if meets else self._any}
        for i, token in enumerate(piece):
            if token is not ANY:
                self._bits[token] = self._bits.get(token, self._any) | 1 << i

    def of(self, token: Token) -> int:
        return self._bits.get(token, self._any)


def _merge(a: Sequence[Token], b: Sequence[Token]) -> list[Token] | None:
    if len(a) != len(b) or not all(map(_compatible, a, b)):
        return None
    return list(map(_narrower, a, b))


def _fit(shape: Pieces, tokens: tuple[Token, ...]) -> list[Token] | None:
    """Overlay a pattern with stars on one without."""
    rest = _between(tokens, shape)
    if rest is None:
        return None
    start, end = len(shape.head), len(tokens) - len(shape.tail)
    head, tail = _merge(shape.head, tokens[:start]), _merge(shape.tail, tokens[end:])
    ends = _layout(shape, rest, meets=True)
    if head is None or tail is None or ends is None:
        return None
    middle = list(rest)
    for at, piece in zip(ends, shape.middles, strict=True):
        under = slice(at + 1 - len(piece), at + 1)
        middle[under] = map(_narrower, middle[under], piece)
    return head + middle + tail


def _merge_starred(a: tuple[Token, ...], b: tuple[Token, ...]) -> list[Token] | None:
    """Both hold a star: the anchored ends must agree, and the stars take each other's middles."""
    (a_head, a_middle, a_tail), (b_head, b_middle, b_tail) = _ends(a), _ends(b)
    heads = min(len(a_head), len(b_head))
    tails = min(len(a_tail), len(b_tail))
    head = _merge(a_head[:heads], b_head[:heads])
    tail = _merge(a_tail[len(a_tail) - tails :], b_tail[len(b_tail) - tails :])
    if head is None or tail is None:
        return None
    longer_head = a_head[heads:] + b_head[heads:]
    longer_tail = a_tail[: len(a_tail) - tails] + b_tail[: len(b_tail) - tails]
    return [*head, *longer_head, *a_middle, *b_middle, *longer_tail, *tail]


def _ends(tokens: tuple[Token, ...]) -> tuple[tuple[Token, ...], tuple[Token, ...], tuple[Token, ...]]:
    first = tokens.index(STAR)
    last = len(tokens) - 1 - tokens[::-1].index(STAR)
    return (
        tokens[:first],
        tuple(token for token in tokens[first:last] if token is not STAR),
        tokens[last + 1 :],
    )


def _unused(tokens: Iterable[Token]) -> str:
    """A readable character that stands in neither pattern: the worst case for the one that should match."""
    return CharSet(frozenset(token for token in tokens if isinstance(token, str)), negated=True).example()
