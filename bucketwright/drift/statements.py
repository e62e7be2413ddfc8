"""In which statements do two policies differ, and what does each say?

How statements are spread and gathered means nothing: each counts for every action and resource that it names,
and for every value that one of its conditions takes.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
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
from bucketwright.plain_text import clipped

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


def _said(statement: Statement) -> str:
    """What a statement does, in one line: `lets everybody s3:GetObject on arn:aws:s3:::files/*`."""
    conditions = "".join(f", {_condition(one)}" for one in statement.conditions)
    who = "" if statement.principals is None else f" {_who(statement.principals)}"
    on = "" if statement.resources is None else f" on {_names(statement.resources)}"
    return f"{'allows' if statement.allows else 'refuses'}{who} {_names(statement.actions)}{on}{conditions}"


def _who(principals: Principals) -> str:
    if ("AWS", "*") in principals.members:
        return "nobody" if principals.negated else "everybody"
    names = listed(clipped(name, _WIDTH) for _, name in principals.members)
    return f"everybody but {names}" if principals.negated else names


def _names(names: Names) -> str:
    told = listed(clipped(spelled(one), _WIDTH) for one in names.patterns)
    return f"all but {told}" if names.negated else told


def _condition(one: Condition) -> str:
    values = "(not shown)" if one.key in _SECRET else listed(clipped(value, _WIDTH) for value in one.values)
    return f"where {clipped(one.key)} {one.spelled} {values}"


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
