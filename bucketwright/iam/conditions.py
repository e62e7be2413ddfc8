"""Does a condition hold? Yes, no, or undecided, for a request of which only some keys are known."""

from collections.abc import Mapping
from typing import Final

from bucketwright.iam.documents import OPERATORS, Condition
from bucketwright.iam.languages import (
    ANYTHING,
    NOTHING,
    And,
    Formula,
    Leaf,
    Not,
    Or,
    any_case,
    exactly,
    pattern,
)
from bucketwright.iam.patterns import matches, parse

Known = Mapping[str, tuple[str, ...]]
"""Condition keys whose values are known; the empty tuple says that the request does not carry the key."""

_NEGATED: Final = {
    "stringnotequals": "stringequals",
    "stringnotequalsignorecase": "stringequalsignorecase",
    "stringnotlike": "stringlike",
    "arnnotequals": "arnlike",
    "arnnotlike": "arnlike",
    "notipaddress": "ipaddress",
    "numericnotequals": "numericequals",
    "datenotequals": "dateequals",
}
_TEXTUAL: Final = frozenset(
    {"stringequals", "stringequalsignorecase", "stringlike", "arnequals", "arnlike", "bool"}
)

_OPEN: Final = frozenset("*?$")
_EMPTY: Final = exactly("")


def holds(condition: Condition, known: Known) -> bool | None:
    """Whether the condition holds for a request with these keys; None where that depends on others."""
    if condition.key not in known or condition.operator not in OPERATORS:
        return None
    actual = known[condition.key]
    if condition.operator == "null":
        return _absence(condition, absent=not actual)
    if not actual or (condition.quantifier and not any(actual)):
        return _without_key(condition)
    if len(actual) > 1 and not condition.quantifier:
        return None
    operator = _NEGATED.get(condition.operator, condition.operator)
    if operator not in _TEXTUAL or any("${" in value for value in condition.values):
        return None
    negated = condition.operator in _NEGATED
    met = [any(_equal(operator, wanted, value) for wanted in condition.values) != negated for value in actual]
    return any(met) if condition.quantifier == "foranyvalue" else all(met)


def allowed_values(condition: Condition) -> Formula | None:
    """The values of a single-valued key that meet the condition; None where it cannot be said."""
    if condition.operator == "null":
        wanted = _absence(condition, absent=False)
        return None if wanted is None else ANYTHING if wanted else NOTHING
    operator = _NEGATED.get(condition.operator, condition.operator)
    if operator not in {"stringequals", "stringequalsignorecase", "stringlike"}:
        return None
    listed = Or(tuple(_leaf(operator, value) for value in condition.values))
    values = Not(listed) if condition.operator in _NEGATED else listed
    match condition.quantifier:
        case "forallvalues":
            return Or((values, _EMPTY))
        case "foranyvalue":
            return And((values, Not(_EMPTY)))
        case _:
            return values


def _absence(condition: Condition, *, absent: bool) -> bool | None:
    """Null takes neither a quantifier nor IfExists, and true or false as its values."""
    wanted = {value.lower() for value in condition.values}
    if condition.quantifier or condition.if_exists or not wanted or not wanted <= {"true", "false"}:
        return None
    return ("true" if absent else "false") in wanted


def _without_key(condition: Condition) -> bool | None:
    """IAM's rules for a key that the request does not carry; ForAnyValue and IfExists disagree."""
    if condition.quantifier == "foranyvalue":
        return None if condition.if_exists else False
    return condition.if_exists or condition.quantifier == "forallvalues" or condition.operator in _NEGATED


def _equal(operator: str, wanted: str, value: str) -> bool:
    match operator:
        case "stringequals":
            return wanted == value
        case "stringequalsignorecase" | "bool":
            return wanted.lower() == value.lower()
        case "stringlike":
            return _like(wanted, value)
        case _:
            return _same_arn(wanted, value)


def _same_arn(wanted: str, value: str) -> bool:
    """Colon by colon: a wildcard does not reach into the next part."""
    if not _is_open(wanted):
        return wanted == value
    ours, theirs = wanted.split(":", 5), value.split(":", 5)
    return len(ours) == len(theirs) and all(map(_like, ours, theirs))


def _like(wanted: str, value: str) -> bool:
    return matches(parse(wanted), value) if _is_open(wanted) else wanted == value


def _is_open(wanted: str) -> bool:
    """Whether it may match more than itself; most of what policies name does not."""
    return not _OPEN.isdisjoint(wanted)


def _leaf(operator: str, value: str) -> Leaf:
    if operator == "stringlike":
        return pattern(value)
    return any_case(exactly(value)) if operator == "stringequalsignorecase" else exactly(value)
