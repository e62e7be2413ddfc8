"""The slowest question about patterns that hostile stars can ask."""

from collections.abc import Callable, Iterator
from functools import partial

from bench.promise import Promise
from bench.timing import milliseconds
from bucketwright.iam.patterns import Pattern, common_example, contains, literal, missing_example, parse

_HOSTILE = {
    "stars and one letter": (parse("*a" * 1000), parse("*a?" * 700 + "*")),
    "stars against a long key": (parse("*a*b" * 500), literal("ab" * 512)),
    "question marks before a mismatch": (parse("*" + "a?" * 500), parse("a" * 1000 + "*b?")),
    "long piece against a near miss": (parse("*" + "ab?" * 300 + "*"), literal("ab" * 512)),
}
_QUESTIONS: tuple[Callable[[Pattern, Pattern], object], ...] = (contains, common_example, missing_example)


def measure() -> Iterator[Promise]:
    """Yield the slowest answer of each pair, asked both ways."""
    for name, (a, b) in _HOSTILE.items():
        slowest = max(milliseconds(partial(ask, *pair)) for ask in _QUESTIONS for pair in ((a, b), (b, a)))
        yield Promise(f"patterns: {name}", slowest, 100, "ms")
