"""Formulas of few letters, and an oracle that reads each leaf as a regular expression."""

import itertools
import re

from hypothesis import strategies as st

from bucketwright.iam.charset import CharSet, Repeat
from bucketwright.iam.languages import And, Formula, Leaf, Not, Or

LETTERS = "aé/"
LONGEST = 4
WORDS = ["".join(word) for n in range(LONGEST + 1) for word in itertools.product("aé/z", repeat=n)]

charsets = st.builds(CharSet, st.frozensets(st.sampled_from(LETTERS), max_size=2), st.booleans())
repeats = st.builds(
    lambda chars, low, more: Repeat(chars, low, None if more is None else low + more),
    charsets,
    st.integers(0, 2),
    st.none() | st.integers(0, 2),
)
leaves = st.builds(Leaf, st.lists(repeats, max_size=4).map(tuple))


def formulas(atoms: st.SearchStrategy[Leaf]) -> st.SearchStrategy[Formula]:
    def larger(parts: st.SearchStrategy[Formula]) -> st.SearchStrategy[Formula]:
        several = st.lists(parts, max_size=3).map(tuple)
        return st.builds(Not, parts) | st.builds(And, several) | st.builds(Or, several)

    return st.recursive(atoms, larger, max_leaves=5)


def spelled(token: Repeat) -> str:
    """One token as a regular expression."""
    listed = "".join(map(re.escape, sorted(token.chars.chars)))
    if not listed:
        one = "." if token.chars.negated else "(?!)"
    else:
        one = f"[^{listed}]" if token.chars.negated else f"[{listed}]"
    return f"(?:{one}){{{token.low},{'' if token.high is None else token.high}}}"


def holds(formula: Formula, text: str) -> bool:
    match formula:
        case Leaf(tokens):
            return re.fullmatch("".join(map(spelled, tokens)), text, re.DOTALL) is not None
        case Not(part):
            return not holds(part, text)
        case And(parts):
            return all(holds(part, text) for part in parts)
        case Or(parts):
            return any(holds(part, text) for part in parts)


SYMBOLS = ("a", "b", "${v}", "${w}", "*", "?")
SYMBOL_WORDS = [word for n in range(5) for word in itertools.product(SYMBOLS, repeat=n)]
PIECES = st.sampled_from(("a", "b", "*", "?", "${v}", "${V}", "${w}", "${*}", "${?}"))
TEXTS = st.lists(PIECES, max_size=4).map(tuple)


def matched(pieces: tuple[str, ...], word: tuple[str, ...]) -> bool:
    """A variable is a symbol like any other, but none of the characters that a `?` asks for."""
    if not pieces:
        return not word
    wild = len(list(itertools.takewhile(lambda piece: piece in {"*", "?"}, pieces)))
    if "*" in pieces[:wild]:
        asked, rest = pieces[:wild].count("?"), pieces[wild:]
        taken = (sum(not symbol.startswith("$") for symbol in word[:at]) for at in range(len(word) + 1))
        return any(matched(rest, word[at:]) for at, characters in enumerate(taken) if characters >= asked)
    if not word or not matched(pieces[1:], word[1:]):
        return False
    if pieces[0] == "?":
        return not word[0].startswith("$")
    return word[0] == {"${*}": "*", "${?}": "?", "${V}": "${v}"}.get(pieces[0], pieces[0])
