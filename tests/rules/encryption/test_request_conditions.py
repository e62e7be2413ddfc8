"""Which conditions surely hold for requests of which a key is known?"""

import pytest

from bucketwright.iam.documents import Condition
from bucketwright.rules.request_conditions import SECURE_TRANSPORT, TLS_VERSION, surely


@pytest.mark.parametrize(
    ("operator", "values", "expected"),
    [
        ("numericequals", ("1.2",), True),
        ("numericequals", ("1.20",), True),
        ("numericequals", ("1.0", "1.2"), True),
        ("numericequals", ("1.0",), False),
        ("numericnotequals", ("1.0", "1.1"), True),
        ("numericnotequals", ("1.0", "1.2"), False),
        ("numericlessthan", ("1.2",), False),
        ("numericlessthan", ("1.3",), True),
        ("numericlessthan", ("1.0", "1.3"), True),
        ("numericlessthanequals", ("1.2",), True),
        ("numericlessthanequals", ("1.1",), False),
        ("numericgreaterthan", ("1.1",), True),
        ("numericgreaterthan", ("1.2",), False),
        ("numericgreaterthan", ("-3",), True),
        ("numericgreaterthanequals", ("1.2",), True),
        ("numericgreaterthanequals", ("1.3",), False),
        ("numericlessthan", ("TLSv1.3",), None),
        ("numericlessthan", ("1.3", "${aws:x}"), None),
        ("numericlessthan", ("1_3",), None),
        ("numericlessthan", ("inf",), None),
        ("numericlessthan", ("9" * 30,), None),
        ("dategreaterthan", ("1.1",), None),
    ],
)
def test_numbers_are_compared_as_numbers(
    operator: str, values: tuple[str, ...], expected: bool | None
) -> None:
    """One of several is enough, but none of those that it must not be; what is no number is left open."""
    condition = Condition(operator, TLS_VERSION, values)

    assert surely(condition, {TLS_VERSION: ("1.2",)}) is expected


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        pytest.param({}, None, id="of which nothing is known"),
        pytest.param({TLS_VERSION: ("1.1", "1.2")}, None, id="of several versions"),
        pytest.param({TLS_VERSION: ("old",)}, None, id="of no version"),
        pytest.param({TLS_VERSION: ()}, False, id="without a version"),
    ],
)
def test_a_version_that_is_not_known_is_not_compared(
    known: dict[str, tuple[str, ...]], expected: bool | None
) -> None:
    """Only a request that surely has none surely does not meet the condition."""
    assert surely(Condition("numericlessthan", TLS_VERSION, ("1.3",)), known) is expected


@pytest.mark.parametrize(
    ("operator", "value", "expected"),
    [
        ("bool", "False", True),
        ("bool", "true", False),
        ("null", "false", True),
        ("stringequals", "false", None),
        ("stringnotlike", "true", None),
    ],
)
def test_a_truth_is_compared_as_one(operator: str, value: str, expected: bool | None) -> None:
    """What an operator on texts makes of it is left open."""
    condition = Condition(operator, SECURE_TRANSPORT, (value,))

    assert surely(condition, {SECURE_TRANSPORT: ("false",)}) is expected
