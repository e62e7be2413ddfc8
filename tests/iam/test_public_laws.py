"""What holds of public and not public whatever the policy?"""

from copy import deepcopy
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from bucketwright.iam.documents import canonical, parse
from bucketwright.iam.public import is_public
from tests.iam.bucket_policies import DENY, POINT, ROLE, Raw, allow, everyone_else, verdict, when

OPENNESS = {False: 0, None: 1, True: 2}
PRINCIPALS = st.sampled_from(
    [
        "*",
        {"AWS": ROLE},
        {"AWS": [ROLE, "*"]},
        {"AWS": "nobody"},
        {"Service": "cloudtrail.amazonaws.com"},
        {"Federated": "accounts.google.com"},
        {"Federated": "arn:aws:iam::111122223333:saml-provider/x", "CanonicalUser": "79a5"},
    ]
)
VALUES = st.sampled_from(
    ["vpc-1", "vpc-*", "*", "", "${aws:username}", "10.0.0.0/8", "0.0.0.0/1", "o-1", ROLE, f"{POINT}/*", True]
)
KEYS = st.sampled_from(
    [
        "aws:SourceVpc",
        "aws:SourceIp",
        "aws:PrincipalOrgID",
        "aws:PrincipalArn",
        "aws:SecureTransport",
        "aws:VpceOrgID",
        "s3:DataAccessPointArn",
        "accounts.google.com:aud",
    ]
)
OPERATORS = st.sampled_from(
    [
        "StringEquals",
        "StringNotEquals",
        "StringLike",
        "StringEqualsIfExists",
        "ForAllValues:StringEquals",
        "ForAnyValue:StringLike",
        "IpAddress",
        "NotIpAddress",
        "ArnLike",
        "Bool",
        "Null",
        "StringSounds",
    ]
)
CONDITIONS = st.dictionaries(
    OPERATORS, st.dictionaries(KEYS, st.lists(VALUES, max_size=2), min_size=1, max_size=2), max_size=3
)


def with_conditions(statement: Raw, conditions: dict[str, object]) -> Raw:
    return {**statement, "Condition": conditions}


STATEMENTS = st.builds(
    with_conditions, st.builds(allow, PRINCIPALS) | st.builds(everyone_else) | st.just(DENY), CONDITIONS
)
POLICIES = st.lists(STATEMENTS, min_size=1, max_size=3)


def openness(statements: list[Raw]) -> int:
    """Not public, undecided, public: the more open, the higher."""
    return OPENNESS[verdict(*statements).holds]


@settings(max_examples=150, deadline=None)
@given(POLICIES, STATEMENTS, st.integers(0, 3))
def test_a_further_statement_never_makes_a_policy_less_public(
    statements: list[Raw], more: Raw, at: int
) -> None:
    """What is public stays public whatever is added, and wherever."""
    assert openness([*statements[:at], more, *statements[at:]]) >= openness(statements)


@settings(max_examples=150, deadline=None)
@given(POLICIES, st.randoms(use_true_random=False))
def test_a_condition_less_never_makes_a_policy_less_public(statements: list[Raw], random: Random) -> None:
    """A condition can only tie."""
    fewer = deepcopy(statements)
    conditions = random.choice(fewer)["Condition"]
    assert isinstance(conditions, dict)
    if conditions:
        del conditions[random.choice(sorted(conditions))]

    assert openness(fewer) >= openness(statements)


@settings(max_examples=150, deadline=None)
@given(POLICIES, PRINCIPALS, CONDITIONS)
def test_a_deny_changes_nothing(statements: list[Raw], who: object, conditions: dict[str, object]) -> None:
    """S3 does not credit a Deny, however wide it is."""
    deny = with_conditions({**DENY, "Principal": who}, conditions)

    assert openness([deny, *statements, deny]) == openness(statements)


@settings(max_examples=100, deadline=None)
@given(POLICIES)
def test_order_doubles_and_spelling_change_nothing(statements: list[Raw]) -> None:
    """The verdict on a policy is the verdict on its canonical form."""
    document = parse({"Version": "2012-10-17", "Statement": statements})

    assert is_public(canonical(document)).holds is is_public(document).holds


@settings(max_examples=150, deadline=None)
@given(POLICIES)
def test_the_most_open_statement_decides(statements: list[Raw]) -> None:
    """A policy is as public as the worst of its statements alone."""
    assert openness(statements) == max(openness([statement]) for statement in statements)


@settings(max_examples=100, deadline=None)
@given(PRINCIPALS, OPERATORS, KEYS, st.lists(VALUES, min_size=1, max_size=3), VALUES)
def test_a_further_value_never_ties_more(
    who: object, operator: str, key: str, values: list[object], more: object
) -> None:
    """The values of a condition are alternatives; one that is loose unties all."""
    fewer = {**allow(who), "Condition": {operator: {key: values}}}
    further = {**allow(who), "Condition": {operator: {key: [*values, more]}}}

    assert openness([further]) >= openness([fewer])


def test_the_order_of_values_does_not_matter() -> None:
    """A loose value counts first or last."""
    for values in (["vpc-1", "vpc-*"], ["vpc-*", "vpc-1"]):
        assert verdict(when("StringLike", "aws:SourceVpc", *values)).holds is True
