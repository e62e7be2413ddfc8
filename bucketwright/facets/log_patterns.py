"""Does a filter pattern of CloudWatch Logs choose every event of which some fields are known?

A pattern of fields, such as `{ $.eventName = PutBucketPolicy }`, is read as CloudWatch Logs reads it. What
it asks of a field that is not known holds for some events and for others not, so it does not choose them all.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from bucketwright.facets.answers import all_of, any_of
from bucketwright.iam.patterns import STAR, Pattern, matches

Known = Mapping[str, str | None]
"""What a field holds, under its selector such as `$.eventName`; None of one that an event lacks."""
_LONGEST: Final = 1_024
_DEEPEST: Final = 40
_QUOTED: Final = r'"(?:[^"\\]|\\.)*"'
_REGEX: Final = r"%[^%]*%"
_TOKEN: Final = re.compile(
    rf'\s*(?:({_QUOTED}|{_REGEX}|&&|\|\||[()]|!=|<=|>=|[=<>]|[^\s"%()&|=!<>]+)|(\S))', re.DOTALL
)
_TERM: Final = re.compile(rf"([?-]?)({_QUOTED}|{_REGEX}|\S+)", re.DOTALL)
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)
_OPERATORS: Final = frozenset({"=", "!=", "<", "<=", ">", ">="})
_NOT_THERE: Final = ("NOT", "EXISTS")
_WORDS: Final = frozenset({("IS", "NULL"), ("IS", "TRUE"), ("IS", "FALSE"), _NOT_THERE})
"""Questions that a field which holds a text never answers with yes."""


class UnreadPattern(ValueError):  # noqa: N818 - says what the pattern is, as its reader would
    """The pattern is none, or asks for what is not read here."""


def chooses_all(pattern: str, known: Known) -> bool:
    """Whether it chooses every such event; UnreadPattern where that is not known."""
    if len(pattern) > _LONGEST:
        raise UnreadPattern(f"the pattern is longer than {_LONGEST:,} characters")
    text = pattern.strip()
    if text.startswith("["):
        return False
    if not text.startswith("{"):
        return _terms(text, known)
    if not text.endswith("}"):
        raise UnreadPattern("the pattern does not end with a brace")
    return _Reading(text[1:-1], known).answer()


def _terms(text: str, known: Known) -> bool:
    """Words that an event has to hold, one of those with a question mark, and none of those with a dash."""
    found = [(how, _bare(term)) for how, term in _TERM.findall(text)]
    values = {value for value in known.values() if value is not None}
    if any(term is None for _, term in found):
        raise UnreadPattern("what a regular expression matches is not read")
    needed = [term in values for how, term in found if not how]
    either = [term in values for how, term in found if how == "?"]
    return all(needed) and (bool(needed) or not either or any(either)) and all(how != "-" for how, _ in found)


class _Reading:
    """One pattern of fields, read from left to right."""

    def __init__(self, text: str, known: Known) -> None:
        self._known: Final = known
        self._tokens: Final = _tokens(text)
        self._next: str = next(self._tokens, "")
        self._unread = False
        """Whether a question about a field that is known went unanswered."""

    def answer(self) -> bool:
        held = self._either(_DEEPEST)
        if self._next:
            raise UnreadPattern("the pattern goes on where it should end")
        if held is None and self._unread:
            raise UnreadPattern("what a regular expression matches is not read")
        return held is True

    def _either(self, depth: int) -> bool | None:
        return any_of(self._several("||", depth))

    def _several(self, between: str, depth: int) -> Iterator[bool | None]:
        inner = self._both if between == "||" else self._one
        yield inner(depth)
        while self._next == between:
            self._take()
            yield inner(depth)

    def _both(self, depth: int) -> bool | None:
        return all_of(self._several("&&", depth))

    def _one(self, depth: int) -> bool | None:
        if self._next != "(":
            return self._test()
        if not depth:
            raise UnreadPattern(f"the pattern has more than {_DEEPEST} brackets inside one another")
        self._take()
        held = self._either(depth - 1)
        if self._take() != ")":
            raise UnreadPattern("a bracket of the pattern is not closed")
        return held

    def _test(self) -> bool | None:
        field = self._take()
        if not field.startswith("$"):
            raise UnreadPattern("the pattern asks for no field where it should")
        first, second = self._take(), self._take()
        if not second:
            raise UnreadPattern("the pattern ends within a question")
        question = (first.upper(), second.upper())
        if question not in _WORDS and first not in _OPERATORS:
            raise UnreadPattern("the pattern compares by no operator that is known")
        if field not in self._known:
            return None
        value = self._known[field]
        if value is None:
            return True if question == _NOT_THERE else False if first == "=" else None
        return False if question in _WORDS else self._compared(first, second, value)

    def _compared(self, operator: str, wanted: str, value: str) -> bool | None:
        """A text is neither more nor less than a number."""
        if operator not in {"=", "!="}:
            return False
        text = _bare(wanted)
        if text is None:
            self._unread = True
            return None
        return _is_like(text, value) == (operator == "=")

    def _take(self) -> str:
        taken, self._next = self._next, next(self._tokens, "")
        return taken


def _tokens(text: str) -> Iterator[str]:
    for token, other in _TOKEN.findall(text):
        if other:
            raise UnreadPattern(f"the pattern has {other!r} where it should not")
        yield token


def _bare(word: str) -> str | None:
    """A word without its quotes; None of a regular expression."""
    if re.fullmatch(_REGEX, word):
        return None
    return _ESCAPED.sub(r"\1", word[1:-1]) if re.fullmatch(_QUOTED, word, re.DOTALL) else word


def _is_like(wanted: str, value: str) -> bool:
    """A star stands for any text, and nothing else does."""
    tokens = (STAR if char == "*" else char for char in re.sub(r"\*+", "*", wanted))
    return matches(Pattern(tuple(tokens)), value)
