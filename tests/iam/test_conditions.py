"""Does a condition hold as AWS documents it, for keys that a request carries and keys that it does not?"""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucketwright.iam.conditions import allowed_values, holds
from bucketwright.iam.documents import OPERATORS, Condition, Quantifier, parse
from bucketwright.iam.languages import And, exactly, member

KEY = "s3:prefix"
COMPARING = sorted(set(OPERATORS.values()) - {"Null"})
QUANTIFIERS = ("", "ForAllValues:", "ForAnyValue:")


def read(operator: str, *values: object) -> Condition:
    statement = {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {operator: {KEY: [*values]}}}
    return parse({"Version": "2012-10-17", "Statement": statement}).statements[0].conditions[0]


def without_the_key(operator: str, quantifier: str, if_exists: bool) -> bool | None:
    """What the pages say of a key that the request does not carry."""
    if quantifier == "ForAnyValue:" and if_exists:
        return None
    if quantifier:
        return quantifier == "ForAllValues:"
    return if_exists or "Not" in operator


@pytest.mark.parametrize("operator", COMPARING)
@pytest.mark.parametrize(("quantifier", "if_exists"), [*product(QUANTIFIERS, (False, True))])
def test_a_key_that_the_request_does_not_carry(operator: str, quantifier: str, if_exists: bool) -> None:
    """Negated operators, IfExists and ForAllValues hold without the key, the rest does not.

    ForAnyValue together with IfExists is left open: each says the contrary of the other.
    """
    condition = read(f"{quantifier}{operator}{'IfExists' if if_exists else ''}", "x")

    assert holds(condition, {KEY: ()}) is without_the_key(operator, quantifier, if_exists)


@pytest.mark.parametrize("operator", [*COMPARING, "Null"])
def test_a_key_of_which_nothing_is_known(operator: str) -> None:
    """Whether the condition holds is then open, whatever the operator."""
    assert holds(read(operator, "x"), {}) is None
    assert holds(read(operator, "x"), {"aws:username": ("x",)}) is None


ARN = "arn:aws:iam::111122223333:role/x"
PRESENT: dict[str, tuple[str, list[object], str, bool | None]] = {
    "equal": ("StringEquals", ["a"], "a", True),
    "equal to the second value": ("StringEquals", ["b", "a"], "a", True),
    "equal but for case": ("StringEquals", ["A"], "a", False),
    "a star is no wildcard in StringEquals": ("StringEquals", ["*"], "a", False),
    "a star equals itself": ("StringEquals", ["*"], "*", True),
    "no value at all": ("StringEquals", [], "a", False),
    "the empty text": ("StringEquals", [""], "", True),
    "not equal": ("StringNotEquals", ["b"], "a", True),
    "not equal to one of two": ("StringNotEquals", ["a", "b"], "a", False),
    "not equal to nothing": ("StringNotEquals", [], "a", True),
    "equal in any case": ("StringEqualsIgnoreCase", ["hOMe"], "HomE", True),
    "other letters": ("StringEqualsIgnoreCase", ["home"], "hone", False),
    "not equal in any case": ("StringNotEqualsIgnoreCase", ["hOMe"], "HomE", False),
    "other letters, negated": ("StringNotEqualsIgnoreCase", ["home"], "hone", True),
    "a pattern": ("StringLike", ["home/*"], "home/bob/x", True),
    "one of two patterns": ("StringLike", ["x", "h?me"], "home", True),
    "a pattern that is missed": ("StringLike", ["home/*"], "home", False),
    "a pattern crosses colons": ("StringLike", ["a*"], "a:b", True),
    "a pattern knows case": ("StringLike", ["HOME*"], "home", False),
    "not like": ("StringNotLike", ["home/*"], "home", True),
    "not like one of two": ("StringNotLike", ["x", "home/*"], "home/", False),
    "an ARN": ("ArnEquals", [ARN], ARN, True),
    "another ARN": ("ArnEquals", [ARN], ARN + "y", False),
    "an ARN with a wildcard": ("ArnEquals", ["arn:aws:iam::111122223333:role/*"], ARN, True),
    "an ARN like it": ("ArnLike", ["arn:*:iam::*:role/?"], ARN, True),
    "a wildcard does not cross a colon": ("ArnLike", ["arn:aws:*:role/x"], ARN, False),
    "a wildcard crosses the last part's colons": ("ArnLike", ["a:b:c:d:e:*"], "a:b:c:d:e:f:g", True),
    "colons in the last part of both": ("ArnLike", ["a:b:c:d:e:f:*"], "a:b:c:d:e:f:g:h", True),
    "too few parts": ("ArnLike", ["arn:aws"], ARN, False),
    "the last part differs": ("ArnLike", [ARN], ARN[:-1] + "y", False),
    "not that ARN": ("ArnNotEquals", [ARN], ARN, False),
    "not like that ARN": ("ArnNotLike", ["arn:aws:iam::*:user/*"], ARN, True),
    "not one of two ARNs": ("ArnNotLike", ["arn:aws:iam::*:user/*", ARN], ARN, False),
    "a truth": ("Bool", [True], "true", True),
    "a truth in capitals": ("Bool", ["TRUE"], "true", True),
    "an untruth": ("Bool", [False], "true", False),
    "numbers are left open": ("NumericEquals", [1], "1", None),
    "numbers that differ are left open": ("NumericNotEquals", [1], "2", None),
    "fewer are left open": ("NumericLessThan", [1], "0", None),
    "dates are left open": ("DateGreaterThan", ["2020-01-01"], "2021-01-01", None),
    "dates that differ are left open": ("DateNotEquals", ["2020-01-01"], "2021-01-01", None),
    "addresses are left open": ("IpAddress", ["10.0.0.0/8"], "10.0.0.1", None),
    "other addresses are left open": ("NotIpAddress", ["10.0.0.0/8"], "11.0.0.1", None),
    "bytes are left open": ("BinaryEquals", ["YQ=="], "a", None),
    "an operator nobody knows": ("StringSounds", ["a"], "a", None),
    "a variable": ("StringEquals", ["${aws:username}"], "bob", None),
    "a variable in the second value": ("StringNotLike", ["a", "home/${aws:username}"], "home/bob", None),
    "an escape": ("StringLike", ["${*}"], "*", None),
}  # fmt: skip


