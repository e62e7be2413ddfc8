"""In which circumstances can a request be, as far as some conditions tell?"""

from collections.abc import Mapping

import pytest

from bucketwright.iam.conditions import holds
from bucketwright.iam.documents import Condition
from bucketwright.rules.circumstances import cases

VPC = "aws:sourcevpc"


def _values(key: str, *conditions: Condition) -> set[tuple[str, ...]]:
    return {known[key] for known in cases(conditions)}


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        pytest.param(
            [Condition("bool", "aws:securetransport", ("false",))],
            {"aws:securetransport": {("true",), ("false",)}},
            id="TLS is always told",
        ),
        pytest.param(
            [Condition("bool", "aws:multifactorauthpresent", ("true",))],
            {"aws:multifactorauthpresent": {("true",), ("false",), ()}},
            id="another truth may be left out",
        ),
        pytest.param(
            [Condition("null", VPC, ("true",))], {VPC: {("true",), ("false",), ()}}, id="whether it is there"
        ),
        pytest.param(
            [Condition("null", VPC, ("true",)), Condition("bool", VPC, ("true",))],
            {VPC: {("true",), ("false",), ()}},
            id="a truth, and whether it is there",
        ),
        pytest.param(
            [Condition("stringequals", VPC, ("a", "b")), Condition("null", VPC, ("true",))],
            {VPC: {("a",), ("b",), ("another value",), ()}},
            id="values that are named",
        ),
        pytest.param(
            [Condition("stringequals", VPC, ("a",)), Condition("stringnotlike", VPC, ("b",), if_exists=True)],
            {VPC: {("a",), ("b",), ("another value",), ()}},
            id="two conditions on one key",
        ),
    ],
)
def test_a_few_values_tell_all_cases_apart(
    conditions: list[Condition], expected: Mapping[str, set[tuple[str, ...]]]
) -> None:
    """Each that is named, another one, and none at all."""
    assert {key: _values(key, *conditions) for key in expected} == expected


@pytest.mark.parametrize(
    "kind", ["stringequals", "stringequalsignorecase", "stringlike", "arnequals", "arnlike"]
)
def test_a_fixed_value_is_compared_in_many_ways(kind: str) -> None:
    """And in each of them with the value, or with all others."""
    negated = kind.replace("string", "stringnot").replace("arn", "arnnot")

    assert _values(VPC, Condition(kind, VPC, ("a",))) == {("a",), ("another value",), ()}
    assert _values(VPC, Condition(negated, VPC, ("a",))) == {("a",), ("another value",), ()}


@pytest.mark.parametrize(
    "condition",
    [
        pytest.param(Condition("stringlike", VPC, ("a", "vpc-*")), id="a star"),
        pytest.param(Condition("stringlike", VPC, ("vpc-?",)), id="a question mark"),
        pytest.param(Condition("stringequals", VPC, ("${aws:userid}",)), id="a variable"),
        pytest.param(Condition("stringequals", VPC, ("a",), "foranyvalue"), id="several values"),
        pytest.param(Condition("ipaddress", VPC, ("192.0.2.0/24",)), id="a range"),
        pytest.param(Condition("numericlessthan", VPC, ("2",)), id="a number"),
    ],
)
def test_what_cannot_be_gone_through_is_left_open(condition: Condition) -> None:
    """Also where another condition on the key could be."""
    assert cases([condition]) == ({},)
    assert cases([Condition("stringequals", VPC, ("a",)), condition]) == ({},)
    assert cases([condition, Condition("stringequals", VPC, ("a",))]) == ({},)


def test_there_are_never_too_many() -> None:
    """The keys of fewest values go first, and those that would make it too many are left open."""
    small = [Condition("null", f"key-{number}", ("true",)) for number in range(3)]
    large = Condition("stringequals", VPC, tuple(map(str, range(40))))

    found = cases([large, *small])

    assert len(found) == 3**3
    assert {frozenset(known) for known in found} == {frozenset(one.key for one in small)}
    assert len(cases([Condition("stringequals", VPC, tuple(map(str, range(62))))])) == 64
    assert cases([Condition("stringequals", VPC, tuple(map(str, range(63))))]) == ({},)


def test_every_condition_is_settled_in_every_case() -> None:
    """That is what the cases are for."""
    conditions = [
        Condition("stringnotequals", VPC, ("a",)),
        Condition("stringequals", VPC, ("b",), if_exists=True),
        Condition("bool", "aws:securetransport", ("true",)),
    ]

    assert all(holds(one, known) is not None for known in cases(conditions) for one in conditions)
