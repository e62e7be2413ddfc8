"""The slowest question about a set of keys, whatever the stars: is anything in it?"""

from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from string import ascii_lowercase

from bench.promise import Promise
from bench.timing import milliseconds
from bucketwright.iam.languages import And, Formula, Not, Or, Undecided, beginning, member, pattern

_LETTERS = ascii_lowercase[:14]
_BY_POSITION = Or(tuple(pattern(f"b/*{letter}{'?' * 18}") for letter in _LETTERS))
_HOSTILE: dict[str, Formula] = {
    "many folders in their parent": And(
        (Or(tuple(pattern(f"a/{number}/*") for number in range(500))), Not(beginning("a/")))
    ),
    "letters by position": And((pattern("b/*"), Not(_BY_POSITION))),
    "letters by position, each by itself": And(
        (pattern(f"b/{'?' * 19}*"), *(Not(one) for one in _BY_POSITION.parts))
    ),
    "a letter far from the end": And((pattern(f"*a{'?' * 3_000}"), Not(pattern(f"*b{'?' * 3_000}")))),
    "all of many letters": And(tuple(pattern(f"*{letter}?x*{letter}*") for letter in _LETTERS)),
    "stars against stars": And((pattern("*a*b" * 2_000 + "*"), Not(pattern("*a?*" * 2_000)))),
    "as long as is just read": And((pattern("*a?" * 5_000), Not(pattern("*a*b" * 2_900)))),
    "longer than is read": And((pattern("*a?" * 6_000), Not(pattern("*a*b" * 4_000)))),
}


def measure() -> Iterator[Promise]:
    """Yield what each question costs the processor, settled or not."""
    for name, formula in _HOSTILE.items():
        yield Promise(f"member: {name}", milliseconds(partial(_settle, formula)), 100, "ms")


def _settle(formula: Formula) -> None:
    with suppress(Undecided):
        member(formula)