@pytest.mark.parametrize(("operator", "wanted", "actual", "expected"), PRESENT.values(), ids=PRESENT)
def test_a_key_that_the_request_carries_once(
    operator: str, wanted: list[object], actual: str, expected: bool | None
) -> None:
    """With one value neither quantifier nor IfExists matters, unless it is an empty text."""
    for quantifier, suffix in product(QUANTIFIERS if actual else [""], ["", "IfExists"]):
        condition = read(f"{quantifier}{operator}{suffix}", *wanted)

        assert holds(condition, {KEY: (actual,)}) is expected


SEVERAL = {
    "all of them": ("ForAllValues:StringEquals", ["a", "b"], ("a", "b"), True),
    "all but one": ("ForAllValues:StringEquals", ["a", "b"], ("a", "c"), False),
    "all of them differ": ("ForAllValues:StringNotEquals", ["a"], ("b", "c"), True),
    "one does not differ": ("ForAllValues:StringNotEquals", ["a"], ("a", "b"), False),
    "any of them": ("ForAnyValue:StringLike", ["a*"], ("x", "ab"), True),
    "none of them": ("ForAnyValue:StringLike", ["a*"], ("x", "y"), False),
    "any of them differs": ("ForAnyValue:StringNotLike", ["a*"], ("x", "ab"), True),
    "none of them differs": ("ForAnyValue:StringNotLike", ["a*"], ("a", "ab"), False),
    "several values without a quantifier": ("StringEquals", ["a"], ("a", "a"), None),
    "an empty text is no value for ForAllValues": ("ForAllValues:StringEquals", ["a"], ("",), True),
    "an empty text is no value for ForAnyValue": ("ForAnyValue:StringEquals", [""], ("",), False),
    "an empty text is no other value for ForAnyValue": ("ForAnyValue:StringNotEquals", ["a"], ("",), False),
    "an empty text and another": ("ForAnyValue:StringEquals", ["a"], ("", "a"), True),
    "an empty text among others": ("ForAllValues:StringEquals", ["a"], ("", "a"), False),
    "an empty text without a quantifier": ("StringNotEquals", ["a"], ("",), True),
}


@pytest.mark.parametrize(("operator", "wanted", "actual", "expected"), SEVERAL.values(), ids=SEVERAL)
def test_a_key_that_the_request_carries_more_than_once(
    operator: str, wanted: list[object], actual: tuple[str, ...], expected: bool | None
) -> None:
    """ForAllValues asks all values of the request, ForAnyValue one; empty texts are no values."""
    assert holds(read(operator, *wanted), {KEY: actual}) is expected


NULLS: dict[str, tuple[str, list[object], bool | None, bool | None]] = {
    "it has to be absent": ("Null", ["true"], True, False),
    "it has to be absent, in JSON": ("Null", [True], True, False),
    "it has to be absent, in capitals": ("Null", ["TRUE"], True, False),
    "it has to be there": ("Null", ["false"], False, True),
    "it may be either": ("Null", ["true", "false"], True, True),
    "no value": ("Null", [], None, None),
    "a value that is neither": ("Null", ["yes"], None, None),
    "a value that is neither beside one that is": ("Null", ["true", "yes"], None, None),
    "IfExists, which IAM does not take": ("NullIfExists", ["true"], None, None),
    "a quantifier, which IAM does not take": ("ForAllValues:Null", ["true"], None, None),
    "the other quantifier": ("ForAnyValue:Null", ["false"], None, None),
}


