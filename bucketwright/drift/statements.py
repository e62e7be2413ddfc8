"""In which statements do two policies differ, and what does each say?

How statements are spread and gathered means nothing: each counts for every action and resource that it names,
and for every value that one of its conditions takes.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from itertools import product
from math import prod
from typing import Final

from bucketwright.drift.differing import Difference
from bucketwright.drift.words import listed, named
from bucketwright.facets.bucket.policy import Policy
from bucketwright.facets.role.policies import Policies
from bucketwright.iam.actions import spelled
from bucketwright.iam.documents import (
    Condition,
    Document,
    Names,
    PolicyError,
    Principals,
    Statement,
    canonical,
    parse,
)
from bucketwright.plain_text import clipped, printable

_MOST_PAIRS: Final = 1_000
"""A statement of more pairs is held against others as a whole."""
_WIDTH: Final = 100
_SECRET: Final = frozenset({"sts:externalid"})
"""Whoever knows what these have to be may pass: that there is such a condition is said, and no more."""


def of_policy(fact: str, wanted: object, found: object) -> Iterator[Difference]:
    """Statement by statement, whether there is one policy, or none."""
    own, other = _Side.of(wanted), _Side.of(found)
    if isinstance(wanted, Policy) and found is None:
        yield Difference("missing", f"there is no {named(fact)}", f"a {named(fact)} of {_count(own)}")
    else:
        yield from _paired(own, other)


def turns(before: object, after: object) -> Iterator[tuple[str, str]]:
    """What a change of a policy does, statement by statement: what each says now, and then, all of it."""
    was, will = _Side.of(before), _Side.of(after)
    gone, come = was.without(will), will.without(was)
    for name, one in gone.items():
        other = None if name.startswith("#") else come.pop(name, None)
        then = f"no {_called(name)}" if other is None else f"{_called(name, 'a')} {_said(other, _WHOLE)}"
        yield f"{_called(name, 'a')} {_said(one, _WHOLE)}", then
    for name, one in come.items():
        yield f"no {_called(name)}", f"{_called(name, 'a')} {_said(one, _WHOLE)}"
    if not gone and not come:
        yield _count(was), f"{_count(will)} that say the same"


def _called(name: str, article: str = "such") -> str:
    return f"{article} statement" if name.startswith("#") else f"statement {name}"


class _Side:
    """All statements of a policy, or of all policies of a role."""

    def __init__(self, statements: Iterable[Statement], texts: Iterable[str]) -> None:
        self.statements: Final = tuple(sorted(statements, key=repr))
        self.labels: Final = dict(label for text in texts for label in _labels(text))
        self.pairs: Final = frozenset(pair for one in self.statements for pair in _pairs(one))

    @classmethod
    def of(cls, value: object) -> "_Side":
        match value:
            case Policy():
                return cls(value.document.statements, (value.text,))
            case Policies():
                return cls(value.statements, value.texts)
        return cls((), ())

    def without(self, other: "_Side") -> dict[str, Statement]:
        """The statements that the other side does not say whole, by what they are called."""
        several = (one for one in self.statements if not set(_pairs(one)) <= other.pairs)
        return {self.labels.get(one, "") or f"#{number}": one for number, one in enumerate(several)}


def _count(side: _Side) -> str:
    number = len(side.statements)
    return f"{number} statement{'' if number == 1 else 's'}"


def _paired(wanted: _Side, found: _Side) -> Iterator[Difference]:
    """Two statements with one Sid are one that was changed."""
    gone, come = wanted.without(found), found.without(wanted)
    for name, one in gone.items():
        said = _said(one)
        if name in come and not name.startswith("#"):
            other = _said(come[name])
            yield Difference("changed", f"statement {name} was changed: it {other}", f"{name} {said}")
        else:
            called = "" if name.startswith("#") else f" {name}"
            yield Difference(
                "missing", f"statement{called} is missing: it {said}", f"a statement that {said}"
            )
    for name, one in come.items():
        if name not in gone or name.startswith("#"):
            called = "" if name.startswith("#") else f" {name}"
            yield Difference(
                "added", f"statement{called} was added: it {_said(one)}", "no statement but those declared"
            )


@dataclass(frozen=True, slots=True)
class _Telling:
    """How much is told of what may be long."""

    listed: Callable[[Iterable[str]], str]
    text: Callable[[str], str]


_SHORT: Final = _Telling(listed, partial(clipped, width=_WIDTH))
_WHOLE: Final = _Telling(", ".join, printable)


def _said(statement: Statement, telling: _Telling = _SHORT) -> str:
    """What a statement does, in one line: `lets everybody s3:GetObject on arn:aws:s3:::files/*`."""
    conditions = "".join(f", {_condition(one, telling)}" for one in statement.conditions)
    who = "" if statement.principals is None else f" {_who(statement.principals, telling)}"
    on = "" if statement.resources is None else f" on {_names(statement.resources, telling)}"
    does = "allows" if statement.allows else "refuses"
    return f"{does}{who} {_names(statement.actions, telling)}{on}{conditions}"


def _who(principals: Principals, telling: _Telling) -> str:
    if ("AWS", "*") in principals.members:
        return "nobody" if principals.negated else "everybody"
    names = telling.listed(telling.text(name) for _, name in principals.members)
    return f"everybody but {names}" if principals.negated else names


def _names(names: Names, telling: _Telling) -> str:
    told = telling.listed(telling.text(spelled(one)) for one in names.patterns)
    return f"all but {told}" if names.negated else told


def _condition(one: Condition, telling: _Telling) -> str:
    values = telling.listed(map(telling.text, one.values))
    return f"where {clipped(one.key)} {one.spelled} {'(not shown)' if one.key in _SECRET else values}"


@lru_cache(maxsize=1_024)
def _labels(text: str) -> tuple[tuple[Statement, str], ...]:
    """What the writer of a document calls its statements."""
    try:
        document = parse(text)
    except PolicyError:
        return ()
    named_ones = ((one, one.label.partition(" (")[2].removesuffix(")")) for one in document.statements)
    return tuple((_normal(one, document), label) for one, label in named_ones if label)


def _normal(statement: Statement, document: Document) -> Statement:
    return canonical(replace(document, statements=(statement,))).statements[0]


@lru_cache(maxsize=4_096)
def _pairs(statement: Statement) -> frozenset[Statement]:
    """The statement for each action, resource and value of a condition by itself."""
    actions, resources = _each(statement.actions), _each(statement.resources)
    conditions = tuple(_values(one) for one in statement.conditions)
    if prod(map(len, (actions, resources, *conditions))) > _MOST_PAIRS:
        return frozenset({statement})
    return frozenset(
        replace(statement, actions=action or statement.actions, resources=resource, conditions=single)
        for action, resource, single in product(actions, resources, product(*conditions))
    )


def _values(condition: Condition) -> tuple[Condition, ...]:
    """A condition that one of its values fulfils, value by value; else it is as it is."""
    if "not" in condition.operator or condition.quantifier == "forallvalues":
        return (condition,)
    return tuple(replace(condition, values=(value,)) for value in condition.values) or (condition,)


def _each(names: Names | None) -> tuple[Names | None, ...]:
    """Names one by one; what is spared is spared together."""
    if names is None or names.negated:
        return (names,)
    return tuple(Names((one,)) for one in names.patterns)
