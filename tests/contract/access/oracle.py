"""A tiny IAM and a small world of keys, to hold the product's answers against.

Templates are read anew here, from their text; only sets of texts are spelled as the kernel reads them.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import chain, product
from typing import Any, Final

from bucketwright.iam.charset import CharSet, Repeat
from bucketwright.iam.languages import Leaf

Json = Mapping[str, Any]
Request = Mapping[str, Any]
"""Action, resource, and condition keys with their values; a key that is absent is not in it."""


def _of(chars: str, times: int | None = None) -> Repeat:
    return Repeat(CharSet(frozenset(chars)), times or 0, times)


_VALUES: Final = {
    "": ("a", "b", "x", "a-1", "1", "q.b"),
    "int": ("0", "17"),
    "slug": ("a", "b", "x", "a-1", "1"),
}
_SPELLED: Final = {"": "[^/]+", "int": "(0|[1-9][0-9]*)", "slug": "[a-z0-9]([a-z0-9-]*[a-z0-9])?"}
_DIGITS: Final = "0123456789"
_LOWER: Final = "abcdefghijklmnopqrstuvwxyz" + _DIGITS
_SHAPES: Final[Mapping[str, Sequence[Sequence[Repeat]]]] = {
    "": [[Repeat(CharSet(frozenset("/"), negated=True), 1, None)]],
    "int": [[_of("0", 1)], [_of(_DIGITS[1:], 1), _of(_DIGITS)]],
    "slug": [[_of(_LOWER, 1)], [_of(_LOWER, 1), _of(_LOWER + "-"), _of(_LOWER, 1)]],
}
_VARIABLE: Final = re.compile(r"\{[a-z0-9]+:?([a-z0-9]*)\}")
_BELOW: Final = ("", "x", "b/", "a/x", "x/b/x", "b/f_1.txt", "1/x", "a-1/b/a/x/x")
MOST_KEYS: Final = 150


def allows(documents: Sequence[Json], request: Request) -> bool:
    """Whether some statement allows the request and none denies it."""
    met = [one for document in documents for one in document["Statement"] if _is_about(one, request)]
    return any(one["Effect"] == "Allow" for one in met) and all(one["Effect"] == "Allow" for one in met)


def _is_about(statement: Json, request: Request) -> bool:
    return (
        any(like(action, request["action"]) for action in _several(statement["Action"]))
        and any(like(resource, request["resource"]) for resource in _several(statement["Resource"]))
        and all(
            _holds(operator, request.get(key), _several(values))
            for operator, keys in statement.get("Condition", {}).items()
            for key, values in keys.items()
        )
    )


def _holds(operator: str, actual: str | None, wanted: Sequence[str]) -> bool:
    """The operators that the compiler writes, in AWS's words for present and absent keys."""
    if operator == "Null":
        return (actual is None) == (wanted[0] == "true")
    if operator == "StringNotEquals":
        return actual not in wanted
    if operator == "ArnNotLike":
        return actual is None or not any(like(one, actual) for one in wanted)
    if actual is None:
        return operator.startswith("ForAllValues:")
    match operator:
        case "StringLike" | "ArnLike":
            return any(like(one, actual) for one in wanted)
        case "NumericLessThan":
            return float(actual) < float(wanted[0])
        case _:
            return actual in wanted


def like(pattern: str, text: str) -> bool:
    return _compiled(pattern).fullmatch(text) is not None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\$\{(.)\}|\*|[^*]", _expression, pattern, flags=re.DOTALL), re.DOTALL)


def _expression(match: re.Match[str]) -> str:
    return re.escape(match[1]) if match[1] else ".*" if match[0] == "*" else re.escape(match[0])


def _several(values: str | Sequence[str]) -> Sequence[str]:
    return [values] if isinstance(values, str) else values


def owner_pattern(path: str, name: str | None) -> re.Pattern[str]:
    """The keys of a prefix, read from the text of its template."""
    text = path + (name or "")
    pieces = _VARIABLE.split(text)
    spelled = [re.escape(one) if n % 2 == 0 else f"({_SPELLED[one]})" for n, one in enumerate(pieces)]
    return re.compile("".join(spelled) + ("" if name else ".*"), re.DOTALL)


def language(path: str, name: str | None) -> list[Leaf]:
    """The same keys as a set that the kernel searches."""
    pieces = _VARIABLE.split(path + (name or ""))
    choices = [[[_of(c, 1) for c in one]] if n % 2 == 0 else _SHAPES[one] for n, one in enumerate(pieces)]
    below = [] if name else [Repeat(CharSet(frozenset(), negated=True), 0, None)]
    return [Leaf((*chain.from_iterable(one), *below)) for one in product(*choices)]


def keys_of(path: str, name: str | None) -> Iterator[str]:
    """Some keys of a prefix: every mixture of small values, with nasty names below a path."""
    text = path + (name or "")
    pieces = _VARIABLE.split(text)
    choices = [(one,) if n % 2 == 0 else _VALUES[one] for n, one in enumerate(pieces)]
    below = ("",) if name else _BELOW
    mixtures = list(product(*choices, below))
    step = len(mixtures) // MOST_KEYS | 1
    return ("".join(one) for one in mixtures[::step])


def beginnings(keys: Sequence[str]) -> set[str]:
    """Everything with which one of the keys begins."""
    return {key[:end] for key in keys for end in range(len(key) + 1)}