@pytest.mark.parametrize(("operator", "wanted", "absent", "present"), NULLS.values(), ids=NULLS)
def test_null_asks_whether_the_key_is_there(
    operator: str, wanted: list[object], absent: bool | None, present: bool | None
) -> None:
    """True asks for its absence, false for its presence; what IAM does not take is left open."""
    condition = read(operator, *wanted)

    assert holds(condition, {KEY: ()}) is absent
    assert holds(condition, {KEY: ("x",)}) is present
    assert holds(condition, {KEY: ("x", "y")}) is present
    values = allowed_values(condition)
    assert (None if values is None else member(values) is not None) is present


STRINGS = [name for name in COMPARING if name.startswith("String")]


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(STRINGS),
    st.sampled_from(QUANTIFIERS),
    st.sampled_from(["", "IfExists"]),
    st.lists(st.text("aB*?", max_size=3), max_size=2),
    st.text("abAB*", max_size=3),
)
def test_the_allowed_values_are_those_for_which_it_holds(
    operator: str, quantifier: str, suffix: str, wanted: list[str], value: str
) -> None:
    """The set of values agrees with the verdict on each of them."""
    condition = read(f"{quantifier}{operator}{suffix}", *wanted)
    values = allowed_values(condition)

    assert values is not None
    assert (member(And((values, exactly(value)))) is not None) == without_doubt(condition, value)


def without_doubt(condition: Condition, value: str) -> bool:
    """The verdict on a value that is there, if only as an empty text."""
    if not value and condition.quantifier:
        return condition.quantifier == "forallvalues"
    return holds(condition, {KEY: (value,)}) is True


@pytest.mark.parametrize("operator", ["ArnLike", "Bool", "NumericEquals", "IpAddress", "StringSounds"])
def test_values_that_are_no_strings_cannot_be_said(operator: str) -> None:
    """Only strings are compared with the prefixes that a listing may ask for."""
    assert allowed_values(read(operator, "a")) is None


EMPTY = {
    "plainly": ("StringLike", ["a*", ""], True),
    "plainly not": ("StringNotEquals", [""], False),
    "as one of all": ("ForAllValues:StringLike", ["a*"], True),
    "as one of all, negated": ("ForAllValues:StringNotLike", ["*"], True),
    "as any": ("ForAnyValue:StringLike", ["*"], False),
    "as any, negated": ("ForAnyValue:StringNotLike", ["a*"], False),
}


@pytest.mark.parametrize(("operator", "wanted", "expected"), EMPTY.values(), ids=EMPTY)
def test_an_empty_text_among_the_allowed_values(operator: str, wanted: list[object], expected: bool) -> None:
    """ForAllValues lets it pass, ForAnyValue does not count it."""
    values = allowed_values(read(operator, *wanted))

    assert values is not None
    assert (member(And((values, exactly("")))) is not None) == expected


VARIABLES = {
    "like its folder": ("StringLike", "home/${aws:username}/*", "home/${aws:username}/a", True),
    "like another's folder": ("StringLike", "home/${aws:username}/*", "home/bob/a", False),
    "equal to it": ("StringEquals", "${aws:username}", "${aws:username}", True),
    "a wildcard in StringEquals": ("StringEquals", "${aws:username}*", "${aws:username}a", False),
    "unlike its folder": ("StringNotLike", "home/${aws:username}/*", "home/bob/a", True),
    "equal to it in any case": ("StringEqualsIgnoreCase", "${aws:username}", "${aws:username}", True),
}


@pytest.mark.parametrize(("operator", "wanted", "value", "expected"), VARIABLES.values(), ids=VARIABLES)
def test_a_variable_among_the_values_is_itself(
    operator: str, wanted: str, value: str, expected: bool
) -> None:
    """The values that are allowed may hold variables, which equal only themselves."""
    values = allowed_values(read(operator, wanted))

    assert values is not None
    assert (member(And((values, exactly(value)))) is not None) == expected


@pytest.mark.parametrize("quantifier", ["", "forallvalues", "foranyvalue"])
def test_a_condition_can_be_made_without_a_document(quantifier: Quantifier) -> None:
    """The compiler of contracts makes conditions itself."""
    condition = Condition("stringlike", KEY, ("a*",), quantifier)

    assert holds(condition, {KEY: ("ab",)}) is True
    assert holds(condition, {KEY: ("b",)}) is False
